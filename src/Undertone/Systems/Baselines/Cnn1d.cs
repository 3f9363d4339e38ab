using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A 1-D convolutional network over frames of cepstral coefficients: every value of a frame is a channel, kernels walk over
/// time alone; the steps summed up as one vector, a linear layer.
/// </summary>
public sealed class Cnn1d : DeepSystem<Cnn1dSettings>
{
    /// <inheritdoc/>
    public override string Name => "cnn-1d";

    /// <inheritdoc/>
    public override string Summary => "1-D CNN over time on MFCC sequences, statistics pooling";

    /// <inheritdoc/>
    public override string Citation =>
        "Time-delay networks: Waibel et al. 1989, doi:10.1109/29.21701; blocks: Zhao, Mao & Chen 2019, doi:10.1016/j.bspc.2018.08.035";

    /// <inheritdoc/>
    public override SequenceClassifier Build(Cnn1dSettings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly List<LocalFeatureLearningBlock> _blocks = [];
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;
        private readonly int _framesPerStep = 1;

        public Network(Cnn1dSettings settings, int dimensions, int classes)
        {
            var width = dimensions;
            foreach (var channels in settings.Channels)
            {
                var block = LocalFeatureLearningBlock.OverTime(width, channels, settings.Kernel, pool: 2, bias: false);
                _blocks.Add(Register($"block{_blocks.Count + 1}", block));
                (width, _framesPerStep) = (channels, _framesPerStep * block.FramesPerStep);
            }

            _pooling = Register("pooling", new SequencePooling(settings.Pooling, width));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _framesPerStep;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = FrameMaps.OverTime(features);
            foreach (var block in _blocks)
            {
                x = block.Forward(x, ref lengths);
            }

            return _pooling.Forward(FrameMaps.Columns(x), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="Cnn1d"/>.</summary>
public sealed record Cnn1dSettings : FrameSettings
{
    /// <summary>Creates the defaults.</summary>
    public Cnn1dSettings() => Training = new TrainingSettings { LearningRate = 1e-3, BatchSize = 32 };

    /// <summary>The cepstral coefficients with their deltas.</summary>
    public MfccOptions Features { get; init; } = new() { Mel = SpectrogramDefaults.LogMel, Coefficients = 30, Deltas = 1 };

    /// <summary>Channels of each block; each halves the steps.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [128, 128, 128];

    /// <summary>Steps of a kernel, odd.</summary>
    public int Kernel { get; init; } = 5;

    /// <summary>How steps become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Statistics;

    /// <summary>Dropout before the output.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override FeatureOptions OwnFeatures => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int OwnBands => Features.Coefficients;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(Channels.Select(c => ("channels", c)).Append(("channels' count", Channels.Count)).Append(("kernel", Kernel))),
        .. Odd(("kernel", Kernel)),
        .. Probability(Dropout),
    ];
}
