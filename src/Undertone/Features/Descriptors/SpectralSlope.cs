using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// The slope of the power spectrum in dB per Hz within a band, by linear regression (as in GeMAPS, Eyben et al. 2016,
/// doi:10.1109/TAFFC.2015.2457417).
/// </summary>
/// <remarks>
/// The reference's regression counts one frequency fewer than it sums over: with K frequencies in the band it solves the
/// normal equations for K − 1. The weights of the levels then do not add up to zero, so that the value depends somewhat
/// on loudness. This is kept: values are compared with the literature's.
/// </remarks>
internal sealed class SpectralSlope
{
    private readonly int _first;
    private readonly float[] _weights;

    /// <summary>Makes the regression.</summary>
    /// <param name="lowest">The band's lower edge in Hz.</param>
    /// <param name="highest">Its upper edge in Hz; both edges belong to it.</param>
    /// <param name="resolution">The distance between frequencies in Hz.</param>
    public SpectralSlope(double lowest, double highest, double resolution)
    {
        _first = (int)Math.Ceiling(lowest / resolution);
        var count = (int)(highest / resolution) - _first + 1;
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var frequency = (_first + i) * resolution;
            sum += frequency;
            squares += frequency * frequency;
        }

        var n = count - 1;
        _weights = new float[count];
        for (var i = 0; i < count; i++)
        {
            _weights[i] = (float)(((n * (_first + i) * resolution) - sum) / ((n * squares) - (sum * sum)));
        }
    }

    /// <summary>One past the last frequency it looks at.</summary>
    public int End => _first + _weights.Length;

    /// <summary>The slope in dB per Hz.</summary>
    /// <param name="levels">Levels in dB, one lane a frequency, at least <see cref="End"/>.</param>
    public Vector<float> Of(ReadOnlySpan<Vector<float>> levels)
    {
        var slope = Vector<float>.Zero;
        for (var i = 0; i < _weights.Length; i++)
        {
            slope = Vector.FusedMultiplyAdd(levels[_first + i], new Vector<float>(_weights[i]), slope);
        }

        return slope;
    }
}
