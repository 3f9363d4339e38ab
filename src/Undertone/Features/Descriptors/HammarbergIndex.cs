using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// The Hammarberg index in dB: the strongest frequency below 2 kHz over the strongest from 2 to 5 kHz (Hammarberg et al.
/// 1980, doi:10.3109/00016488009131746; as in GeMAPS, Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417).
/// </summary>
internal sealed class HammarbergIndex(double resolution)
{
    private readonly int _middle = (int)Math.Ceiling(2000 / resolution);
    private readonly int _last = (int)(5000 / resolution);

    /// <summary>The index.</summary>
    /// <param name="power">Power spectra, one lane a frequency, <c>resolution</c> Hz apart.</param>
    public Vector<float> Of(ReadOnlySpan<VectorLane> power) =>
        Decibel.Of(Strongest(power[.._middle])) - Decibel.Of(Strongest(power[_middle..(_last + 1)]));

    private static Vector<float> Strongest(ReadOnlySpan<VectorLane> power)
    {
        var strongest = Vector<float>.Zero;
        foreach (var bin in power)
        {
            strongest = Vector.Max(strongest, bin.Value);
        }

        return strongest;
    }
}
