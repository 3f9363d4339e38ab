using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Systems.Baselines;

/// <summary>
/// The convolutional front end of <see cref="Cnn"/>, a linear layer to narrower columns, multi-head self-attention between
/// them, and the mean of the columns weighted by a second attention.
/// </summary>
public sealed class CnnAttention : DeepSystem<CnnAttentionSettings>
{
    /// <inheritdoc/>
    public override string Name => "cnn-attention";

    /// <inheritdoc/>
    public override string Summary => "2-D CNN on log-mel spectrograms, self-attention between its columns, attention pooling";

    /// <inheritdoc/>
    public override string Citation =>
        "Li, Song, McLoughlin, Guo, Dai 2018, doi:10.21437/Interspeech.2018-1242; self-attention: Vaswani et al. 2017, arXiv:1706.03762";

    /// <inheritdoc/>
    public override SequenceClassifier Build(CnnAttentionSettings settings, int dimensions, int classes) =>
        new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly ConvFrontEnd _convolutions;
        private readonly Linear _projection;
        private readonly MultiHeadSelfAttention _attention;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(CnnAttentionSettings settings, int dimensions, int classes)
        {
            _convolutions = Register("convolutions", new ConvFrontEnd(dimensions, settings.Bands, settings.Channels));
            _projection = Register("projection", new Linear(_convolutions.Width, settings.Width));
            _attention = Register("attention", new MultiHeadSelfAttention(settings.Width, settings.Heads, settings.AttentionDropout));
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, settings.Width));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _convolutions.FramesPerColumn;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var columns = _projection.Forward(_convolutions.Forward(features, ref lengths));
            var padding = FrameMask.Padding(lengths, (int)columns.Size(1)).To(columns.Device);
            return _pooling.Forward(FrameMask.Clear(_attention.Forward(columns, padding), padding), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="CnnAttention"/>.</summary>
public sealed record CnnAttentionSettings : SpectrogramSettings
{
    /// <summary>Creates the defaults.</summary>
    public CnnAttentionSettings() => Channels = [16, 48, 64, 96];

    /// <summary>Values of a column that attention works on.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Attentions side by side; a divisor of <see cref="Width"/>.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Dropout of what attention adds to a column.</summary>
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>How columns become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Attention;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
        [.. base.Problems(), .. AtLeastOne(("width", Width)), .. HeadsDivide(Heads, "width", Width), .. Probability(AttentionDropout, "attention-dropout")];
}
