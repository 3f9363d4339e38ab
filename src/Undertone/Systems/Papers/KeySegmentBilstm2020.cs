using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Systems.Papers;

/// <summary>
/// Key segments, a residual CNN and a bidirectional LSTM: the utterance's segments are clustered (<see cref="KeySegments"/>), the
/// CNN makes a vector of each key segment's spectrogram, the vectors are normalised, and the LSTM walks over them. A
/// reconstruction: sizes are not known, and the paper's CNN was much larger.
/// </summary>
public sealed class KeySegmentBilstm2020 : DeepSystem<KeySegmentBilstm2020Settings>
{
    /// <inheritdoc/>
    public override string Name => "key-segment-bilstm-2020";

    /// <inheritdoc/>
    public override string Summary => "Residual CNN on key segments found by clustering, bidirectional LSTM over them";

    /// <inheritdoc/>
    public override string Citation => "Mustaqeem, Sajjad & Kwon 2020, doi:10.1109/ACCESS.2020.2990405";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = "Mustaqeem, Sajjad & Kwon 2020, Clustering-based speech emotion recognition by incorporating learned features and deep BiLSTM, IEEE Access 8:79861-79875, doi:10.1109/ACCESS.2020.2990405",
        Input = "STFT spectrograms of the utterance's key segments",
        Training = "not known",
        Protocol = "5-fold cross-validation (second hand), speakers not kept apart as far as is known",
        Split = new(20, PaperEvidence.Reconstructed) { Folds = 5 },
        Reported =
        [
            new("iemocap", "accuracy", 72.25, "quoted by the review, table 3"),
            new("emodb", "accuracy", 85.57, "quoted by the review, table 3"),
            new("ravdess", "accuracy", 77.02, "quoted by the review, table 3"),
        ],
        Choices =
        [
            new("segments clustered by k-means with a similarity by radial basis function; of each cluster the segment nearest its centre", PaperEvidence.Printed),
            new("spectrograms of key segments, features by a ResNet, normalised, then a deep BiLSTM", PaperEvidence.Printed),
            new("segments of 500 ms that overlap by 25 %", PaperEvidence.Reconstructed),
            new("half as many clusters as segments; γ by their spread; clusters begin evenly spread in time", PaperEvidence.Reconstructed),
            new("segments are compared by their spectrograms", PaperEvidence.Reconstructed),
            new("64 values of linear frequency, a column every 10 ms", PaperEvidence.Reconstructed),
            new("ResNet of 16, 32, 64 and 128 channels, one block a stage, mean over the map", PaperEvidence.Reconstructed),
            new("normalisation by the mean and deviation of all segments' features (batch normalisation)", PaperEvidence.Reconstructed),
            new("two layers of 128 units a direction, the last state of each", PaperEvidence.Reconstructed),
            new("50 epochs, Adam 1e-3, batches of 32", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "The CNN is small and trained with the LSTM from scratch; the paper takes features of a ResNet.",
            "Counts of clusters, sizes and training are reconstructed.",
            "Pictures are standardised per frequency by the training speakers' statistics.",
        ],
        Tuned = PaperSettings.Augmented(PaperSettings.Recipe(epochs: 40, rate: 1e-3)),
        Tried =
        [
            "As reconstructed: 60.4 % UAR on EMO-DB's development speakers. The same with utterances also a tenth slower and faster and mixed with each other: 62.9 %.",
            "AdamW along a cosine, batches of 16, weight decay, label smoothing, class weights and averaged weights, 40 epochs: 59.0 %; also with other speeds 70.6 %, with speeds and mixing 75.2 %, kept; with masks over frequency and time as well 70.0 %; over 80 epochs 77.7 %, for twice the time.",
        ],
    };

    /// <inheritdoc/>
    public override SequenceClassifier Build(KeySegmentBilstm2020Settings settings, int dimensions, int classes) => new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly KeySegmentBilstm2020Settings _settings;
        private readonly ConvBlock _stem;
        private readonly List<ResidualBlock> _blocks = [];
        private readonly AdaptiveAvgPool2d _mean;
        private readonly BatchNorm1d _norm;
        private readonly Lstm _recurrence;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(KeySegmentBilstm2020Settings settings, int dimensions, int classes)
        {
            _settings = settings;
            var channels = settings.Channels;
            _stem = Register("stem", new ConvBlock(dimensions / settings.Bands, channels[0], kernel: 5, stride: 2));
            for (var stage = 1; stage < channels.Count; stage++)
            {
                _blocks.Add(Register($"stage{stage}", new ResidualBlock(channels[stage - 1], channels[stage], stride: 2)));
            }

            _mean = Register("mean", new AdaptiveAvgPool2d(1));
            _norm = Register("norm", new BatchNorm1d(channels[^1]));
            _recurrence = Register("recurrence", new Lstm(channels[^1], settings.Units, settings.Layers, bidirectional: true));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(2 * settings.Units, classes));
        }

        public override int MinimumFrames => _settings.SegmentFrames;

        public override int EmbeddingWidth => 2 * _settings.Units;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var segments = KeySegments.Of(features, FrameSegments.Every(lengths, _settings.SegmentFrames, _settings.SegmentHop), _settings.KeptShare);
            var sequences = segments.Sequences(_norm.Forward(Describe(segments.Cut(features))));
            return LastStates(Fused.Recurrent(sequences, _recurrence, segments.Counts), segments.Counts);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));

        /// <summary>A vector of each segment: [M, frames, dimensions] to [M, channels].</summary>
        private Tensor Describe(Tensor segments)
        {
            int[] lengths = [.. Enumerable.Repeat(_settings.SegmentFrames, (int)segments.Size(0))];
            var x = _stem.Forward(FrameMaps.Spectrograms(segments, _settings.Bands), ref lengths);
            foreach (var block in _blocks)
            {
                x = block.Forward(x, ref lengths);
            }

            return _mean.Forward(x).Flatten(1);
        }

        /// <summary>Each direction's state after its last step: forwards at the end, backwards at the beginning.</summary>
        private Tensor LastStates(Tensor states, int[] counts)
        {
            var rows = counts.Select((c, n) => (n * states.Size(1)) + c - 1).ToArray();
            var ends = states.Reshape(-1, states.Size(2)).IndexSelect(0, Tensor.From(rows, rows.Length).To(states.Device));
            return Tensor.Cat([ends.Narrow(1, 0, _settings.Units), states.Select(1, 0).Narrow(1, _settings.Units, _settings.Units)], 1);
        }
    }
}

/// <summary>The settings of <see cref="KeySegmentBilstm2020"/>.</summary>
public sealed record KeySegmentBilstm2020Settings : PaperImageSettings
{
    /// <summary>Creates the defaults.</summary>
    public KeySegmentBilstm2020Settings()
    {
        Features = new SpectrogramImageOptions { Height = 64, Fit = ImageFit.Whole };
        Training = Plain with { Epochs = 50, BatchSize = 32, LearningRate = 1e-3 };
    }

    /// <summary>Frames of a segment: 50 are 500 ms.</summary>
    public int SegmentFrames { get; init; } = 50;

    /// <summary>Frames from one segment to the next: 38 of 50 overlap by a quarter.</summary>
    public int SegmentHop { get; init; } = 38;

    /// <summary>Clusters, and so key segments, as a share of the utterance's segments.</summary>
    public double KeptShare { get; init; } = 0.5;

    /// <summary>Channels of the CNN's stem and stages.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 128];

    /// <summary>LSTM units a direction.</summary>
    public int Units { get; init; } = 128;

    /// <summary>LSTM layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Dropout before the output.</summary>
    public double Dropout { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    protected override bool Segmented => true;

    /// <inheritdoc/>
    [JsonIgnore]
    protected override int SmallestSide => 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(
        [
            ("segment-frames", SegmentFrames),
            ("segment-hop", SegmentHop),
            ("units", Units),
            ("layers", Layers),
            .. Channels.Select(c => ("channels", c)).Append(("channels' count", Channels.Count)),
        ]),
        .. Probability(Dropout),
        .. KeptShare is > 0 and <= 1 ? Array.Empty<string>() : [FormattableString.Invariant($"kept-share must be in (0, 1], but is {KeptShare}")],
    ];
}
