using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;
using Undertone.Training;

namespace Undertone.Systems.Baselines;

/// <summary>
/// The hybrid of <see cref="CnnLstm"/> with multi-head self-attention between the states of its bidirectional LSTM, and the
/// mean of the states weighted by a second attention.
/// </summary>
public sealed class CnnLstmAttention : DeepSystem<CnnLstmAttentionSettings>
{
    /// <inheritdoc/>
    public override string Name => "cnn-lstm-attention";

    /// <inheritdoc/>
    public override string Summary => "2-D CNN on log-mel spectrograms, bidirectional LSTM, self-attention between its states, attention pooling";

    /// <inheritdoc/>
    public override string Citation =>
        "Chen, He, Yang, Zhang 2018, doi:10.1109/LSP.2018.2860246; self-attention: Vaswani et al. 2017, arXiv:1706.03762";

    /// <inheritdoc/>
    public override SequenceClassifier Build(CnnLstmAttentionSettings settings, int dimensions, int classes) =>
        new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly ConvFrontEnd _convolutions;
        private readonly Lstm _recurrence;
        private readonly MultiHeadSelfAttention _attention;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(CnnLstmAttentionSettings settings, int dimensions, int classes)
        {
            _convolutions = Register("convolutions", new ConvFrontEnd(dimensions, settings.Bands, settings.Channels));
            _recurrence = Register("recurrence", new Lstm(_convolutions.Width, settings.Units, settings.Layers, bidirectional: true, dropout: settings.Dropout));
            _attention = Register("attention", new MultiHeadSelfAttention(2 * settings.Units, settings.Heads, settings.AttentionDropout));
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, 2 * settings.Units));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _convolutions.FramesPerColumn;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var states = Fused.Recurrent(_convolutions.Forward(features, ref lengths), _recurrence, lengths);
            var padding = FrameMask.Padding(lengths, (int)states.Size(1)).To(states.Device);
            return _pooling.Forward(FrameMask.Clear(_attention.Forward(states, padding), padding), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="CnnLstmAttention"/>.</summary>
public sealed record CnnLstmAttentionSettings : SpectrogramSettings
{
    /// <summary>Creates the defaults.</summary>
    public CnnLstmAttentionSettings() => Training = new TrainingSettings { LearningRate = 2e-3 };

    /// <summary>LSTM units a direction.</summary>
    public int Units { get; init; } = 64;

    /// <summary>LSTM layers.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Attentions side by side; a divisor of twice <see cref="Units"/>.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Dropout of what attention adds to a state.</summary>
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>How states become one vector.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Attention;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. AtLeastOne(("units", Units), ("layers", Layers)),
        .. HeadsDivide(Heads, "twice units", 2 * Units),
        .. Probability(AttentionDropout, "attention-dropout"),
    ];
}
