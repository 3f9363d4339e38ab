using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// The first mel-frequency cepstral coefficients after HTK's conventions: sixteen-bit amplitudes, band energies of at least
/// 1, a cosine transform scaled by √(2/bands), lifter 22 (Davis &amp; Mermelstein 1980, doi:10.1109/TASSP.1980.1163420; Young
/// et al., The HTK Book, 2006, chapter 5).
/// </summary>
internal sealed class LowCepstrum
{
    private const double Lifter = 22;
    private static readonly Vector<float> ToSixteenBit = new((float)(2 * Math.Log(32767)));

    private readonly int _bands;
    private readonly float[] _cosines;

    /// <summary>Makes the transform.</summary>
    /// <param name="bands">The number of mel bands.</param>
    /// <param name="count">How many coefficients, from the first; the zeroth, the level, is left out.</param>
    public LowCepstrum(int bands, int count)
    {
        (_bands, Count) = (bands, count);
        _cosines = new float[count * bands];
        for (var i = 1; i <= count; i++)
        {
            var scale = Math.Sqrt(2.0 / bands) * (1 + (Lifter / 2 * Math.Sin(Math.PI * i / Lifter)));
            for (var band = 0; band < bands; band++)
            {
                _cosines[((i - 1) * bands) + band] = (float)(scale * Math.Cos(Math.PI * i * (band + 0.5) / bands));
            }
        }
    }

    /// <summary>How many coefficients.</summary>
    public int Count { get; }

    /// <summary>The coefficients.</summary>
    /// <param name="logEnergies">Natural logarithms of the bands' power, one lane a band.</param>
    /// <param name="cepstrum">Receives <see cref="Count"/> lanes.</param>
    public void Of(ReadOnlySpan<Vector<float>> logEnergies, Span<Vector<float>> cepstrum)
    {
        cepstrum[..Count].Clear();
        for (var band = 0; band < _bands; band++)
        {
            var log = Vector.Max(logEnergies[band] + ToSixteenBit, Vector<float>.Zero);
            for (var i = 0; i < Count; i++)
            {
                cepstrum[i] = Vector.FusedMultiplyAdd(log, new Vector<float>(_cosines[(i * _bands) + band]), cepstrum[i]);
            }
        }
    }
}
