using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Roll-off: the frequency in Hz below which a share of a spectrum's power lies (Scheirer &amp; Slaney 1997,
/// doi:10.1109/ICASSP.1997.596192; as in the ComParE sets, without 0 Hz).
/// </summary>
internal sealed class SpectralRollOff(double resolution, params float[] shares)
{
    /// <summary>How many shares.</summary>
    public int Count => shares.Length;

    /// <summary>The roll-offs.</summary>
    /// <param name="power">Power spectra from 0 Hz up, one lane a frequency.</param>
    /// <param name="to">Receives <see cref="Count"/> lanes. Of silence they are the lowest frequency.</param>
    public void Of(ReadOnlySpan<VectorLane> power, Span<Vector<float>> to)
    {
        var total = Vector<float>.Zero;
        for (var bin = 1; bin < power.Length; bin++)
        {
            total += power[bin].Value;
        }

        for (var s = 0; s < shares.Length; s++)
        {
            var wanted = total * new Vector<float>(shares[s]);
            var sum = Vector<float>.Zero;
            var below = Vector<int>.Zero;
            for (var bin = 1; bin < power.Length; bin++)
            {
                // A comparison that holds is −1.
                sum += power[bin].Value;
                below -= Vector.LessThan(sum, wanted);
            }

            to[s] = (Vector.ConvertToSingle(below) + Vector<float>.One) * new Vector<float>((float)resolution);
        }
    }
}
