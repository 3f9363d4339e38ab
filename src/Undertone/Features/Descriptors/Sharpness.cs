using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Psychoacoustic sharpness after Zwicker (Fastl &amp; Zwicker 2007, Psychoacoustics, chapter 9, doi:10.1007/978-3-540-68888-4)
/// of a power spectrum, without 0 Hz: 0.11 times its centre on the Bark scale of Traunmüller (1990, doi:10.1121/1.399849),
/// frequencies above 16 Bark weighted more, fourfold at 24 Bark. 0 of silence.
/// </summary>
internal sealed class Sharpness
{
    private readonly float[] _weights;

    /// <summary>Makes it.</summary>
    /// <param name="bins">The number of frequencies from 0 Hz.</param>
    /// <param name="resolution">The distance between them in Hz.</param>
    public Sharpness(int bins, double resolution)
    {
        _weights = new float[bins];
        for (var bin = 1; bin < bins; bin++)
        {
            var bark = Bark(bin * resolution);
            var emphasis = bark <= 16 ? 1 : 1 + (3 * Math.Pow((bark - 16) / 8, Math.Log2(3)));
            _weights[bin] = (float)(0.11 * bark * emphasis);
        }
    }

    /// <summary>Traunmüller's Bark of a frequency, with his corrections below 2 and above 20.1 Bark.</summary>
    /// <param name="hertz">In Hz.</param>
    public static double Bark(double hertz)
    {
        var bark = (26.81 * hertz / (1960 + hertz)) - 0.53;
        return bark < 2 ? bark + (0.15 * (2 - bark)) : bark > 20.1 ? bark + (0.22 * (bark - 20.1)) : bark;
    }

    /// <summary>The sharpness.</summary>
    /// <param name="power">Power spectra from 0 Hz up, one lane a frequency.</param>
    public Vector<float> Of(ReadOnlySpan<VectorLane> power)
    {
        var (total, sum) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var bin = 1; bin < _weights.Length; bin++)
        {
            total += power[bin].Value;
            sum = Vector.FusedMultiplyAdd(power[bin].Value, new Vector<float>(_weights[bin]), sum);
        }

        return sum / Vector.Max(total, new Vector<float>(1e-30f));
    }
}
