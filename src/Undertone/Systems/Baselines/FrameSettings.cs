using Undertone.Augmentation;
using Undertone.Features;

namespace Undertone.Systems.Baselines;

/// <summary>The settings that systems share which walk over frames of any kind, or compare each with all others.</summary>
public abstract record FrameSettings : InputSettings
{
    /// <summary>Creates the defaults.</summary>
    protected FrameSettings() =>
        // Values that are no neighbouring bands have nowhere to be shifted to, and no blocks to be masked.
        Augmentation = new AugmentationSettings
        {
            Speeds = [0.9, 1.1],
            TimeStretch = 0.15,
            FrequencyShift = 0,
            Mixup = 0.2,
            SpecAugment = new SpecAugmentSettings { FrequencyMasks = 0, TimeMasks = 2 },
        };

    /// <inheritdoc/>
    protected override IEnumerable<string> InputProblems(FeatureExtractor extractor) => [.. base.InputProblems(extractor), .. FrameInput.TooManyFrames(Input, extractor)];
}
