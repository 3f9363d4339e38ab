using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Systems.Baselines;

/// <summary>
/// The bidirectional LSTM of <see cref="BiLstm"/> with multi-head self-attention between its states, and the mean of the
/// states weighted by a second attention.
/// </summary>
public sealed class BiLstmAttention : DeepSystem<BiLstmAttentionSettings>
{
    /// <inheritdoc/>
    public override string Name => "bilstm-attention";

    /// <inheritdoc/>
    public override string Summary => "Bidirectional LSTM on MFCC sequences, self-attention between its states, attention pooling";

    /// <inheritdoc/>
    public override string Citation =>
        "Mirsamadi, Barsoum, Zhang 2017, doi:10.1109/ICASSP.2017.7952552; self-attention: Vaswani et al. 2017, arXiv:1706.03762";

    /// <inheritdoc/>
    public override SequenceClassifier Build(BiLstmAttentionSettings settings, int dimensions, int classes) =>
        new Network(settings, dimensions, classes);

    private sealed class Network : EmbeddingClassifier
    {
        private readonly int _stack;
        private readonly Lstm _recurrence;
        private readonly MultiHeadSelfAttention _attention;
        private readonly SequencePooling _pooling;
        private readonly Dropout _dropout;
        private readonly Linear _output;

        public Network(BiLstmAttentionSettings settings, int dimensions, int classes)
        {
            _stack = settings.Stack;
            _recurrence = Register("recurrence", new Lstm(
                dimensions * settings.Stack, settings.Units, settings.Layers, bidirectional: settings.Bidirectional ?? true, dropout: settings.Dropout));
            var width = _recurrence.Directions * settings.Units;
            _attention = Register("attention", new MultiHeadSelfAttention(width, settings.Heads, settings.AttentionDropout));
            _pooling = Register("pooling", new SequencePooling(settings.Pooling, width));
            _dropout = Register("dropout", new Dropout(settings.Dropout));
            _output = Register("output", new Linear(_pooling.Width, classes));
        }

        public override int MinimumFrames => 2 * _stack;

        public override int EmbeddingWidth => _pooling.Width;

        public override Tensor Embed(Tensor features, int[] lengths)
        {
            var states = Fused.Recurrent(StackedFrames.Join(features, _stack, ref lengths), _recurrence, lengths);
            var padding = FrameMask.Padding(lengths, (int)states.Size(1)).To(states.Device);
            return _pooling.Forward(FrameMask.Clear(_attention.Forward(states, padding), padding), lengths);
        }

        public override Tensor Classify(Tensor embedding) => _output.Forward(_dropout.Forward(embedding));
    }
}

/// <summary>The settings of <see cref="BiLstmAttention"/>.</summary>
public sealed record BiLstmAttentionSettings : RecurrentSettings
{
    /// <summary>Creates the defaults.</summary>
    public BiLstmAttentionSettings() => Pooling = PoolingKind.Attention;

    /// <summary>Attentions side by side; a divisor of the units of all directions.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Dropout of what attention adds to a state.</summary>
    public double AttentionDropout { get; init; } = 0.1;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. HeadsDivide(Heads, "the units of all directions", (Bidirectional ?? true ? 2 : 1) * Units),
        .. Probability(AttentionDropout, "attention-dropout"),
    ];
}
