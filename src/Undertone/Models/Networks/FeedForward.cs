using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// A residual block that changes each vector of a sequence by itself: layer normalisation, a wider layer, an activation, a
/// layer back, and a share of that added to what came in (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 3.3).
/// </summary>
public sealed class FeedForward : Layer
{
    private readonly Sequential _layers;
    private readonly double _share;

    /// <summary>Creates the block.</summary>
    /// <param name="width">Values of a vector.</param>
    /// <param name="hidden">Values in between.</param>
    /// <param name="activation">The activation in between.</param>
    /// <param name="dropout">Dropout behind both layers.</param>
    /// <param name="share">The share that is added: 1, or 0.5 for a half step.</param>
    public FeedForward(int width, int hidden, Layer activation, double dropout, double share = 1)
    {
        _share = share;
        _layers = Register("layers", new Sequential(
            ("norm", new LayerNorm(width)),
            ("widen", new Linear(width, hidden)),
            ("activation", activation),
            ("inner_dropout", new Dropout(dropout)),
            ("narrow", new Linear(hidden, width)),
            ("dropout", new Dropout(dropout))));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var change = _layers.Forward(input);
        return _share == 1 ? input + change : input.Add(change, _share);
    }
}
