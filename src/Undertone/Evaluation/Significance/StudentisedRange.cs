using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace Undertone.Evaluation.Significance;

/// <summary>
/// The range of k independent standard normal values (the studentised range with infinite degrees of freedom; Tippett
/// 1925, doi:10.2307/2332087): P(Q &lt;= q) = k ∫ φ(z) (Φ(z + q) - Φ(z))^(k-1) dz, by Gauss-Legendre quadrature to
/// some 1e-13.
/// </summary>
public static class StudentisedRange
{
    // φ is below 1e-22 outside, and smooth enough for twenty points a unit.
    private const double Reach = 10;
    private const int Panels = 40;
    private const int Points = 20;

    /// <summary>P(Q >= q).</summary>
    /// <param name="q">The range, 0 or more.</param>
    /// <param name="count">How many values, k, at least 2.</param>
    public static double UpperTail(double q, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(q);
        var width = 2 * Reach / Panels;
        double below = 0;
        for (var i = 0; i < Panels; i++)
        {
            below += GaussLegendreRule.Integrate(Density, -Reach + (i * width), -Reach + ((i + 1) * width), Points);
        }

        return Math.Clamp(1 - (count * below), 0, 1);

        double Density(double z) =>
            Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * Math.Pow(Math.Max(0, TailProbability.NormalBelow(z + q) - TailProbability.NormalBelow(z)), count - 1);
    }

    /// <summary>The q with P(Q >= q) = alpha.</summary>
    /// <param name="alpha">The upper tail, in [1e-9, 1).</param>
    /// <param name="count">How many values, k, at least 2.</param>
    public static double Critical(double alpha, int count)
    {
        if (!(alpha >= 1e-9 && alpha < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a share from 1e-9 to below 1.");
        }

        return Brent.FindRoot(q => UpperTail(q, count) - alpha, 0, 40, 1e-13, 200);
    }
}
