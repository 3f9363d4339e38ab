using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace Undertone.Evaluation.Significance;

/// <summary>
/// The smallest difference that a number of speakers can show: that which the two-sided paired t-test over the speakers
/// finds with the stated power, given how much the speakers' differences spread. Power is that of the noncentral t
/// distribution (Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, chapter 2).
/// </summary>
/// <param name="Difference">The smallest difference, in the unit of the standard deviation (of UAR, for instance).</param>
/// <param name="Speakers">Speakers, n.</param>
/// <param name="StandardDeviation">The standard deviation of the speakers' paired differences.</param>
/// <param name="Alpha">The test's level.</param>
/// <param name="Power">The chance of finding a true difference of that size.</param>
public sealed record SmallestDifference(double Difference, int Speakers, double StandardDeviation, double Alpha, double Power)
{
    /// <summary>Finds the smallest difference.</summary>
    /// <param name="speakers">Speakers, at least two.</param>
    /// <param name="standardDeviation">The standard deviation of their paired differences, 0 or more; with 0 any difference shows.</param>
    /// <param name="alpha">The test's level, in (0, 0.5].</param>
    /// <param name="power">The chance of finding it, above alpha and below 1.</param>
    /// <exception cref="UndertoneException">There are fewer than two speakers.</exception>
    public static SmallestDifference Of(int speakers, double standardDeviation, double alpha = 0.05, double power = 0.8)
    {
        Check(speakers, standardDeviation, alpha);
        if (!(power > alpha && power < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(power), power, "Expected a share above alpha and below 1.");
        }

        double high = 1;
        while (PowerOf(high, speakers, alpha) < power)
        {
            high *= 2;
        }

        var effect = Brent.FindRoot(d => PowerOf(d, speakers, alpha) - power, 0, high, 1e-13, 200);
        return new SmallestDifference(effect * standardDeviation, speakers, standardDeviation, alpha, power);
    }

    /// <summary>The converse: the chance that the test finds a true difference.</summary>
    /// <param name="difference">The true difference; its sign does not matter.</param>
    /// <param name="speakers">Speakers, at least two.</param>
    /// <param name="standardDeviation">The standard deviation of their paired differences, 0 or more; with 0 any difference is found.</param>
    /// <param name="alpha">The test's level, in (0, 0.5].</param>
    /// <returns>From alpha (no difference) to 1.</returns>
    /// <exception cref="UndertoneException">There are fewer than two speakers.</exception>
    public static double PowerAt(double difference, int speakers, double standardDeviation, double alpha = 0.05)
    {
        Check(speakers, standardDeviation, alpha);
        if (!double.IsFinite(difference))
        {
            throw new ArgumentOutOfRangeException(nameof(difference), difference, "Expected a finite number.");
        }

        return standardDeviation == 0 && difference != 0 ? 1 : PowerOf(Observations.Ratio(Math.Abs(difference), standardDeviation), speakers, alpha);
    }

    private static void Check(int speakers, double standardDeviation, double alpha)
    {
        Observations.Enough(speakers, 2, "speaker", "paired t-test");
        if (!(standardDeviation >= 0) || double.IsInfinity(standardDeviation))
        {
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "Expected a finite number, 0 or more.");
        }

        if (!(alpha > 0 && alpha <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a share above 0 and at most 0.5.");
        }
    }

    private static double PowerOf(double effect, int speakers, double alpha)
    {
        var freedom = speakers - 1;
        var critical = -StudentT.InvCDF(0, 1, freedom, alpha / 2);
        var shift = effect * Math.Sqrt(speakers);

        // Given s, the sample's deviation over the true one, t is normal: T > c where Z > c s - shift, and T < -c where Z < -c s - shift.
        return Math.Clamp(Expectation(s => TailProbability.NormalBelow(shift - (critical * s)) + TailProbability.NormalBelow(-shift - (critical * s)), freedom), 0, 1);
    }

    /// <summary>The mean of f(s) where freedom · s² is chi-squared, by Gauss-Legendre quadrature.</summary>
    private static double Expectation(Func<double, double> f, int freedom)
    {
        const int panels = 64;
        const int points = 16;

        // Outside, the density of s is below 1e-20 of its peak.
        var spread = 10 / Math.Sqrt(freedom);
        var from = Math.Max(0, 1 - spread);
        var width = (1 + spread - from) / panels;
        var constant = Constants.Ln2 + (freedom / 2.0 * Math.Log(freedom / 2.0)) - SpecialFunctions.GammaLn(freedom / 2.0);
        double sum = 0;
        for (var i = 0; i < panels; i++)
        {
            sum += GaussLegendreRule.Integrate(
                s => f(s) * Math.Exp(constant + ((freedom - 1) * Math.Log(s)) - (freedom * s * s / 2)), from + (i * width), from + ((i + 1) * width), points);
        }

        return sum;
    }
}
