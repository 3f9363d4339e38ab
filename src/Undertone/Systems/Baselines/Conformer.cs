using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// A Conformer encoder on a spectrogram: convolutional subsampling, a linear layer, blocks that join self-attention and
/// convolution (<see cref="ConformerBlock"/> says what is done otherwise than in the paper), the columns summed up as one
/// vector, a linear layer. Places are told by an added encoding; subsampling to a quarter of the frames is as in the paper.
/// </summary>
public sealed class Conformer : DeepSystem<ConformerSettings>
{
    /// <inheritdoc/>
    public override string Name => "conformer";

    /// <inheritdoc/>
    public override string Summary => "Conformer encoder on log-mel spectrograms";

    /// <inheritdoc/>
    public override string Citation => "Gulati et al. 2020, doi:10.21437/Interspeech.2020-3015";

    /// <inheritdoc/>
    public override SequenceClassifier Build(ConformerSettings settings, int dimensions, int classes) =>
        new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly ConvFrontEnd _subsampling;
        private readonly Linear _projection;
        private readonly PositionalEncoding _places;
        private readonly Dropout _inputDropout;
        private readonly List<ConformerBlock> _blocks;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(ConformerSettings settings, int dimensions, int classes)
        {
            _subsampling = Register("subsampling", new ConvFrontEnd(dimensions, settings.Bands, settings.Channels));
            _projection = Register("projection", new Linear(_subsampling.Width, settings.Width));
            _places = Register("places", new PositionalEncoding(settings.Width));
            _inputDropout = Register("input_dropout", new Dropout(settings.EncoderDropout));
            _blocks = [.. Enumerable.Range(1, settings.Blocks).Select(i => Register($"block{i}", new ConformerBlock(
                settings.Width, settings.Heads, settings.Hidden, settings.Kernel, settings.EncoderDropout)))];
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, settings.Width));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _subsampling.FramesPerColumn;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var columns = _projection.Forward(_subsampling.Forward(features, ref lengths));
            var padding = FrameMask.Padding(lengths, (int)columns.Size(1)).To(columns.Device);
            var x = _inputDropout.Forward(_places.Forward(columns));
            _blocks.ForEach(block => x = block.Forward(x, padding));
            return _pooling.Forward(FrameMask.Clear(x, padding), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="Conformer"/>.</summary>
public sealed record ConformerSettings : SpectrogramSettings
{
    /// <summary>Creates the defaults.</summary>
    public ConformerSettings()
    {
        Channels = [16, 32, 32];
        Training = new TrainingSettings { LearningRate = 1e-3 };
    }

    /// <summary>Values of a column inside the blocks; even.</summary>
    public int Width { get; init; } = 96;

    /// <summary>Blocks.</summary>
    public int Blocks { get; init; } = 2;

    /// <summary>Attentions side by side; a divisor of <see cref="Width"/>.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Values inside each feed-forward step.</summary>
    public int Hidden { get; init; } = 192;

    /// <summary>Columns that a depthwise convolution sees, odd: with 64 ms a column about as much time as the paper's 31 of 40 ms.</summary>
    public int Kernel { get; init; } = 15;

    /// <summary>Dropout of the first block's input and of what each step adds.</summary>
    public double EncoderDropout { get; init; } = 0.1;

    /// <summary>How columns become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Mean;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(("width", Width), ("blocks", Blocks), ("hidden", Hidden), ("kernel", Kernel)),
        .. HeadsDivide(Heads, "width", Width),
        .. Width % 2 == 0 ? Array.Empty<string>() : [$"width must be even, for sines and cosines of a column's place, but is {Width}"],
        .. Kernel % 2 == 1 ? Array.Empty<string>() : [$"kernel must be odd, so that it has a middle, but is {Kernel}"],
        .. Probability(EncoderDropout, "encoder-dropout"),
    ];
}
