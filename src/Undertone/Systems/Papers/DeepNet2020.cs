using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems.Papers;

/// <summary>
/// Deep-Net: a plain CNN whose kernels reach along frequency alone, one value wide in time, on spectrogram pictures. The paper's
/// text, figure and table 1 disagree; the kernels are those that agree with the table's counts of parameters.
/// </summary>
public sealed class DeepNet2020 : DeepSystem<DeepNet2020Settings>
{
    /// <inheritdoc/>
    public override string Name => "deep-net-2020";

    /// <inheritdoc/>
    public override string Summary => "Deep-Net: CNN with kernels along frequency on spectrogram pictures";

    /// <inheritdoc/>
    public override string Citation => "Anvarjon, Mustaqeem & Kwon 2020, doi:10.3390/s20185212";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = "Anvarjon, Mustaqeem & Kwon 2020, Deep-Net: a lightweight CNN-based speech emotion recognition system using deep frequency features, Sensors 20(18):5212, doi:10.3390/s20185212",
        Input = "the utterance's STFT spectrogram as a picture of 64 × 64 × 3",
        Training = "100 epochs, Adam with a learning rate of 1e-5 that decays once after 10 epochs, batches of 256",
        Protocol = "70:30 split and 5-fold cross-validation by scikit-learn, speakers not kept apart: they are in training and test both",
        Split = new(30, PaperEvidence.Printed),
        Reported =
        [
            new("iemocap", "accuracy", 77.01, "abstract"),
            new("emodb", "accuracy", 92.02, "abstract"),
        ],
        Choices =
        [
            new("picture of 64 × 64 in three channels, the whole utterance", PaperEvidence.Printed),
            new("colours from blue to red, 80 dB, 25 ms windows every 10 ms, bilinear resizing", PaperEvidence.Reconstructed),
            new("kernels of 9×1, 2×1 and 3×1 with 10 channels, 3×1 with 20, 20, 40 and 40 channels", PaperEvidence.Computed),
            new("last convolution of 60 kernels of 3×1", PaperEvidence.Computed),
            new("height of a kernel is frequency", PaperEvidence.Reconstructed),
            new("max-pooling of 3×1 with stride 1, then 2×1 twice, batch normalisation after each", PaperEvidence.Computed),
            new("pooling windows of 2×1 do not overlap", PaperEvidence.Reconstructed),
            new("ReLU, same padding; hidden layers of 80 and 30; softmax", PaperEvidence.Computed),
            new("100 epochs, Adam 1e-5, one decay after 10 epochs, batches of 256", PaperEvidence.Printed),
            new("the decay is to a tenth", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "The table's rows sum to 2,886,890 and its printed total is 2,974,367; no reading of the pooling gives the first hidden layer of either. Pooling as printed leaves 15 × 64 × 60 values, and that layer alone has 4,608,000 weights.",
            "Pictures are standardised per height and channel by the training speakers' statistics.",
        ],
        Parameters = 2_974_367,
        Tuned = new Dictionary<string, object>
        {
            ["training.learning-rate"] = "0.001",
            ["training.batch-size"] = "32",
            ["training.epochs"] = "30",
            ["training.optimiser.schedule"] = "constant",
        },
        Tried =
        [
            "As printed, 100 epochs of two or three steps each, at a rate that falls to a tenth after ten of them, hardly train: 23.7 % UAR on EMO-DB's development speakers.",
            "A constant rate of 1e-3 with batches of 32 for 30 epochs, kept: 47.0 %.",
            "The same with AdamW along a cosine, weight decay, label smoothing, class weights and averaged weights: 43.6 %; for 15 epochs, in batches of 16, with utterances also a tenth slower and faster and mixed with each other: 48.1 %.",
            "What is kept, with these other speeds and mixing: 47.6 %.",
        ],
    };

    /// <inheritdoc/>
    public override SequenceClassifier Build(DeepNet2020Settings settings, int dimensions, int classes) => new Network(settings, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly DeepNet2020Settings _settings;
        private readonly Conv2d[] _convolutions;
        private readonly MaxPool2d[] _pools;
        private readonly BatchNorm2d[] _norms;
        private readonly Linear _hidden1;
        private readonly Linear _hidden2;
        private readonly Linear _output;

        public Network(DeepNet2020Settings settings, int classes)
        {
            _settings = settings;
            (int Channels, int Height)[] kernels = [(10, 9), (10, 2), (10, 3), (20, 3), (20, 3), (40, 3), (40, 3), (60, 3)];
            _convolutions = [.. kernels.Select((k, i) => Register(
                $"conv{i + 1}", new Conv2d(i == 0 ? 3 : kernels[i - 1].Channels, k.Channels, (k.Height, 1), padding: Size2.Same)))];
            _pools =
            [
                Register("pool1", new MaxPool2d((3, 1), 1)),
                Register("pool2", new MaxPool2d((2, 1))),
                Register("pool3", new MaxPool2d((2, 1))),
            ];
            _norms = [Register("norm1", new BatchNorm2d(10)), Register("norm2", new BatchNorm2d(20)), Register("norm3", new BatchNorm2d(40))];
            _hidden1 = Register("hidden1", new Linear((settings.Features.Height - 2) / 4 * settings.Features.Width * 60, 80));
            _hidden2 = Register("hidden2", new Linear(80, 30));
            _output = Register("output", new Linear(30, classes));
        }

        public override int MinimumFrames => _settings.Features.Width;

        public override int EmbeddingWidth => 30;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = FrameMaps.Images(features, _settings.Features.Height);
            x = Reduce(Convolve(x, 0..3), 0);
            x = Reduce(Convolve(x, 3..5), 1);
            x = Reduce(Convolve(x, 5..7), 2);
            x = Convolve(x, 7..8).Contiguous().Flatten(1);
            return _hidden2.Forward(_hidden1.Forward(x).Relu()).Relu();
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);

        private Tensor Convolve(Tensor x, Range layers) => _convolutions[layers].Aggregate(x, (y, conv) => conv.Forward(y).Relu());

        private Tensor Reduce(Tensor x, int block) => _norms[block].Forward(_pools[block].Forward(x));
    }
}

/// <summary>The settings of <see cref="DeepNet2020"/>.</summary>
public sealed record DeepNet2020Settings : PaperImageSettings
{
    /// <summary>Creates the defaults.</summary>
    public DeepNet2020Settings()
    {
        Features = new SpectrogramImageOptions { Height = 64, Width = 64, Colour = ImageColour.Jet };
        Training = Plain with
        {
            Epochs = 100,
            BatchSize = 256,
            LearningRate = 1e-5,
            Optimiser = new OptimiserSettings { Kind = OptimiserKind.Adam, Schedule = RateSchedule.Drops, DropEpochs = [10] },
        };
    }

    /// <inheritdoc/>
    [JsonIgnore]
    protected override bool Segmented => false;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int SmallestSide => 6;
}
