using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// The encoder of the Transformer (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762): layers of self-attention and
/// feed-forward blocks, normalised before each block and once at the end (pre-norm, Xiong et al. 2020,
/// https://arxiv.org/abs/2002.04745), which trains without a long warm-up.
/// </summary>
public sealed class TransformerEncoder : Module
{
    private readonly List<TransformerLayer> _layers;
    private readonly LayerNorm _norm;

    /// <summary>Creates the encoder.</summary>
    /// <param name="width">Values of a vector.</param>
    /// <param name="layers">Layers.</param>
    /// <param name="heads">Heads of each attention; a divisor of the width.</param>
    /// <param name="hidden">Values inside each feed-forward block.</param>
    /// <param name="dropout">Dropout of what each block adds.</param>
    public TransformerEncoder(int width, int layers, int heads, int hidden, double dropout)
    {
        _layers = [.. Enumerable.Range(1, layers).Select(i => Register($"layer{i}", new TransformerLayer(width, heads, hidden, dropout)))];
        _norm = Register("norm", new LayerNorm(width));
    }

    /// <summary>Applies the encoder.</summary>
    /// <param name="x">[N, frames, width].</param>
    /// <param name="lengths">Valid frames, N, at least 1.</param>
    /// <returns>[N, frames, width], zero beyond each length.</returns>
    public Tensor Forward(Tensor x, int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        var padding = FrameMask.Padding(lengths, (int)x.Size(1)).To(x.Device);
        foreach (var layer in _layers)
        {
            x = layer.Forward(x, padding);
        }

        return FrameMask.Clear(_norm.Forward(x), padding);
    }

    private sealed class TransformerLayer : Module
    {
        private readonly MultiHeadSelfAttention _attention;
        private readonly FeedForward _feedForward;

        public TransformerLayer(int width, int heads, int hidden, double dropout)
        {
            _attention = Register("attention", new MultiHeadSelfAttention(width, heads, dropout));
            _feedForward = Register("feed_forward", new FeedForward(width, hidden, new ReLU(), dropout));
        }

        public Tensor Forward(Tensor x, Tensor padding) => _feedForward.Forward(_attention.Forward(x, padding));
    }
}
