using MathNet.Numerics;

namespace Undertone.Evaluation.Significance;

/// <summary>
/// Tail probabilities by the incomplete beta and gamma functions (Abramowitz and Stegun 1964, 26.5.27, 26.6.2 and
/// 26.4.19), computed as tails so that a small one keeps its digits.
/// </summary>
internal static class TailProbability
{
    /// <summary>P(|T| >= |t|) of Student's t.</summary>
    public static double StudentT(double t, double degreesOfFreedom) =>
        t == 0 ? 1 : double.IsInfinity(t) ? 0 : SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (t * t)));

    /// <summary>P(F >= f) of Fisher's F.</summary>
    public static double F(double f, double numerator, double denominator) =>
        f <= 0 ? 1 : double.IsInfinity(f) ? 0 : SpecialFunctions.BetaRegularized(denominator / 2, numerator / 2, denominator / (denominator + (numerator * f)));

    /// <summary>P(X >= x) of chi-squared.</summary>
    public static double ChiSquared(double x, double degreesOfFreedom) =>
        x <= 0 ? 1 : double.IsInfinity(x) ? 0 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);

    /// <summary>P(|Z| >= |z|) of the standard normal.</summary>
    public static double Normal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>P(Z &lt;= z) of the standard normal.</summary>
    public static double NormalBelow(double z) => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));
}
