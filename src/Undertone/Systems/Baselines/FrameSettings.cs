using System.Text.Json.Serialization;
using Undertone.Augmentation;
using Undertone.Features;

namespace Undertone.Systems.Baselines;

/// <summary>The settings that systems share which take frames of any kind, one after another.</summary>
public abstract record FrameSettings : DeepSettings
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

    /// <summary>
    /// A frame-wise feature set by name, with its default settings, in place of <c>features</c>: <c>plp</c>, <c>lfcc</c>,
    /// <c>spectral-shape</c>; null for <c>features</c>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Input { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override FeatureOptions FeatureSet => Input is null ? OwnFeatures : FeatureSetCatalog.Default.Get(Input).Options;

    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override int Bands => Input is null ? OwnBands : FeatureSet.CreateExtractor().Dimensions;

    /// <summary>The feature set where <see cref="Input"/> names none.</summary>
    [JsonIgnore]
    protected abstract FeatureOptions OwnFeatures { get; }

    /// <summary>Values of one of its frames that are neighbouring bands.</summary>
    [JsonIgnore]
    protected abstract int OwnBands { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        var problems = base.Problems().ToList();
        try
        {
            var extractor = Input is null ? null : FeatureSet.CreateExtractor();
            if (extractor is { IsFunctionals: true })
            {
                problems.Add($"input must be a frame-wise feature set, but '{Input}' is one vector an utterance; dnn-functionals takes such");
            }
            else if (extractor?.HopSeconds is > 0 and < ShortestHop)
            {
                problems.Add($"input must be a frame-wise feature set of at most a frame every 1 ms, but '{Input}' has {extractor.Pace}, too many steps to walk or to compare");
            }
        }
        catch (UndertoneException error)
        {
            problems.Add($"input: {error.Message}");
        }

        return problems;
    }
}
