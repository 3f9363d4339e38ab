using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A Transformer encoder on sequences of frames: neighbouring frames joined and projected, an encoding of their places added,
/// layers of self-attention and feed-forward blocks, normalised before each, the frames summed up as one vector, a linear layer.
/// </summary>
public sealed class Transformer : DeepSystem<TransformerSettings>
{
    /// <inheritdoc/>
    public override string Name => "transformer";

    /// <inheritdoc/>
    public override string Summary => "Transformer encoder on frame sequences";

    /// <inheritdoc/>
    public override string Citation => "Vaswani et al. 2017, arXiv:1706.03762; pre-norm: Xiong et al. 2020, arXiv:2002.04745";

    /// <inheritdoc/>
    public override SequenceClassifier Build(TransformerSettings settings, int dimensions, int classes) =>
        new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly int _stack;
        private readonly Linear _projection;
        private readonly PositionalEncoding _places;
        private readonly Dropout _inputDropout;
        private readonly TransformerEncoder _encoder;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(TransformerSettings settings, int dimensions, int classes)
        {
            _stack = settings.Stack;
            _projection = Register("projection", new Linear(dimensions * settings.Stack, settings.Width));
            _places = Register("places", new PositionalEncoding(settings.Width));
            _inputDropout = Register("input_dropout", new Dropout(settings.EncoderDropout));
            _encoder = Register("encoder", new TransformerEncoder(
                settings.Width, settings.Layers, settings.Heads, settings.Hidden, settings.EncoderDropout));
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, settings.Width));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _stack;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var frames = _projection.Forward(StackedFrames.Join(features, _stack, ref lengths));
            var states = _encoder.Forward(_inputDropout.Forward(_places.Forward(frames)), lengths);
            return _pooling.Forward(states, lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="Transformer"/>.</summary>
public sealed record TransformerSettings : FrameSettings
{
    /// <summary>Creates the defaults.</summary>
    public TransformerSettings() => Training = new TrainingSettings { LearningRate = 2e-3, Epochs = 40, EarliestEpoch = 20 };

    /// <summary>The cepstral coefficients with their deltas.</summary>
    public MfccOptions Features { get; init; } = new() { Mel = SpectrogramDefaults.LogMel, Coefficients = 30, Deltas = 1 };

    /// <summary>Neighbouring frames joined into one step.</summary>
    public int Stack { get; init; } = 4;

    /// <summary>Values of a step inside the encoder; even.</summary>
    public int Width { get; init; } = 96;

    /// <summary>Encoder layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Attentions side by side; a divisor of <see cref="Width"/>.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Values inside each feed-forward block.</summary>
    public int Hidden { get; init; } = 192;

    /// <summary>Dropout of the encoder's input and of what each block adds.</summary>
    public double EncoderDropout { get; init; } = 0.1;

    /// <summary>How steps become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Statistics;

    /// <summary>Dropout before the output.</summary>
    public double Dropout { get; init; } = 0.4;

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
        .. AtLeastOne(("stack", Stack), ("width", Width), ("layers", Layers), ("hidden", Hidden)),
        .. HeadsDivide(Heads, "width", Width),
        .. Width % 2 == 0 ? Array.Empty<string>() : [$"width must be even, for sines and cosines of a step's place, but is {Width}"],
        .. Probability(EncoderDropout, "encoder-dropout"),
        .. Probability(Dropout),
    ];
}
