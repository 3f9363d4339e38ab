using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A small residual network on log-mel spectrograms: a strided stem, stages of <see cref="ResidualBlock"/>s that halve both
/// axes (the last stage the bands alone), the columns summed up as one vector, a linear layer. Unlike in the paper the
/// frequency axis is unrolled and not averaged away, since where in frequency a pattern lies tells emotions apart.
/// </summary>
public sealed class ResNet : DeepSystem<ResNetSettings>
{
    /// <inheritdoc/>
    public override string Name => "resnet";

    /// <inheritdoc/>
    public override string Summary => "Small residual CNN on log-mel spectrograms, mean pooling";

    /// <inheritdoc/>
    public override string Citation => "He, Zhang, Ren & Sun 2016, Deep residual learning for image recognition, doi:10.1109/CVPR.2016.90";

    /// <inheritdoc/>
    public override SequenceClassifier Build(ResNetSettings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly int _bands;
        private readonly ConvBlock _stem;
        private readonly List<ResidualBlock> _blocks = [];
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;
        private readonly int _framesPerColumn = 2;

        public Network(ResNetSettings settings, int dimensions, int classes)
        {
            _bands = settings.Bands;
            var channels = settings.Channels;
            _stem = Register("stem", new ConvBlock(dimensions / _bands, channels[0], kernel: 5, stride: 2));
            var bands = _stem.BandsOut(_bands);
            for (var stage = 1; stage < channels.Count; stage++)
            {
                var stride = new Size2(stage == channels.Count - 1 ? 1 : 2, 2);
                for (var i = 0; i < settings.Blocks; i++)
                {
                    var block = new ResidualBlock(i == 0 ? channels[stage - 1] : channels[stage], channels[stage], stride: i == 0 ? stride : 1);
                    _blocks.Add(Register($"stage{stage}_block{i + 1}", block));
                }

                bands = (bands + 1) / 2;
                _framesPerColumn *= (int)stride.Height;
            }

            _pooling = Register("pooling", new SequencePooling(settings.Pooling, bands * channels[^1]));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _framesPerColumn;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = _stem.Forward(FrameMaps.Spectrograms(features, _bands), ref lengths);
            foreach (var block in _blocks)
            {
                x = block.Forward(x, ref lengths);
            }

            return _pooling.Forward(FrameMaps.Columns(x), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="ResNet"/>.</summary>
public sealed record ResNetSettings : SpectrogramSettings
{
    /// <summary>Creates the defaults.</summary>
    public ResNetSettings() => Channels = [16, 32, 64, 96];

    /// <summary>Residual blocks of a stage, two convolutions each.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>How columns become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => [.. base.Problems(), .. AtLeastOne(("blocks", Blocks))];
}
