using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Sums a sequence up as the weighted mean and standard deviation of its vectors, the weights given by a small
/// network (Okabe, Koshinaka, Shinoda 2018, Attentive Statistics Pooling, doi:10.21437/Interspeech.2018-993).
/// </summary>
public sealed class AttentiveStatisticsPooling : Module
{
    private readonly Linear _hidden;
    private readonly Linear _score;

    /// <summary>Creates the pooling.</summary>
    /// <param name="width">Values of a vector.</param>
    /// <param name="attention">Units of the network that scores vectors.</param>
    public AttentiveStatisticsPooling(int width, int attention = 64)
    {
        _hidden = Register("hidden", new Linear(width, attention));
        _score = Register("score", new Linear(attention, 1));
    }

    /// <summary>Pools sequences.</summary>
    /// <param name="x">[N, frames, width].</param>
    /// <param name="lengths">Valid frames, N, at least 1.</param>
    /// <returns>[N, 2 × width]: means, then standard deviations.</returns>
    public Tensor Forward(Tensor x, int[] lengths)
    {
        var padding = FrameMask.Padding(lengths, (int)x.Size(1)).To(x.Device);
        var scores = _score.Forward(_hidden.Forward(x).Tanh()).Squeeze(-1);
        // [N, 1, frames] × [N, frames, width] takes each weighted sum in one product.
        var weights = scores.MaskedFill(padding, -1e4).Softmax(1).Unsqueeze(1);
        var mean = weights.Bmm(x).Squeeze(1);
        var square = weights.Bmm(x * x).Squeeze(1);
        // The floor keeps the square root's slope finite where all vectors are equal.
        var deviation = (square - (mean * mean)).Clamp(min: 1e-4).Sqrt();
        return Tensor.Cat([mean, deviation], 1);
    }
}
