using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// A power spectrum taken as a distribution over frequency, without 0 Hz: centroid (Hz), variance (Hz²), skewness and
/// kurtosis (3 of a normal distribution), and the slope of the straight line fitted to it (Peeters 2004, A large set of
/// audio features for sound description, IRCAM, section 6.1). All are 0 of silence.
/// </summary>
/// <remarks>The slope is, as in the ComParE sets, per Hz times the number of frequencies less one.</remarks>
internal sealed class SpectralMoments
{
    /// <summary>How many values: centroid, variance, skewness, kurtosis, slope.</summary>
    public const int Count = 5;

    private readonly double _resolution;

    /// <summary>Makes it.</summary>
    /// <param name="resolution">The distance between frequencies in Hz.</param>
    public SpectralMoments(double resolution) => _resolution = resolution;

    /// <summary>The moments and the slope.</summary>
    /// <param name="power">Power spectra from 0 Hz up, one lane a frequency.</param>
    /// <param name="to">Receives <see cref="Count"/> lanes.</param>
    public void Of(ReadOnlySpan<VectorLane> power, Span<Vector<float>> to)
    {
        var (total, first) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var bin = 1; bin < power.Length; bin++)
        {
            total += power[bin].Value;
            first = Vector.FusedMultiplyAdd(power[bin].Value, new Vector<float>(bin), first);
        }

        // Nothing divides by zero: sums of silence are 0, over whatever.
        var tiny = new Vector<float>(1e-30f);
        var scale = Vector<float>.One / Vector.Max(total, tiny);
        var centroid = first * scale;
        var (second, third, fourth) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var bin = 1; bin < power.Length; bin++)
        {
            var distance = new Vector<float>(bin) - centroid;
            var weighted = power[bin].Value * scale * distance * distance;
            second += weighted;
            weighted *= distance;
            third += weighted;
            fourth = Vector.FusedMultiplyAdd(weighted, distance, fourth);
        }

        // The least variance of a spectrum that is told from a single line.
        var spread = Vector.Max(second, new Vector<float>(1e-12f));
        var n = power.Length - 1;
        var middle = (n + 1) / 2.0;
        var squares = n * (((double)n * n) - 1) / 12;
        var hertz = (float)_resolution;
        to[0] = centroid * new Vector<float>(hertz);
        to[1] = second * new Vector<float>(hertz * hertz);
        to[2] = third / (spread * Vector.SquareRoot(spread));
        to[3] = fourth / (spread * spread);
        to[4] = (first - (total * new Vector<float>((float)middle))) * new Vector<float>((float)((n - 1) / (squares * _resolution)));
    }
}
