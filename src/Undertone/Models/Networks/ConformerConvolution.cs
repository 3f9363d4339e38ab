using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// The convolution module of the Conformer (Gulati et al. 2020, doi:10.21437/Interspeech.2020-3015, section 2.2), a residual
/// block: layer normalisation, a pointwise convolution with gated linear units (Dauphin et al. 2017,
/// https://arxiv.org/abs/1612.08083), a depthwise convolution over time, normalisation, swish, a pointwise convolution,
/// dropout. Two things are done otherwise than in the paper: the depthwise convolution sees zeros where a frame is padding,
/// so that an utterance ends for it as it would alone; and layer normalisation stands in place of batch normalisation,
/// whose statistics padding and small batches would disturb.
/// </summary>
public sealed class ConformerConvolution : Module
{
    private readonly LayerNorm _norm;
    private readonly Linear _gated;
    private readonly Conv1d _depthwise;
    private readonly LayerNorm _depthwiseNorm;
    private readonly SiLU _swish;
    private readonly Linear _pointwise;
    private readonly Dropout _dropout;

    /// <summary>Creates the block.</summary>
    /// <param name="width">Values of a vector.</param>
    /// <param name="kernel">Frames that the depthwise convolution sees, odd.</param>
    /// <param name="dropout">Dropout of what is added.</param>
    public ConformerConvolution(int width, int kernel, double dropout)
    {
        if (kernel % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "A kernel that is not odd has no middle.");
        }

        _norm = Register("norm", new LayerNorm(width));
        _gated = Register("gated", new Linear(width, 2 * width));
        _depthwise = Register("depthwise", new Conv1d(width, width, kernel, padding: kernel / 2, groups: width));
        _depthwiseNorm = Register("depthwise_norm", new LayerNorm(width));
        _swish = Register("swish", new SiLU());
        _pointwise = Register("pointwise", new Linear(width, width));
        _dropout = Register("dropout", new Dropout(dropout));
    }

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, frames, width].</param>
    /// <param name="padding">[N, frames] of truth values, true where a frame is padding.</param>
    /// <returns>[N, frames, width]; what stands in the padding means nothing.</returns>
    public Tensor Forward(Tensor x, Tensor padding)
    {
        ArgumentNullException.ThrowIfNull(x);
        var halves = _gated.Forward(_norm.Forward(x)).Chunk(2, -1);
        var gated = FrameMask.Clear(halves[0] * halves[1].Sigmoid(), padding);
        var convolved = _depthwise.Forward(gated.Transpose(1, 2).Contiguous()).Transpose(1, 2);
        return x + _dropout.Forward(_pointwise.Forward(_swish.Forward(_depthwiseNorm.Forward(convolved))));
    }
}
