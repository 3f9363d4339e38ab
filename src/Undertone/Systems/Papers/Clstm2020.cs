using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;
using Undertone.Training;

namespace Undertone.Systems.Papers;

/// <summary>
/// CLSTM: raw speech cut into segments, read by four 1-D ConvLSTM blocks one above the other with residual learning, then by
/// stacked GRUs, and trained with softmax and centre loss together. A reconstruction: no size is known.
/// </summary>
public sealed class Clstm2020 : DeepSystem<Clstm2020Settings>
{
    /// <inheritdoc/>
    public override string Name => "clstm-2020";

    /// <inheritdoc/>
    public override string Summary => "CLSTM: hierarchical ConvLSTM blocks on segments of raw audio, stacked GRU, centre loss";

    /// <inheritdoc/>
    public override string Citation => "Mustaqeem & Kwon 2020, doi:10.3390/math8122133";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = "Mustaqeem & Kwon 2020, CLSTM: Deep feature-based speech emotion recognition using the hierarchical ConvLSTM network, Mathematics 8(12):2133, doi:10.3390/math8122133",
        Input = "raw speech, cut into segments",
        Training = "softmax and centre loss together; the rest is not known: 25 epochs of Adam with 1e-3 and batches of 32 here",
        Protocol = "not known; nothing says that speakers were kept apart",
        Split = new(20, PaperEvidence.Reconstructed),
        Reported =
        [
            new("iemocap", "accuracy", 75, "a review's table"),
            new("ravdess", "accuracy", 80, "a review's table"),
        ],
        Choices =
        [
            new("a 1-D network on segments of raw speech", PaperEvidence.Printed),
            new("four local feature learning blocks of ConvLSTM, input to state and state to state by convolution", PaperEvidence.Printed),
            new("the blocks stand in a hierarchy with residual learning", PaperEvidence.Printed),
            new("stacked GRUs for the global view", PaperEvidence.Printed),
            new("softmax and centre loss together", PaperEvidence.Printed),
            new("16 kHz, at most 8 s; segments of 4096 samples (256 ms), one behind the other", PaperEvidence.Reconstructed),
            new("8, 16, 16, 32 channels, kernels of 3, no peepholes; each block pools by 4 after batch normalisation", PaperEvidence.Reconstructed),
            new("the shortcut around a block is a convolution of 1 with stride 4 and batch normalisation; then ReLU", PaperEvidence.Reconstructed),
            new("two GRU layers of 128 units, the last state", PaperEvidence.Reconstructed),
            new("centre loss weighs 0.003, centres move by 0.5, as in its own paper (doi:10.1007/978-3-319-46478-7_31)", PaperEvidence.Reconstructed),
            new("25 epochs, Adam 1e-3, batches of 32", PaperEvidence.Reconstructed),
            new("the waveform is standardised by the training speakers' mean and deviation", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "All sizes and the training but the losses are reconstructed.",
            "In a regression, where classes have no centres, training.loss stands aside.",
            "25 epochs, for what more would cost.",
        ],
        Tuned = PaperSettings.Augmented(PaperSettings.Recipe(epochs: 15, rate: 1e-3)),
        Tried =
        [
            "As reconstructed: 43.6 % UAR on EMO-DB's development speakers. The same with utterances also a tenth slower and faster and mixed with each other: 50.1 %.",
            "AdamW along a cosine, batches of 16, weight decay, label smoothing, class weights and averaged weights: 50.5 % after 8 epochs with a rate of 2e-3; with a rate of 1e-3, 15 epochs, other speeds and mixing 55.0 %, kept.",
        ],
    };

    /// <inheritdoc/>
    public override SequenceClassifier Build(Clstm2020Settings settings, int dimensions, int classes) => new Network(settings, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly List<ConvLstmBlock> _blocks = [];
        private readonly int _segment;
        private readonly Gru _sequence;
        private readonly Linear _output;

        public Network(Clstm2020Settings settings, int classes)
        {
            _segment = settings.SegmentSamples;
            var left = _segment;
            for (var i = 0; i < settings.Channels.Count; i++)
            {
                var inputs = i == 0 ? 1 : settings.Channels[i - 1];
                _blocks.Add(Register($"lflb{i + 1}", new ConvLstmBlock(inputs, settings.Channels[i], settings.Kernel)));
                left /= ConvLstmBlock.Pool;
            }

            _sequence = Register("sequence", new Gru(settings.Channels[^1] * left, settings.Units, settings.Layers));
            _output = Register("output", new Linear(settings.Units, classes));
        }

        public override int MinimumFrames => _segment;

        public override int EmbeddingWidth => (int)_sequence.HiddenSize;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var segments = Segments(features, ref lengths);
            foreach (var block in _blocks)
            {
                segments = block.Forward(segments, lengths);
            }

            return LastState.Of(Fused.Recurrent(segments.Flatten(2), _sequence, lengths), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);

        /// <summary>[N, samples, 1] to [N, segments, 1, 1, samples of one]; a last segment is filled up with zeros.</summary>
        private Tensor Segments(Tensor samples, ref int[] lengths)
        {
            var (batch, length) = (samples.Size(0), samples.Size(1));
            var segments = (length + _segment - 1) / _segment;
            lengths = Array.ConvertAll(lengths, l => (l + _segment - 1) / _segment);
            return samples.Pad([0, 0, 0, (segments * _segment) - length]).Reshape(batch, segments, 1, 1, _segment);
        }
    }

    /// <summary>A ConvLSTM over segments, batch normalisation and pooling of its states, and a shortcut around all of it.</summary>
    private sealed class ConvLstmBlock : Module
    {
        public const int Pool = 4;

        private readonly ConvLstmCell _recurrence;
        private readonly BatchNorm2d _norm;
        private readonly Conv2d _projection;
        private readonly BatchNorm2d _projectionNorm;

        public ConvLstmBlock(int inputs, int channels, int kernel)
        {
            _recurrence = Register("recurrence", new ConvLstmCell(inputs, channels, (1, kernel)));
            _norm = Register("norm", new BatchNorm2d(channels));
            _projection = Register("projection", new Conv2d(inputs, channels, 1, stride: (1, Pool), bias: false));
            _projectionNorm = Register("projection_norm", new BatchNorm2d(channels));
        }

        /// <summary>[N, segments, inputs, 1, samples] to [N, segments, channels, 1, samples / 4], zero beyond each length.</summary>
        public Tensor Forward(Tensor x, int[] lengths)
        {
            var (batch, segments) = (x.Size(0), x.Size(1));
            // To the normalisation a segment is an item of one frame, whose bands are the samples; one that is padding has no frame.
            int[] valid = [.. lengths.SelectMany(l => Enumerable.Range(0, (int)segments).Select(s => s < l ? 1 : 0))];
            var states = Fused.BatchNormMaxPool(_recurrence.Forward(x, lengths).Flatten(0, 1), _norm, 1, Pool, valid);
            var shortcut = Fused.BatchNormMaxPool(_projection.Forward(x.Flatten(0, 1)), _projectionNorm, 1, 1, valid);
            var sum = (states + shortcut).Relu();
            return sum.Reshape(batch, segments, sum.Size(1), 1, sum.Size(3));
        }
    }
}

/// <summary>The settings of <see cref="Clstm2020"/>.</summary>
public sealed record Clstm2020Settings : PaperSettings
{
    /// <summary>Creates the defaults.</summary>
    public Clstm2020Settings() => Training = Plain with
    {
        Epochs = 25,
        BatchSize = 32,
        LearningRate = 1e-3,
        Loss = new LossSettings { Kind = LossKind.Centre },
    };

    /// <summary>The samples.</summary>
    public RawWaveformOptions Features { get; init; } = new() { Seconds = 8 };

    /// <summary>Samples of a segment; a multiple of 4 for each block, 256 for four.</summary>
    public int SegmentSamples { get; init; } = 4096;

    /// <summary>Channels of each block's state.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [8, 16, 16, 32];

    /// <summary>Samples of the kernels, odd.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>GRU units.</summary>
    public int Units { get; init; } = 128;

    /// <summary>GRU layers.</summary>
    public int Layers { get; init; } = 2;

    /// <inheritdoc/>
    [JsonIgnore]
    public override FeatureOptions FeatureSet => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Bands => 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems()
    {
        var least = 1 << (2 * Math.Min(Channels.Count, 10));
        return
        [
            .. base.Problems(),
            .. AtLeastOne(Channels.Select(c => ("channels", c)).Append(("channels' count", Channels.Count)).Append(("kernel", Kernel)).Append(("units", Units)).Append(("layers", Layers))),
            .. Odd(("kernel", Kernel)),
            .. SegmentSamples >= least && SegmentSamples % least == 0
                ? Array.Empty<string>()
                : [FormattableString.Invariant($"segment-samples must be a multiple of {least}, since each of {Channels.Count} blocks pools by 4, but is {SegmentSamples}")],
        ];
    }
}
