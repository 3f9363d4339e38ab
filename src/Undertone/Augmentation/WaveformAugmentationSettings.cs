using System.Globalization;
using System.Text.Json.Serialization;

namespace Undertone.Augmentation;

/// <summary>
/// Augmentations of training utterances' waveforms, for any system; null switches one off. Of each utterance as many
/// changed copies are made as <see cref="Copies"/> says, each by all that are on, in the order of declaration.
/// </summary>
public record WaveformAugmentationSettings : IValidatedSettings
{
    /// <summary>Changed copies of each training utterance; null is 1 where any augmentation is on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Copies { get; init; }

    /// <summary>Another vocal tract.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VocalTractLengthPerturbation? VocalTract { get; init; }

    /// <summary>Another pitch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PitchShift? PitchShift { get; init; }

    /// <summary>Another speaking rate, of the waveform.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeScaleModification? TimeScale { get; init; }

    /// <summary>Pieces in another order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RandomSplice? RandomSplice { get; init; }

    /// <summary>Another beginning.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeShift? TimeShift { get; init; }

    /// <summary>Silenced stretches.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeMask? TimeMask { get; init; }

    /// <summary>Another room.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Reverberation? Reverberation { get; init; }

    /// <summary>Noise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AdditiveNoise? Noise { get; init; }

    /// <summary>Another level.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Gain? Gain { get; init; }

    /// <summary>A telephone line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TelephoneBand? Telephone { get; init; }

    /// <summary>The number of changed copies that are made of each utterance.</summary>
    [JsonIgnore]
    public int CopyCount => Waveforms.Count == 0 ? 0 : Copies ?? 1;

    /// <summary>Those that are on, in the order in which they are applied.</summary>
    [JsonIgnore]
    public IReadOnlyList<WaveformAugmentation> Waveforms => [.. new WaveformAugmentation?[]
    {
        VocalTract, PitchShift, TimeScale, RandomSplice, TimeShift, TimeMask, Reverberation, Noise, Gain, Telephone,
    }.OfType<WaveformAugmentation>()];

    /// <inheritdoc/>
    public virtual IEnumerable<string> Problems()
    {
        if (Copies is < 1 or > 1000)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"copies must be in [1, 1000], but is {Copies}");
        }

        if (Copies is not null && Waveforms.Count == 0)
        {
            yield return "copies has no use without an augmentation of waveforms (noise, reverberation, telephone, pitch-shift, ...)";
        }
    }
}
