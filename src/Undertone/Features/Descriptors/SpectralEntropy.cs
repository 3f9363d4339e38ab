using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// The entropy in bits of a power spectrum taken as a distribution over frequency, without 0 Hz (Misra et al. 2004,
/// doi:10.1109/ICASSP.2004.1325955): 0 of a single line, 8 of white noise over 256 frequencies; 0 of silence.
/// </summary>
internal static class SpectralEntropy
{
    /// <summary>The entropy.</summary>
    /// <param name="power">Power spectra from 0 Hz up, one lane a frequency.</param>
    public static Vector<float> Of(ReadOnlySpan<VectorLane> power)
    {
        var total = Vector<float>.Zero;
        for (var bin = 1; bin < power.Length; bin++)
        {
            total += power[bin].Value;
        }

        var least = new Vector<float>(1e-30f);
        var scale = Vector<float>.One / Vector.Max(total, least);
        var sum = Vector<float>.Zero;
        for (var bin = 1; bin < power.Length; bin++)
        {
            var share = power[bin].Value * scale;
            sum = Vector.FusedMultiplyAdd(share, Vector.Log2(Vector.Max(share, least)), sum);
        }

        return -sum;
    }
}
