using Undertone.Augmentation;
using Undertone.Features;

namespace Undertone.Systems.Baselines;

/// <summary>The settings that systems share which walk over frames of any kind, or compare each with all others.</summary>
public abstract record FrameSettings : InputSettings
{
    /// <summary>Seconds between frames below which sequences are too long for recurrence and attention.</summary>
    private const double ShortestHop = 1e-3;

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
    protected override IEnumerable<string> InputProblems(FeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        return
        [
            .. base.InputProblems(extractor),
            .. extractor.HopSeconds is > 0 and < ShortestHop
                ? [$"input must be a frame-wise feature set of at most a frame every 1 ms, but '{Input}' has {extractor.Pace}, too many steps to walk or to compare"]
                : Array.Empty<string>(),
        ];
    }
}
