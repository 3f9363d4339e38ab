using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Preprocessing;
using Undertone.Torch;

namespace Undertone.Systems.Papers;

/// <summary>
/// The deep stride CNN ("Stride Net"): a plain network on spectrograms of speech that an adaptive threshold cleaned, where
/// strides do what pooling does elsewhere. A reconstruction: channels and strides are not known.
/// </summary>
public sealed class StrideNet2020 : DeepSystem<StrideNet2020Settings>
{
    /// <inheritdoc/>
    public override string Name => "stride-net-2020";

    /// <inheritdoc/>
    public override string Summary => "Stride Net (DSCNN): plain CNN with strides for pooling on spectrograms of cleaned speech";

    /// <inheritdoc/>
    public override string Citation => "Mustaqeem & Kwon 2020, doi:10.3390/s20010183";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = "Mustaqeem & Kwon 2020, A CNN-assisted enhanced audio signal processing for speech emotion recognition, Sensors 20(1):183, doi:10.3390/s20010183",
        Input = "a spectrogram of the utterance, its silence removed by an adaptive threshold",
        Training = "not known at first hand; 50 epochs of Adam with 1e-3 and batches of 128 here",
        Protocol = "80:20 split (second hand), speakers not kept apart as far as is known: they are in training and test both",
        Split = new(20, PaperEvidence.Reconstructed),
        Reported =
        [
            new("iemocap", "accuracy", 81.75, "quoted by the review, table 3"),
            new("ravdess", "accuracy", 79.5, "quoted by the review, table 3"),
        ],
        Choices =
        [
            new("plain CNN, strides in place of pooling, on spectrograms of speech cleaned by an adaptive threshold", PaperEvidence.Printed),
            new("kernels of 7×7, 5×5, then five of 3×3", PaperEvidence.Printed),
            new("the threshold lies at 5 % of the way from quiet to loud frames of 20 ms", PaperEvidence.Reconstructed),
            new("picture of 128 × 128, one channel, linear frequency, 80 dB", PaperEvidence.Reconstructed),
            new("16, 32, 32, 64, 64, 128, 128 channels", PaperEvidence.Reconstructed),
            new("stride 2×2 in the first four and the sixth convolution", PaperEvidence.Reconstructed),
            new("hidden layer of 512, softmax, no dropout", PaperEvidence.Reconstructed),
            new("50 epochs, Adam 1e-3, batches of 128", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "Sizes, strides and training are reconstructed.",
            "Weights begin by He's rule.",
            "Pictures are standardised per frequency by the training speakers' statistics.",
        ],
        Tuned = PaperSettings.Augmented(),
        Tried =
        [
            "As reconstructed: 46.2 % UAR on EMO-DB's development speakers. The same with utterances also a tenth slower and faster and mixed with each other: 57.9 %, kept; on pictures along the mel scale 59.6 %, within the noise.",
            "AdamW along a cosine, batches of 16, weight decay, label smoothing, class weights and averaged weights, 40 epochs: 50.6 %; also with other speeds 50.8 %, with speeds and mixing 52.0 %, with masks over frequency and time as well 54.3 %; over 80 epochs 53.1 %.",
        ],
    };

    /// <inheritdoc/>
    public override SequenceClassifier Build(StrideNet2020Settings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly StrideNet2020Settings _settings;
        private readonly Conv2d[] _convolutions;
        private readonly Linear _hidden;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(StrideNet2020Settings settings, int dimensions, int classes)
        {
            _settings = settings;
            (int Kernel, int Stride)[] layers = [(7, 2), (5, 2), (3, 2), (3, 2), (3, 1), (3, 2), (3, 1)];
            var inputs = dimensions / settings.Features.Height;
            _convolutions = new Conv2d[layers.Length];
            for (var i = 0; i < layers.Length; i++)
            {
                var (kernel, stride) = layers[i];
                _convolutions[i] = Register(
                    $"conv{i + 1}", new Conv2d(i == 0 ? inputs : settings.Channels[i - 1], settings.Channels[i], kernel, stride, padding: kernel / 2));
            }

            int Left(int side) => layers.Aggregate(side, (s, layer) => (s + layer.Stride - 1) / layer.Stride);
            _hidden = Register("hidden", new Linear(Left(settings.Features.Height) * Left(settings.Features.Width) * settings.Channels[^1], settings.Hidden));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(settings.Hidden, classes));
            RectifierInitialisation.Apply(this, except: _output);
        }

        public override int MinimumFrames => _settings.Features.Width;

        public override int EmbeddingWidth => _settings.Hidden;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = FrameMaps.Spectrograms(features, _settings.Features.Height);
            x = _convolutions.Aggregate(x, (y, conv) => conv.Forward(y).Relu());
            return _hidden.Forward(x.Contiguous().Flatten(1)).Relu();
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="StrideNet2020"/>.</summary>
public sealed record StrideNet2020Settings : PaperImageSettings
{
    /// <summary>Creates the defaults.</summary>
    public StrideNet2020Settings()
    {
        Preprocessing = new PreprocessingSettings { SilenceRemoval = 0.05 };
        Features = new SpectrogramImageOptions { Height = 128, Width = 128 };
        Training = Plain with { Epochs = 50, BatchSize = 128, LearningRate = 1e-3 };
    }

    /// <summary>Channels of the seven convolutions.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 32, 64, 64, 128, 128];

    /// <summary>Units of the hidden layer.</summary>
    public int Hidden { get; init; } = 512;

    /// <summary>Dropout before the output.</summary>
    public double Dropout { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    protected override bool Segmented => false;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int SmallestSide => 16;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(Channels.Select(c => ("channels", c)).Append(("hidden", Hidden))),
        .. Probability(Dropout),
        .. Channels.Count == 7 ? Array.Empty<string>() : [FormattableString.Invariant($"channels must be seven numbers, one a convolution, but are {Channels.Count}")],
    ];
}
