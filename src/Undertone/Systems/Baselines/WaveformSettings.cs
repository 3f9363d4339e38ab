using System.Text.Json.Serialization;
using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>The settings that systems share whose first layers are a <see cref="WaveformFrontEnd"/> over raw audio.</summary>
public abstract record WaveformSettings : DeepSettings
{
    /// <summary>Creates the defaults.</summary>
    protected WaveformSettings()
    {
        Training = new TrainingSettings { LearningRate = 1e-3 };
        // Stretching samples would be another speed, and that is drawn already; a mask hides up to 50 ms.
        Augmentation = new AugmentationSettings
        {
            Speeds = [0.9, 1.1],
            TimeStretch = 0,
            FrequencyShift = 0,
            Mixup = 0.2,
            SpecAugment = new SpecAugmentSettings { FrequencyMasks = 0, TimeMasks = 2, TimeWidth = 800 },
        };
    }

    /// <summary>The samples.</summary>
    public RawWaveformOptions Features { get; init; } = new() { Seconds = 8 };

    /// <summary>Channels of each block, that of the long kernels first; each pools by four.</summary>
    public abstract IReadOnlyList<int> Channels { get; init; }

    /// <summary>Samples of the first block's kernels, odd: 81 are 5 ms at 16 kHz.</summary>
    public int Kernel { get; init; } = 81;

    /// <summary>Samples between the outputs of the first block's kernels.</summary>
    public int Stride { get; init; } = 8;

    /// <summary>Dropout before the output, and between recurrent layers.</summary>
    public double Dropout { get; init; } = 0.4;

    /// <inheritdoc/>
    [JsonIgnore]
    public override FeatureOptions FeatureSet => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Bands => 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(Channels.Select(c => ("channels", c)).Append(("channels' count", Channels.Count)).Append(("kernel", Kernel)).Append(("stride", Stride))),
        .. Odd(("kernel", Kernel)),
        .. Probability(Dropout),
    ];
}
