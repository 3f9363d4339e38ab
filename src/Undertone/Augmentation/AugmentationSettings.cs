using System.Globalization;

namespace Undertone.Augmentation;

/// <summary>
/// Which augmentations a deep system trains with: those of waveforms, and those of features, where zero switches one off.
/// </summary>
public sealed record AugmentationSettings : WaveformAugmentationSettings
{
    /// <summary>
    /// Playback speeds at which each training utterance is heard besides its own (<see cref="SpeedPerturbation"/>);
    /// in each epoch one of all is drawn.
    /// </summary>
    public IReadOnlyList<double> Speeds { get; init; } = [];

    /// <summary>Greatest relative change of speaking rate (<see cref="Augmentation.TimeStretch"/>).</summary>
    public double TimeStretch { get; init; } = 0.1;

    /// <summary>Greatest shift along the mel scale, in bands (<see cref="Augmentation.FrequencyShift"/>); for mel spectrograms only.</summary>
    public double FrequencyShift { get; init; } = 1;

    /// <summary>Masks over bands and frames.</summary>
    public SpecAugmentSettings SpecAugment { get; init; } = new();

    /// <summary>The parameter of the Beta distribution that <see cref="Augmentation.Mixup"/> draws from; 0 leaves utterances unmixed.</summary>
    public double Mixup { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
        foreach (var problem in base.Problems())
        {
            yield return problem;
        }

        foreach (var speed in Speeds.Where(s => s is not (>= 0.5 and <= 2)))
        {
            yield return $"speeds must lie between 0.5 and 2, but one is {Text(speed)}";
        }

        if (TimeStretch is not (>= 0 and < 1))
        {
            yield return $"time-stretch must be in [0, 1), but is {Text(TimeStretch)}";
        }

        if (FrequencyShift is not (>= 0 and <= 1000))
        {
            yield return $"frequency-shift must be at least 0 bands, but is {Text(FrequencyShift)}";
        }

        if (Mixup is not (>= 0 and <= 100))
        {
            yield return $"mixup must be at least 0, but is {Text(Mixup)}";
        }

        if (Math.Min(Math.Min(SpecAugment.FrequencyMasks, SpecAugment.FrequencyWidth), Math.Min(SpecAugment.TimeMasks, SpecAugment.TimeWidth)) < 0)
        {
            yield return "the masks of spec-augment and their widths must be at least 0";
        }
    }

    /// <summary>The augmentations of single utterances, in the order in which they are applied.</summary>
    /// <param name="bands">Bands of one spectrogram within a frame.</param>
    public IReadOnlyList<FeatureAugmentation> Create(int bands)
    {
        var list = new List<FeatureAugmentation>();
        if (TimeStretch > 0)
        {
            list.Add(new TimeStretch(TimeStretch));
        }

        if (FrequencyShift > 0)
        {
            list.Add(new FrequencyShift(FrequencyShift, bands));
        }

        if (SpecAugment.TimeMasks > 0 || SpecAugment.FrequencyMasks > 0)
        {
            list.Add(new SpecAugment(SpecAugment, bands));
        }

        return list;
    }
}
