using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A recurrent convolutional network on log-mel spectrograms: convolutional layers whose outputs go back into them
/// (<see cref="RecurrentConvolutionalLayer"/>), so that a unit sees first what is near and, step by step, what is far: the
/// review's "long and short-term sequential information" with few weights. The reviews leave open which network they mean; one
/// of convolutions followed by recurrence is <see cref="CnnLstm"/>.
/// </summary>
public sealed class Rcnn : DeepSystem<RcnnSettings>
{
    /// <inheritdoc/>
    public override string Name => "rcnn";

    /// <inheritdoc/>
    public override string Summary => "Recurrent convolutional network on log-mel spectrograms, mean pooling";

    /// <inheritdoc/>
    public override string Citation => "Liang & Hu 2015, Recurrent convolutional neural network for object recognition, doi:10.1109/CVPR.2015.7298958";

    /// <inheritdoc/>
    public override SequenceClassifier Build(RcnnSettings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly int _bands;
        private readonly ConvBlock _stem;
        private readonly List<RecurrentConvolutionalLayer> _layers = [];
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(RcnnSettings settings, int dimensions, int classes)
        {
            _bands = settings.Bands;
            _stem = Register("stem", new ConvBlock(dimensions / _bands, settings.Channels[0], kernel: 5, stride: 2));
            var bands = _stem.BandsOut(_bands);
            for (var i = 1; i < settings.Channels.Count; i++)
            {
                // The last layer keeps its frames: columns are few enough.
                var poolFrames = i == settings.Channels.Count - 1 ? 1 : 2;
                _layers.Add(Register($"recurrent{i}", new RecurrentConvolutionalLayer(
                    settings.Channels[i - 1], settings.Channels[i], settings.Steps, poolFrames: poolFrames, poolBands: 2)));
                bands /= 2;
            }

            _pooling = Register("pooling", new SequencePooling(settings.Pooling, bands * settings.Channels[^1]));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 << _layers.Count;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = _stem.Forward(FrameMaps.Spectrograms(features, _bands), ref lengths);
            foreach (var layer in _layers)
            {
                x = layer.Forward(x, ref lengths);
            }

            return _pooling.Forward(FrameMaps.Columns(x), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="Rcnn"/>.</summary>
public sealed record RcnnSettings : SpectrogramSettings
{
    /// <summary>Creates the defaults.</summary>
    public RcnnSettings() => Channels = [16, 24, 32, 48];

    /// <summary>Times that a layer's output goes back into it.</summary>
    public int Steps { get; init; } = 3;

    /// <summary>How columns become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() => [.. base.Problems(), .. AtLeastOne(("steps", Steps))];
}
