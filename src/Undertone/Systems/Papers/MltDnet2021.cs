using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Systems.Papers;

/// <summary>
/// MLT-DNet, the multi-learning trick: a dilated 1-D CNN on raw audio in two branches side by side, one of residual blocks with
/// skip connections, one that learns the sequence; what both give is concatenated. A reconstruction: no size is known.
/// </summary>
public sealed class MltDnet2021 : DeepSystem<MltDnet2021Settings>
{
    /// <inheritdoc/>
    public override string Name => "mlt-dnet-2021";

    /// <inheritdoc/>
    public override string Summary => "MLT-DNet: dilated 1-D CNN on raw audio, residual blocks beside a BiGRU";

    /// <inheritdoc/>
    public override string Citation => "Mustaqeem & Kwon 2021, doi:10.1016/j.eswa.2020.114177";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = "Mustaqeem & Kwon 2021, MLT-DNet: Speech emotion recognition using 1D dilated CNN based on multi-learning trick approach, Expert Systems with Applications 167:114177, doi:10.1016/j.eswa.2020.114177",
        Input = "raw audio",
        Training = "not known; 50 epochs of Adam with 1e-3 and batches of 32 here",
        Protocol = "not known; nothing says that speakers were kept apart",
        Split = new(20, PaperEvidence.Reconstructed),
        Reported =
        [
            new("iemocap", "accuracy", 73, "abstract"),
            new("emodb", "accuracy", 90, "abstract"),
        ],
        Choices =
        [
            new("raw audio, end to end", PaperEvidence.Printed),
            new("dilated 1-D convolutions", PaperEvidence.Printed),
            new("two branches side by side: residual blocks with skip connections, and sequence learning", PaperEvidence.Printed),
            new("a layer of fusion concatenates what both branches give", PaperEvidence.Printed),
            new("before the sequence layer, blocks of one dilated convolution, batch normalisation, leaky ReLU (the sister paper)", PaperEvidence.Printed),
            new("16 kHz, at most 8 s", PaperEvidence.Reconstructed),
            new("both branches share a stem of such blocks: 32, 64, 64 channels, kernels of 9, 5, 5, pools of 8, 4, 4", PaperEvidence.Reconstructed),
            new("three residual blocks, and three blocks before the sequence layer, of 64 channels, kernels of 3, dilation 1, 2, 4", PaperEvidence.Reconstructed),
            new("BiGRU of 64 units a direction", PaperEvidence.Reconstructed),
            new("the mean over steps ends either branch", PaperEvidence.Reconstructed),
            new("50 epochs, Adam 1e-3, batches of 32", PaperEvidence.Reconstructed),
            new("the waveform is standardised by the training speakers' mean and deviation", PaperEvidence.Reconstructed),
        ],
        Deviations = ["All sizes and the training are reconstructed; the plan of the branches is the abstract's."],
        Tried =
        [
            "AdamW along a cosine with a rate of 2e-3, batches of 16, weight decay, label smoothing, class weights and averaged weights, 15 epochs: 55.6 % UAR on EMO-DB's development speakers, against 62.1 of the training as it stands, which stays.",
            "As it stands, with utterances also a tenth slower and faster and mixed with each other: 62.1 %. The other training with these, a rate of 1e-3 and 15 epochs: 59.7 %.",
        ],
    };

    /// <inheritdoc/>
    public override SequenceClassifier Build(MltDnet2021Settings settings, int dimensions, int classes) => new Network(settings, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private const int StemPool = 8 * 4 * 4;

        private readonly List<DilatedBlock> _stem = [];
        private readonly List<ResidualBlock> _residual = [];
        private readonly List<DilatedBlock> _contextual = [];
        private readonly SequencePooling _salient;
        private readonly Gru _sequence;
        private readonly SequencePooling _context;
        private readonly Linear _output;

        public Network(MltDnet2021Settings settings, int classes)
        {
            (int Kernel, int Pool)[] stem = [(9, 8), (5, 4), (5, 4)];
            for (var i = 0; i < stem.Length; i++)
            {
                var inputs = i == 0 ? 1 : settings.Channels[i - 1];
                _stem.Add(Register($"stem{i + 1}", new DilatedBlock(inputs, settings.Channels[i], stem[i].Kernel, dilation: 1, stem[i].Pool)));
            }

            var width = settings.Channels[^1];
            foreach (var dilation in settings.Dilations)
            {
                _residual.Add(Register($"residual{_residual.Count + 1}", ResidualBlock.OverTime(width, width, kernel: 3, dilation: dilation)));
                _contextual.Add(Register($"contextual{_contextual.Count + 1}", new DilatedBlock(width, width, kernel: 3, dilation, pool: 1)));
            }

            _salient = Register("salient", new SequencePooling(PoolingKind.Mean, width));
            _sequence = Register("sequence", new Gru(width, settings.Units, bidirectional: true));
            _context = Register("context", new SequencePooling(PoolingKind.Mean, 2 * settings.Units));
            _output = Register("output", new Linear(_salient.Width + _context.Width, classes));
        }

        public override int MinimumFrames => 2 * StemPool;

        public override int EmbeddingWidth => _salient.Width + _context.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = Through(_stem, FrameMaps.OverTime(features), ref lengths);
            var salient = x;
            foreach (var block in _residual)
            {
                salient = block.Forward(salient, ref lengths);
            }

            var states = Fused.Recurrent(FrameMaps.Columns(Through(_contextual, x, ref lengths)), _sequence, lengths);
            return Tensor.Cat([_salient.Forward(FrameMaps.Columns(salient), lengths), _context.Forward(states, lengths)], 1);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);

        private static Tensor Through(List<DilatedBlock> blocks, Tensor x, ref int[] lengths)
        {
            foreach (var block in blocks)
            {
                x = block.Forward(x, ref lengths);
            }

            return x;
        }
    }

    /// <summary>One dilated convolution over time, batch normalisation, leaky rectifier, max-pooling; the rectifier rises everywhere and may follow the pooling.</summary>
    private sealed class DilatedBlock : Module
    {
        private readonly Conv2d _conv;
        private readonly BatchNorm2d _norm;
        private readonly LeakyReLU _rectifier;
        private readonly int _pool;

        public DilatedBlock(int inputs, int channels, int kernel, int dilation, int pool)
        {
            _pool = pool;
            _conv = Register("conv", FrameMaps.ConvolutionOverTime(inputs, channels, kernel, dilation: dilation, bias: false));
            _norm = Register("norm", new BatchNorm2d(channels));
            _rectifier = Register("rectifier", new LeakyReLU());
        }

        public Tensor Forward(Tensor x, ref int[] lengths)
        {
            var whole = lengths;
            lengths = Array.ConvertAll(whole, l => l / _pool);
            return _rectifier.Forward(FrameMaps.ConvolveAndPoolOverTime(_conv, _norm, x, _pool, whole));
        }
    }
}

/// <summary>The settings of <see cref="MltDnet2021"/>.</summary>
public sealed record MltDnet2021Settings : PaperSettings
{
    /// <summary>Creates the defaults.</summary>
    public MltDnet2021Settings() => Training = Plain with { Epochs = 50, BatchSize = 32, LearningRate = 1e-3 };

    /// <summary>The samples.</summary>
    public RawWaveformOptions Features { get; init; } = new() { Seconds = 8 };

    /// <summary>Channels of the three blocks that both branches share; the branches have as many as the last.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [32, 64, 64];

    /// <summary>The distance between a kernel's taps, in steps of 8 ms, for each block of either branch.</summary>
    public IReadOnlyList<int> Dilations { get; init; } = [1, 2, 4];

    /// <summary>GRU units a direction.</summary>
    public int Units { get; init; } = 64;

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
        .. AtLeastOne(Channels.Select(c => ("channels", c)).Concat(Dilations.Select(d => ("dilations", d))).Append(("dilations' count", Dilations.Count)).Append(("units", Units))),
        .. Channels.Count == 3 ? Array.Empty<string>() : [FormattableString.Invariant($"channels must be three numbers, one a block, but are {Channels.Count}")],
    ];
}
