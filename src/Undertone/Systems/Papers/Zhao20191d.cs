using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;
using Undertone.Training;

namespace Undertone.Systems.Papers;

/// <summary>
/// The 1-D CNN LSTM network on raw audio: four local feature learning blocks, an LSTM over their steps, its last state, softmax.
/// </summary>
public sealed class Zhao20191d : DeepSystem<Zhao20191dSettings>
{
    /// <inheritdoc/>
    public override string Name => "zhao-2019-1d";

    /// <inheritdoc/>
    public override string Summary => "1-D CNN LSTM on raw audio: four local feature learning blocks and an LSTM";

    /// <inheritdoc/>
    public override string Citation => "Zhao, Mao & Chen 2019, doi:10.1016/j.bspc.2018.08.035";

    /// <inheritdoc/>
    public override PaperCard Paper { get; } = new()
    {
        Citation = ZhaoTraining.Paper,
        Input = "raw audio at 16 kHz, 8 s",
        Training = ZhaoTraining.Description,
        Protocol = ZhaoTraining.Protocol,
        Split = ZhaoTraining.Split,
        Reported = [new("emodb", "accuracy", 61, "a published repetition's validation part, which it says is the paper's figure too; not seen in the paper")],
        Choices =
        [
            new("raw audio at 16 kHz, 8 s", PaperEvidence.Printed),
            new("a block is convolution, batch normalisation, ELU, max-pooling", PaperEvidence.Printed),
            new("64, 64, 128, 128 filters, kernels of 3, pools of 4", PaperEvidence.Printed),
            new("LSTM of 64 units, its last state, softmax (the published repetition)", PaperEvidence.Printed),
            .. ZhaoTraining.Choices,
            new("the waveform is standardised by the training speakers' mean and deviation", PaperEvidence.Reconstructed),
        ],
        Deviations =
        [
            "Utterances under 8 s are not filled up with silence, which changes what the LSTM reads last and saves two thirds of the time; features.pad=true fills them up.",
            "The LSTM's gates have two biases each, as PyTorch has it, where Keras has one.",
            .. ZhaoTraining.Deviations,
        ],
        Tuned = PaperSettings.Recipe(epochs: 8, rate: 1e-3),
        Tried =
        [
            "AdamW along a cosine with a rate of 1e-3, batches of 16, weight decay, label smoothing, class weights and averaged weights, 8 epochs, kept: 41.9 % UAR on EMO-DB's development speakers. As printed, thirty epochs leave it at chance; the published repetition allows 1500, which were not run.",
            "What is kept, over 15 epochs with utterances also a tenth slower and faster and mixed with each other: 41.9 %.",
        ],
    };

    /// <inheritdoc/>
    public override SequenceClassifier Build(Zhao20191dSettings settings, int dimensions, int classes) => new Network(settings, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly List<LocalFeatureLearningBlock> _blocks = [];
        private readonly Lstm _lstm;
        private readonly Linear _output;

        public Network(Zhao20191dSettings settings, int classes)
        {
            for (var i = 0; i < settings.Channels.Count; i++)
            {
                var inputs = i == 0 ? 1 : settings.Channels[i - 1];
                _blocks.Add(Register($"lflb{i + 1}", LocalFeatureLearningBlock.OverTime(inputs, settings.Channels[i], kernel: 3, pool: 4)));
            }

            _lstm = Register("lstm", new Lstm(settings.Channels[^1], settings.Units));
            _output = Register("output", new Linear(settings.Units, classes));
        }

        public override int MinimumFrames => 2 * _blocks.Aggregate(1, (frames, block) => frames * block.FramesPerStep);

        public override int EmbeddingWidth => (int)_lstm.HiddenSize;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var x = FrameMaps.OverTime(features);
            foreach (var block in _blocks)
            {
                x = block.Forward(x, ref lengths);
            }

            return LastState.Of(Fused.Recurrent(FrameMaps.Columns(x), _lstm, lengths), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
    }
}

/// <summary>The settings of <see cref="Zhao20191d"/>.</summary>
public sealed record Zhao20191dSettings : PaperSettings
{
    /// <summary>Creates the defaults.</summary>
    public Zhao20191dSettings() => Training = ZhaoTraining.Settings;

    /// <summary>The samples.</summary>
    public RawWaveformOptions Features { get; init; } = new() { Seconds = 8 };

    /// <summary>Filters of each block.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [64, 64, 128, 128];

    /// <summary>LSTM units.</summary>
    public int Units { get; init; } = 64;

    /// <inheritdoc/>
    [JsonIgnore]
    public override FeatureOptions FeatureSet => Features;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Bands => 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
        [.. base.Problems(), .. AtLeastOne(Channels.Select(c => ("channels", c)).Append(("channels' count", Channels.Count)).Append(("units", Units)))];
}
