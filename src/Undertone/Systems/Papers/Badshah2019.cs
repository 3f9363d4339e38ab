using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Models.SupportVectors;
using Undertone.Torch;

namespace Undertone.Systems.Papers;

/// <summary>
/// A CNN like AlexNet whose kernels and pooling windows are higher than wide, on segments of the spectrogram; the vectors of its
/// last hidden layer, averaged over the segments, go to support vector machines, fitted inside the fold. A reconstruction: of the
/// sizes none is known.
/// </summary>
public sealed class Badshah2019 : DeepSystem<Badshah2019Settings>
{
    /// <inheritdoc/>
    public override string Name => "badshah-2019";

    /// <inheritdoc/>
    public override string Summary => "AlexNet-like CNN with rectangular kernels on spectrogram segments, support vector machines on its hidden layer";

    /// <inheritdoc/>
    public override string Citation => "Badshah et al. 2019, doi:10.1007/s11042-017-5292-7";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = "Badshah et al. 2019, Deep features-based speech emotion recognition for smart affective services, Multimedia Tools and Applications 78:5571-5589, doi:10.1007/s11042-017-5292-7",
        Input = "segments of the utterance's spectrogram",
        Training = "not known",
        Protocol = "not known",
        Split = new(20, PaperEvidence.Reconstructed),
        Reported =
        [
            new("emodb", "accuracy", 85.5, "quoted by the review, table 3"),
            new("emodb", "accuracy", 80.79, "quoted elsewhere"),
        ],
        Choices =
        [
            new("better trained from scratch than fine-tuned from AlexNet (the predecessor of 2017)", PaperEvidence.Printed),
            new("five convolutions as AlexNet's with rectangular kernels and rectangular pooling, on segments", PaperEvidence.Reconstructed),
            new("pictures of 128 linear frequencies; segments of 64 columns (640 ms) side by side", PaperEvidence.Reconstructed),
            new("kernels of 15×3, 9×3, 7×3, 5×3 and 3×3, higher along frequency; the first steps by 4 along frequency and 2 along time", PaperEvidence.Reconstructed),
            new("max-pooling of 3×2 after the first, second and fifth", PaperEvidence.Reconstructed),
            new("a quarter of AlexNet's channels: 24, 64, 96, 64, 64; two hidden layers of 512", PaperEvidence.Reconstructed),
            new("30 epochs by a softmax layer, Adam 5e-4, batches of 32, dropout of 0.5", PaperEvidence.Reconstructed),
            new("the last hidden layer's values go to support vector machines: linear, errors cost 1, classes weigh the same", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "Sizes and training are reconstructed.",
            "An utterance is trained on and answered as the mean of its segments' vectors.",
            "In a regression the network's own output layer answers: support vector machines tell classes apart.",
            "Pictures are standardised per frequency by the training speakers' statistics.",
        ],
        Tuned = PaperSettings.Augmented(PaperSettings.Recipe(epochs: 40, rate: 1e-3)),
        Tried =
        [
            "As reconstructed: 44.0 % UAR on EMO-DB's development speakers. The same with utterances also a tenth slower and faster and mixed with each other: 50.2 %.",
            "AdamW along a cosine, batches of 16, weight decay, label smoothing, class weights and averaged weights, 40 epochs: 48.4 %; also with other speeds 51.0 %, with speeds and mixing 55.9 %, kept; with masks over frequency and time as well 47.0 %; on pictures along the mel scale 54.2 %; over 80 epochs 59.9 %, for twice the time.",
        ],
    };

    /// <inheritdoc/>
    protected override SupportVectorMachineOptions? Machine(Badshah2019Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Machine;
    }

    /// <inheritdoc/>
    public override SequenceClassifier Build(Badshah2019Settings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly Badshah2019Settings _settings;
        private readonly Conv2d _conv1;
        private readonly Conv2d _conv2;
        private readonly Conv2d _conv3;
        private readonly Conv2d _conv4;
        private readonly Conv2d _conv5;
        private readonly MaxPool2d _pool;
        private readonly Dropout _dropout;
        private readonly Linear _hidden1;
        private readonly Linear _hidden2;
        private readonly SequencePooling _segments;
        private readonly Linear _output;

        public Network(Badshah2019Settings settings, int dimensions, int classes)
        {
            _settings = settings;
            var channels = settings.Channels;
            // Maps are frames × bands: a kernel's second side is its height along frequency.
            _conv1 = Register("conv1", new Conv2d(dimensions / settings.Bands, channels[0], (3, 15), (2, 4), (1, 7)));
            _conv2 = Register("conv2", new Conv2d(channels[0], channels[1], (3, 9), padding: (1, 4)));
            _conv3 = Register("conv3", new Conv2d(channels[1], channels[2], (3, 7), padding: (1, 3)));
            _conv4 = Register("conv4", new Conv2d(channels[2], channels[3], (3, 5), padding: (1, 2)));
            _conv5 = Register("conv5", new Conv2d(channels[3], channels[4], 3, padding: 1));
            _pool = Register("pool", new MaxPool2d((2, 3)));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _hidden1 = Register("hidden1", new Linear((settings.SegmentFrames + 1) / 16 * ((settings.Bands + 3) / 4 / 27) * channels[4], settings.Hidden));
            _hidden2 = Register("hidden2", new Linear(settings.Hidden, settings.Hidden));
            _segments = Register("segments", new SequencePooling(PoolingKind.Mean, settings.Hidden));
            _output = Register("output", new Linear(settings.Hidden, classes));
            RectifierInitialisation.Apply(this, except: _output);
        }

        public override int MinimumFrames => _settings.SegmentFrames;

        public override int EmbeddingWidth => _settings.Hidden;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var segments = FrameSegments.Every(lengths, _settings.SegmentFrames, _settings.SegmentHop);
            var x = FrameMaps.Spectrograms(segments.Cut(features), _settings.Bands);
            x = _pool.Forward(_conv2.Forward(_pool.Forward(_conv1.Forward(x).Relu())).Relu());
            x = _pool.Forward(_conv5.Forward(_conv4.Forward(_conv3.Forward(x).Relu()).Relu()).Relu());
            x = _hidden1.Forward(_dropout.Forward(x.Contiguous().Flatten(1))).Relu();
            x = _hidden2.Forward(_dropout.Forward(x)).Relu();
            return _segments.Forward(segments.Sequences(x), segments.Counts);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
    }
}

/// <summary>The settings of <see cref="Badshah2019"/>.</summary>
public sealed record Badshah2019Settings : PaperImageSettings
{
    /// <summary>Creates the defaults.</summary>
    public Badshah2019Settings()
    {
        Features = new SpectrogramImageOptions { Height = 128, Fit = ImageFit.Whole };
        Training = Plain with { Epochs = 30, BatchSize = 32, LearningRate = 5e-4 };
    }

    /// <summary>Frames of a segment: 64 are 640 ms.</summary>
    public int SegmentFrames { get; init; } = 64;

    /// <summary>Frames from one segment to the next.</summary>
    public int SegmentHop { get; init; } = 64;

    /// <summary>Channels of the five convolutions.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [24, 64, 96, 64, 64];

    /// <summary>Units of both hidden layers.</summary>
    public int Hidden { get; init; } = 512;

    /// <summary>The machines that tell classes by the last hidden layer.</summary>
    public SupportVectorMachineOptions Machine { get; init; } = new() { Kernel = SvmKernel.Linear };

    /// <summary>Dropout before each hidden layer.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override bool Segmented => true;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int SmallestSide => 105;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne([("segment-hop", SegmentHop), ("hidden", Hidden), .. Channels.Select(c => ("channels", c))]),
        .. Probability(Dropout),
        .. SegmentFrames >= 15 ? Array.Empty<string>() : [FormattableString.Invariant($"segment-frames must be at least 15, but is {SegmentFrames}")],
        .. Channels.Count == 5 ? Array.Empty<string>() : [FormattableString.Invariant($"channels must be five numbers, one a convolution, but are {Channels.Count}")],
    ];
}
