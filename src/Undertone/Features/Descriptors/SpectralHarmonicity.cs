using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// How much a power spectrum goes up and down: the differences between one turn and the next, summed, over twice the number of
/// frequencies (as in the ComParE sets, Weninger et al. 2013, doi:10.3389/fpsyg.2013.00292; without 0 Hz). A turn is a
/// frequency of more, or of less, power than each of the two on either side. Harmonics stand out of a voiced spectrum; not
/// scaled by energy, so it grows with loudness.
/// </summary>
internal static class SpectralHarmonicity
{
    /// <summary>The harmonicity.</summary>
    /// <param name="power">Power spectra from 0 Hz up, one lane a frequency.</param>
    public static Vector<float> Of(ReadOnlySpan<VectorLane> power)
    {
        var (sum, last) = (Vector<float>.Zero, Vector<float>.Zero);
        var begun = Vector<int>.Zero;
        for (var bin = 3; bin < power.Length - 2; bin++)
        {
            var here = power[bin].Value;
            var (a, b, c, d) = (power[bin - 2].Value, power[bin - 1].Value, power[bin + 1].Value, power[bin + 2].Value);
            var peak = Vector.GreaterThan(here, Vector.Max(Vector.Max(a, b), Vector.Max(c, d)));
            var valley = Vector.LessThan(here, Vector.Min(Vector.Min(a, b), Vector.Min(c, d)));
            var turn = Vector.BitwiseOr(peak, valley);
            var counts = Vector.AsVectorSingle(Vector.BitwiseAnd(turn, begun));
            sum += Vector.BitwiseAnd(Vector.Abs(here - last), counts);
            last = Vector.ConditionalSelect(turn, here, last);
            begun = Vector.BitwiseOr(begun, turn);
        }

        return sum * new Vector<float>(0.5f / (power.Length - 1));
    }
}
