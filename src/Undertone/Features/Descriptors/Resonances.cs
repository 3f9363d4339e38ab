using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>Reads resonances off a filter's poles: frequency = angle · rate / 2π, bandwidth = −ln|z| · rate / π (Markel &amp; Gray, Linear Prediction of Speech, 1976, doi:10.1007/978-3-642-66286-7).</summary>
internal static class Resonances
{
    /// <summary>The resonances of 1 / A(z), lowest first.</summary>
    /// <param name="filter">A's coefficients from 1 on. Overwritten.</param>
    /// <param name="rate">The sample rate in Hz.</param>
    /// <param name="lowest">Resonances below are left out, in Hz.</param>
    /// <param name="highest">Resonances above are left out, in Hz.</param>
    /// <param name="frequencies">Receives frequencies in Hz; 0 where there are fewer.</param>
    /// <param name="bandwidths">Receives bandwidths in Hz, as many.</param>
    public static void Of(Span<double> filter, double rate, double lowest, double highest, Span<float> frequencies, Span<float> bandwidths)
    {
        frequencies.Clear();
        bandwidths.Clear();
        Span<Complex> roots = stackalloc Complex[filter.Length / 2];
        var count = PolynomialRoots.Upper(filter, roots);
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            var frequency = Math.Atan2(roots[i].Imaginary, roots[i].Real) * rate / (2 * Math.PI);
            if (frequency < lowest || frequency > highest)
            {
                continue;
            }

            var square = (roots[i].Real * roots[i].Real) + (roots[i].Imaginary * roots[i].Imaginary);
            var bandwidth = -0.5 * Math.Log(square) * rate / Math.PI;
            var at = found;
            for (; at > 0 && (at - 1 >= frequencies.Length || frequencies[at - 1] > frequency); at--)
            {
                if (at < frequencies.Length)
                {
                    (frequencies[at], bandwidths[at]) = (frequencies[at - 1], bandwidths[at - 1]);
                }
            }

            if (at < frequencies.Length)
            {
                (frequencies[at], bandwidths[at]) = ((float)frequency, (float)bandwidth);
                found = Math.Min(found + 1, frequencies.Length);
            }
        }
    }
}
