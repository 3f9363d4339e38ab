using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Sums a sequence up as the weighted mean of its vectors. The weight of a vector h is the softmax over valid frames of
/// v · tanh(W h + b): the additive score of Bahdanau, Cho, Bengio 2015 (https://arxiv.org/abs/1409.0473) with a learned
/// query, as Mirsamadi, Barsoum, Zhang 2017 (doi:10.1109/ICASSP.2017.7952552) pool emotional frames.
/// </summary>
public sealed class AttentionPooling : Module
{
    private readonly Linear _hidden;
    private readonly Linear _score;

    /// <summary>Creates the pooling.</summary>
    /// <param name="width">Values of a vector.</param>
    /// <param name="attention">Units of the network that scores vectors.</param>
    public AttentionPooling(int width, int attention = 64)
    {
        _hidden = Register("hidden", new Linear(width, attention));
        // A bias of all scores alike would change no weight.
        _score = Register("score", new Linear(attention, 1, bias: false));
    }

    /// <summary>Pools sequences.</summary>
    /// <param name="x">[N, frames, width].</param>
    /// <param name="lengths">Valid frames, N, at least 1.</param>
    /// <returns>[N, width].</returns>
    public Tensor Forward(Tensor x, int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        var padding = FrameMask.Padding(lengths, (int)x.Size(1)).To(x.Device);
        var scores = _score.Forward(_hidden.Forward(x).Tanh()).Squeeze(-1);
        var weights = scores.MaskedFill(padding, double.NegativeInfinity).Softmax(1);
        // [N, 1, frames] × [N, frames, width] takes each weighted sum in one product.
        return weights.Unsqueeze(1).Bmm(x).Squeeze(1);
    }
}
