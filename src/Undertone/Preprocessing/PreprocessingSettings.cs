using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Preprocessing.NoiseReduction;
using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>How noise is reduced.</summary>
public enum NoiseReductionMethod
{
    /// <summary><see cref="NoiseReduction.SpectralGating"/>.</summary>
    SpectralGate,

    /// <summary><see cref="NoiseReduction.MmseLsa"/>.</summary>
    MmseLsa,
}

/// <summary>What is done to a recording before features are taken: a setting of any system. Nothing unless set.</summary>
public sealed record PreprocessingSettings : IValidatedSettings
{
    /// <summary>A noisy condition to test under (<see cref="AddedNoise"/>); null adds nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AddedNoise? AddNoise { get; init; }

    /// <summary>Which recordings come over a telephone line (<see cref="TelephoneLine"/>), a condition to test under; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConditionScope? Telephone { get; init; }

    /// <summary>Whether the mean is taken off (<see cref="Preprocessing.DcRemoval"/>); null keeps it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? DcRemoval { get; init; }

    /// <summary>How noise is reduced; null keeps it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NoiseReductionMethod? Denoise { get; init; }

    /// <summary>The most by which noise reduction lowers a frequency, dB; null is 20.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GreatestReduction { get; init; }

    /// <summary>Cuts what is this many decibels below the loudest frame off both ends (<see cref="SilenceTrimming"/>); null keeps it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrimSilence { get; init; }

    /// <summary>Cuts where nobody speaks (<see cref="VoiceActivityDetection"/>), at the ends or in pauses too; null keeps everything.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SilenceCut? VoiceActivity { get; init; }

    /// <summary>How much silence trimming and voice activity leave at either end, seconds; null is 0.05 for the one and 0.1 for the other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? HangOver { get; init; }

    /// <summary>Drops frames below a threshold at this share between quiet and loud (<see cref="AdaptiveThresholdSilenceRemoval"/>); null keeps them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SilenceRemoval { get; init; }

    /// <summary>Brings every recording to one level (<see cref="LevelNormalisation"/>), after all cutting; null keeps its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LevelMeasure? Level { get; init; }

    /// <summary>The coefficient of <see cref="Preprocessing.PreEmphasis"/>; null leaves it out. Some feature sets have a pre-emphasis of their own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PreEmphasis { get; init; }

    private double Margin => HangOver ?? 0.05;

    private double Reduction => GreatestReduction ?? 20;

    private double SpeechMargin => HangOver ?? VoiceActivityDetection.DefaultHangOver;

    /// <summary>What is done to recordings that are trained on: all but conditions that are for predicted ones alone.</summary>
    public PreprocessingSettings ForTraining() => this with
    {
        AddNoise = AddNoise is { Scope: ConditionScope.Predicted } ? null : AddNoise,
        Telephone = Telephone == ConditionScope.Predicted ? null : Telephone,
    };

    /// <summary>Applies every step, in the order of declaration.</summary>
    /// <param name="waveform">Mono audio.</param>
    public Waveform Apply(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        waveform = AddNoise?.Apply(waveform) ?? waveform;
        waveform = Telephone is null ? waveform : TelephoneLine.Transmit(waveform);
        waveform = DcRemoval == true ? Preprocessing.DcRemoval.Apply(waveform) : waveform;
        waveform = Denoise switch
        {
            NoiseReductionMethod.SpectralGate => SpectralGating.Apply(waveform, Reduction),
            NoiseReductionMethod.MmseLsa => MmseLsa.Apply(waveform, Reduction),
            _ => waveform,
        };
        waveform = TrimSilence is { } decibels ? SilenceTrimming.Apply(waveform, decibels, Margin) : waveform;
        waveform = VoiceActivity is { } cut ? VoiceActivityDetection.Apply(waveform, cut, SpeechMargin) : waveform;
        waveform = SilenceRemoval is { } share ? AdaptiveThresholdSilenceRemoval.Apply(waveform, share) : waveform;
        waveform = Level is { } measure ? LevelNormalisation.Apply(waveform, measure) : waveform;
        return PreEmphasis is { } coefficient ? Preprocessing.PreEmphasis.Apply(waveform, coefficient) : waveform;
    }

    /// <summary>The cache key of preprocessed audio.</summary>
    /// <param name="audioHash">The hash of the audio itself; empty stays empty.</param>
    public string HashOf(string audioHash)
    {
        ArgumentNullException.ThrowIfNull(audioHash);
        return audioHash.Length == 0 ? "" : audioHash + string.Concat(Steps().Select(s => "-" + s));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        (string Name, double? Value, Func<double, bool> Possible, string Expected)[] checks =
        [
            ("trim-silence", TrimSilence, v => v > 0 && double.IsFinite(v), "greater than 0 (decibels below the loudest frame)"),
            ("hang-over", HangOver, v => v >= 0 && double.IsFinite(v), "at least 0 (seconds)"),
            ("greatest-reduction", GreatestReduction, v => v >= 0 && double.IsFinite(v), "at least 0 (decibels)"),
            ("silence-removal", SilenceRemoval, v => v is > 0 and < 1, "in (0, 1)"),
            ("pre-emphasis", PreEmphasis, v => v is >= 0 and <= 1, "in [0, 1]"),
        ];
        foreach (var (name, value, possible, expected) in checks)
        {
            if (value is { } v && !possible(v))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name} must be {expected}, but is {v}");
            }
        }

        if (HangOver is not null && TrimSilence is null && VoiceActivity is null)
        {
            yield return "hang-over has no use without trim-silence or voice-activity";
        }

        if (GreatestReduction is not null && Denoise is null)
        {
            yield return "greatest-reduction has no use without denoise";
        }
    }

    /// <summary>Each step that is on, with all that changes its result.</summary>
    private IEnumerable<string> Steps()
    {
        static string Text(FormattableString text) => FormattableString.Invariant(text).ToLowerInvariant();
        if (AddNoise is { } noise)
        {
            yield return noise.Describe();
        }

        if (Telephone is not null)
        {
            yield return "telephone";
        }

        if (DcRemoval == true)
        {
            yield return "dc";
        }

        if (Denoise is { } method)
        {
            yield return Text($"denoise-{method}-{Reduction}");
        }

        if (TrimSilence is { } decibels)
        {
            yield return SilenceTrimming.Describe(decibels, Margin);
        }

        if (VoiceActivity is { } cut)
        {
            yield return Text($"voice-{cut}-{SpeechMargin}");
        }

        if (SilenceRemoval is { } share)
        {
            yield return Text($"silence-{share}");
        }

        if (Level is { } measure)
        {
            yield return Text($"level-{measure}");
        }

        if (PreEmphasis is { } coefficient)
        {
            yield return Text($"emphasis-{coefficient}");
        }
    }
}
