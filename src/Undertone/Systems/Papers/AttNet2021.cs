using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Systems.Papers;

/// <summary>
/// Att-Net: a CNN on spectrograms with a light self-attention module over channels and places between its convolutions and its
/// fully connected layers. A reconstruction: no size is known.
/// </summary>
public sealed class AttNet2021 : DeepSystem<AttNet2021Settings>
{
    /// <inheritdoc/>
    public override string Name => "att-net-2021";

    /// <inheritdoc/>
    public override string Summary => "Att-Net: CNN on spectrograms with light self-attention over channels and places";

    /// <inheritdoc/>
    public override string Citation => "Mustaqeem & Kwon 2021, doi:10.1016/j.asoc.2021.107101";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = "Mustaqeem & Kwon 2021, Att-Net: Enhanced emotion recognition system using lightweight self-attention module, Applied Soft Computing 102:107101, doi:10.1016/j.asoc.2021.107101",
        Input = "spectrogram of the utterance",
        Training = "end to end; the rest is not known: 50 epochs of Adam with 1e-3 and batches of 32 here",
        Protocol = "not known; nothing says that speakers were kept apart",
        Split = new(20, PaperEvidence.Reconstructed),
        Reported =
        [
            new("iemocap", "UAR", 78.01, "abstract, average recall"),
            new("ravdess", "UAR", 80, "abstract, average recall; a review quotes 81.00"),
            new("emodb", "UAR", 93, "abstract, average recall"),
        ],
        Choices =
        [
            new("a perceptron gives the attention over channels, a dilated CNN that over places", PaperEvidence.Printed),
            new("both maps are merged to one of combined weights", PaperEvidence.Printed),
            new("the module stands between the convolutions and the fully connected layers", PaperEvidence.Printed),
            new("the maps are merged as the sigmoid of their sum, and what they weigh is added to the input (BAM, arXiv:1807.06514)", PaperEvidence.Reconstructed),
            new("reduction by 16, two dilated kernels of 3×3, dilation 4 (BAM's)", PaperEvidence.Reconstructed),
            new("picture of 128 × 128, one channel, linear frequency, 80 dB", PaperEvidence.Reconstructed),
            new("convolutions of 16@7×7, 32@5×5, 64@3×3, 128@3×3, batch normalisation, ReLU; stride 2 in the first three; the module sees maps of 16 × 16, which are then pooled by 4", PaperEvidence.Reconstructed),
            new("hidden layer of 128, softmax, no dropout", PaperEvidence.Reconstructed),
            new("50 epochs, Adam 1e-3, batches of 32", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "All sizes and the training are reconstructed.",
            "The merged map of the abstract is BAM's plan; CBAM (arXiv:1807.06521), to which the network is likened elsewhere, applies its two maps one after the other.",
            "Pictures are standardised per frequency by the training speakers' statistics.",
        ],
        Tried =
        [
            "As reconstructed, kept: 57.7 % UAR on EMO-DB's development speakers. The same with utterances also a tenth slower and faster and mixed with each other: 52.2 %.",
            "AdamW along a cosine, batches of 16, weight decay, label smoothing, class weights and averaged weights, 40 epochs: 52.1 %; also with other speeds 54.5 %, with speeds and mixing 50.9 %, with masks over frequency and time as well 48.3 %; over 80 epochs 50.3 %.",
            "As reconstructed, on pictures along the mel scale: 56.4 %; these cut out rather than shrunk, or a rate of 3e-4: 58.2 % each.",
        ],
    };

    /// <inheritdoc/>
    public override SequenceClassifier Build(AttNet2021Settings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private const int Pool = 4;

        private readonly AttNet2021Settings _settings;
        private readonly List<ConvBlock> _blocks = [];
        private readonly ChannelSpatialAttention _attention;
        private readonly MaxPool2d _pool;
        private readonly Linear _hidden;
        private readonly Linear _output;

        public Network(AttNet2021Settings settings, int dimensions, int classes)
        {
            _settings = settings;
            (int Kernel, int Stride)[] layers = [(7, 2), (5, 2), (3, 2), (3, 1)];
            var inputs = dimensions / settings.Features.Height;
            foreach (var (kernel, stride) in layers)
            {
                var channels = settings.Channels[_blocks.Count];
                _blocks.Add(Register($"block{_blocks.Count + 1}", new ConvBlock(inputs, channels, kernel, stride)));
                inputs = channels;
            }

            int Left(int side) => layers.Aggregate(side, (s, layer) => (s + layer.Stride - 1) / layer.Stride) / Pool;
            _attention = Register("attention", new ChannelSpatialAttention(inputs, settings.Reduction, settings.Dilation));
            _pool = Register("pool", new MaxPool2d(Pool));
            _hidden = Register("hidden", new Linear(Left(settings.Features.Height) * Left(settings.Features.Width) * inputs, settings.Hidden));
            _output = Register("output", new Linear(settings.Hidden, classes));
        }

        public override int MinimumFrames => _settings.Features.Width;

        public override int EmbeddingWidth => _settings.Hidden;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = FrameMaps.Spectrograms(features, _settings.Features.Height);
            foreach (var block in _blocks)
            {
                x = block.Forward(x, ref lengths);
            }

            return _hidden.Forward(_pool.Forward(_attention.Forward(x)).Contiguous().Flatten(1)).Relu();
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
    }
}

/// <summary>The settings of <see cref="AttNet2021"/>.</summary>
public sealed record AttNet2021Settings : PaperImageSettings
{
    /// <summary>Creates the defaults.</summary>
    public AttNet2021Settings()
    {
        Features = new SpectrogramImageOptions { Height = 128, Width = 128 };
        Training = Plain with { Epochs = 50, BatchSize = 32, LearningRate = 1e-3 };
    }

    /// <summary>Channels of the four convolutions.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 128];

    /// <summary>By how much both paths of the attention are narrower than the maps.</summary>
    public int Reduction { get; init; } = 16;

    /// <summary>The distance between the taps of the attention's kernels.</summary>
    public int Dilation { get; init; } = 4;

    /// <summary>Units of the hidden layer.</summary>
    public int Hidden { get; init; } = 128;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override bool Segmented => false;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int SmallestSide => 32;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(Channels.Select(c => ("channels", c)).Append(("reduction", Reduction)).Append(("dilation", Dilation)).Append(("hidden", Hidden))),
        .. Channels.Count == 4 ? Array.Empty<string>() : [FormattableString.Invariant($"channels must be four numbers, one a convolution, but are {Channels.Count}")],
        .. Channels.Count == 0 || Reduction < 1 || Channels[^1] % Reduction == 0
            ? Array.Empty<string>()
            : [FormattableString.Invariant($"reduction must divide the last of channels, but {Reduction} does not divide {Channels[^1]}")],
    ];
}
