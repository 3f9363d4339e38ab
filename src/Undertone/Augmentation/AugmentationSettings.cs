namespace Undertone.Augmentation;

/// <summary>Which augmentations a system trains with; zero switches one off.</summary>
public sealed record AugmentationSettings
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
