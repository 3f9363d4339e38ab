using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// Sums a sequence up as the mean and the standard deviation of its vectors over valid frames (Snyder, Garcia-Romero,
/// Sell, Povey, Khudanpur 2018, X-vectors, doi:10.1109/ICASSP.2018.8461375).
/// </summary>
public sealed class StatisticsPooling : Module
{
    /// <summary>Below this a variance is raised: the slope of the square root stays finite where all vectors are equal.</summary>
    public const double VarianceFloor = 1e-4;

    /// <summary>Pools sequences.</summary>
    /// <param name="x">[N, frames, width], zero beyond each length.</param>
    /// <param name="lengths">Valid frames, N, at least 1.</param>
    /// <returns>[N, 2 × width]: means, then standard deviations (of the frames themselves, divided by their number).</returns>
    public Tensor Forward(Tensor x, int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        var shares = Tensor.From(Array.ConvertAll(lengths, l => 1f / l), lengths.Length, 1).To(x.Device);
        var mean = x.Sum(1) * shares;
        // Differences from the mean lose no digits, as mean squares would; in the padding they are put back to zero.
        var centred = FrameMask.Clear(x - mean.Unsqueeze(1), FrameMask.Padding(lengths, (int)x.Size(1)).To(x.Device));
        var deviation = ((centred * centred).Sum(1) * shares).Clamp(min: VarianceFloor).Sqrt();
        var pooled = Tensor.Cat([mean, deviation], 1);
        LayerTrace.Observe(this, pooled);
        return pooled;
    }
}
