using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A residual dilated 1-D convolutional network over frames: a first block that halves the steps, then
/// <see cref="ResidualBlock"/>s over time whose kernels lie further apart from block to block, so that a step of the last sees
/// seconds while none between is lost; the steps summed up as one vector, a linear layer.
/// </summary>
public sealed class DilatedResNet : DeepSystem<DilatedResNetSettings>
{
    /// <inheritdoc/>
    public override string Name => "dilated-resnet";

    /// <inheritdoc/>
    public override string Summary => "Residual dilated 1-D CNN over frames, statistics pooling";

    /// <inheritdoc/>
    public override string Citation =>
        "He, Zhang, Ren & Sun 2016, doi:10.1109/CVPR.2016.90; dilation: Yu & Koltun 2016, arXiv:1511.07122; over time: Bai, Kolter & Koltun 2018, arXiv:1803.01271";

    /// <inheritdoc/>
    public override SequenceClassifier Build(DilatedResNetSettings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly LocalFeatureLearningBlock _stem;
        private readonly List<ResidualBlock> _blocks = [];
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(DilatedResNetSettings settings, int dimensions, int classes)
        {
            _stem = Register("stem", LocalFeatureLearningBlock.OverTime(dimensions, settings.Width, settings.Kernel, pool: 2, bias: false));
            foreach (var dilation in settings.Dilations)
            {
                var block = ResidualBlock.OverTime(settings.Width, settings.Width, settings.Kernel, dilation: dilation);
                _blocks.Add(Register($"block{_blocks.Count + 1}", block));
            }

            _pooling = Register("pooling", new SequencePooling(settings.Pooling, settings.Width));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _stem.FramesPerStep;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = _stem.Forward(FrameMaps.OverTime(features), ref lengths);
            foreach (var block in _blocks)
            {
                x = block.Forward(x, ref lengths);
            }

            return _pooling.Forward(FrameMaps.Columns(x), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="DilatedResNet"/>.</summary>
public sealed record DilatedResNetSettings : FrameSettings
{
    /// <summary>Creates the defaults.</summary>
    public DilatedResNetSettings()
    {
        Training = new TrainingSettings { LearningRate = 1e-3, BatchSize = 32 };
        Augmentation = Augmentation with { FrequencyShift = 1 };
    }

    /// <summary>The spectrogram.</summary>
    public LogMelOptions Features { get; init; } = SpectrogramDefaults.LogMel;

    /// <summary>Channels of every block.</summary>
    public int Width { get; init; } = 96;

    /// <summary>The distance between a kernel's taps, in steps, for each block.</summary>
    public IReadOnlyList<int> Dilations { get; init; } = [1, 2, 4, 8];

    /// <summary>Steps of a kernel, odd.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>How steps become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Statistics;

    /// <summary>Dropout before the output.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override FeatureOptions OwnFeatures => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int OwnBands => Features.Bands;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(Dilations.Select(d => ("dilations", d)).Append(("dilations' count", Dilations.Count)).Append(("width", Width)).Append(("kernel", Kernel))),
        .. Odd(("kernel", Kernel)),
        .. Probability(Dropout),
    ];
}
