using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// A residual block in which each vector of a sequence gathers from all others: layer normalisation, scaled dot-product
/// attention of several heads, dropout, and what came in added (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762; the
/// normalisation before and not behind, Xiong et al. 2020, https://arxiv.org/abs/2002.04745). No vector looks at padding.
/// </summary>
public sealed class MultiHeadSelfAttention : Module
{
    private readonly int _width;
    private readonly int _heads;
    private readonly LayerNorm _norm;
    private readonly Linear _projection;
    private readonly Linear _output;
    private readonly Dropout _dropout;

    /// <summary>Creates the block.</summary>
    /// <param name="width">Values of a vector.</param>
    /// <param name="heads">Attentions side by side, each over <paramref name="width"/> / heads values; a divisor of the width.</param>
    /// <param name="dropout">Dropout of what is added.</param>
    public MultiHeadSelfAttention(int width, int heads, double dropout)
    {
        (_width, _heads) = (width, heads);
        if (heads < 1 || width % heads != 0)
        {
            throw new ArgumentException($"{heads} head(s) do not divide a width of {width}.", nameof(heads));
        }

        _norm = Register("norm", new LayerNorm(width));
        // Queries, keys and values are taken by one product.
        _projection = Register("projection", new Linear(width, 3 * width));
        _output = Register("output", new Linear(width, width));
        _dropout = Register("dropout", new Dropout(dropout));
        Init.XavierUniform(_projection.Weight);
        Init.Constant(_projection.Bias!, 0);
        Init.Constant(_output.Bias!, 0);
    }

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, frames, width].</param>
    /// <param name="padding">[N, frames] of truth values, true where a frame is padding (<see cref="FrameMask.Padding"/>).</param>
    /// <returns>[N, frames, width]; what stands in the padding means nothing.</returns>
    public Tensor Forward(Tensor x, Tensor padding)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(padding);
        var (batch, frames, depth) = (x.Size(0), x.Size(1), _width / _heads);
        var parts = _projection.Forward(_norm.Forward(x)).View(batch, frames, 3, _heads, depth)
            .Permute(2, 0, 3, 1, 4).Reshape(3, batch * _heads, frames, depth).Unbind();
        var scores = (parts[0] * (1 / Math.Sqrt(depth))).Bmm(parts[1].Transpose(1, 2)).View(batch, _heads, frames, frames);
        var weights = scores.MaskedFill(padding.View(batch, 1, 1, frames), double.NegativeInfinity).Softmax(-1);
        var gathered = weights.View(batch * _heads, frames, frames).Bmm(parts[2]).View(batch, _heads, frames, depth);
        return x + _dropout.Forward(_output.Forward(gathered.Permute(0, 2, 1, 3).Reshape(batch, frames, _width)));
    }
}
