using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// A block of the Conformer (Gulati et al. 2020, doi:10.21437/Interspeech.2020-3015): half a feed-forward step,
/// self-attention, convolution, half a feed-forward step, layer normalisation. Places are told by an encoding that is added
/// to the first block's input, and not by the relative one of the paper.
/// </summary>
public sealed class ConformerBlock : Module
{
    private readonly FeedForward _first;
    private readonly MultiHeadSelfAttention _attention;
    private readonly ConformerConvolution _convolution;
    private readonly FeedForward _second;
    private readonly LayerNorm _norm;

    /// <summary>Creates the block.</summary>
    /// <param name="width">Values of a vector.</param>
    /// <param name="heads">Heads of the attention; a divisor of the width.</param>
    /// <param name="hidden">Values inside each feed-forward step.</param>
    /// <param name="kernel">Frames that the convolution sees, odd.</param>
    /// <param name="dropout">Dropout of what each step adds.</param>
    public ConformerBlock(int width, int heads, int hidden, int kernel, double dropout)
    {
        _first = Register("feed_forward1", new FeedForward(width, hidden, new SiLU(), dropout, share: 0.5));
        _attention = Register("attention", new MultiHeadSelfAttention(width, heads, dropout));
        _convolution = Register("convolution", new ConformerConvolution(width, kernel, dropout));
        _second = Register("feed_forward2", new FeedForward(width, hidden, new SiLU(), dropout, share: 0.5));
        _norm = Register("norm", new LayerNorm(width));
    }

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, frames, width].</param>
    /// <param name="padding">[N, frames] of truth values, true where a frame is padding.</param>
    /// <returns>[N, frames, width]; what stands in the padding means nothing.</returns>
    public Tensor Forward(Tensor x, Tensor padding)
    {
        ArgumentNullException.ThrowIfNull(x);
        var attended = _attention.Forward(_first.Forward(x), padding);
        return _norm.Forward(_second.Forward(_convolution.Forward(attended, padding)));
    }
}
