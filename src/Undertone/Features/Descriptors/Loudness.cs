using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Loudness: the power in mel bands, weighted by the ear's sensitivity and compressed by the power law of hearing, exponent
/// 0.33, summed (Hermansky 1990, doi:10.1121/1.399423; as in GeMAPS, Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417).
/// </summary>
/// <remarks>
/// Sensitivity is Hermansky's curve of equal loudness with the fall above 5 kHz of its form for wide-band speech, there
/// with the seventh power of the frequency: 1 / (ω⁷ + 1.7·10³¹), which is what agrees with the reference's values to
/// five digits. The scale is the reference's as well.
/// </remarks>
internal sealed class Loudness
{
    private const float Exponent = 0.33f;

    private readonly Vector<float>[] _logWeights;

    /// <summary>Makes it.</summary>
    /// <param name="centres">The bands' centres in Hz.</param>
    public Loudness(ReadOnlySpan<double> centres)
    {
        _logWeights = new Vector<float>[centres.Length];
        for (var band = 0; band < centres.Length; band++)
        {
            _logWeights[band] = new Vector<float>((float)Math.Log(Sensitivity(centres[band]) / 3297.97));
        }
    }

    /// <summary>The ear's sensitivity to power at a frequency, at most about 1.</summary>
    /// <param name="hertz">The frequency in Hz.</param>
    public static double Sensitivity(double hertz)
    {
        var square = Math.Pow(2 * Math.PI * hertz, 2);
        var low = (square + 56.8e6) * square * square / ((square + 6.3e6) * (square + 6.3e6) * (square + 0.38e9));
        return low / (1 + (Math.Pow(square, 3.5) / 1.69995e31));
    }

    /// <summary>The loudness.</summary>
    /// <param name="logEnergies">Natural logarithms of the bands' power, one lane a band.</param>
    public Vector<float> Of(ReadOnlySpan<Vector<float>> logEnergies)
    {
        var sum = Vector<float>.Zero;
        for (var band = 0; band < _logWeights.Length; band++)
        {
            sum += Vector.Exp((logEnergies[band] + _logWeights[band]) * new Vector<float>(Exponent));
        }

        return sum;
    }
}
