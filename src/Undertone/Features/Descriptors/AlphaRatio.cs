using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// The alpha ratio in dB: energy from 1 to 5 kHz over energy below 1 kHz (Patel et al. 2010, doi:10.1016/j.biopsycho.2010.10.010;
/// as in GeMAPS, Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417). Low where the voice is breathy, high where it is pressed.
/// </summary>
internal sealed class AlphaRatio(double resolution)
{
    private readonly int _middle = (int)Math.Ceiling(1000 / resolution);
    private readonly int _last = (int)(5000 / resolution);

    /// <summary>The ratio.</summary>
    /// <param name="power">Power spectra, one lane a frequency, <c>resolution</c> Hz apart.</param>
    public Vector<float> Of(ReadOnlySpan<VectorLane> power) =>
        Decibel.Of(Sum(power[_middle..(_last + 1)])) - Decibel.Of(Sum(power[.._middle]));

    private static Vector<float> Sum(ReadOnlySpan<VectorLane> power)
    {
        var sum = Vector<float>.Zero;
        foreach (var bin in power)
        {
            sum += bin.Value;
        }

        return sum;
    }
}
