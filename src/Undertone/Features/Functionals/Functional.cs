namespace Undertone.Features.Functionals;

/// <summary>
/// Statistics of one kind that turn a contour of any length into a fixed number of values. A feature set is a
/// <see cref="FunctionalTable"/>: which descriptors, and which functionals on each.
/// </summary>
/// <remarks>An empty contour gives zeros. No value is ever NaN or infinite.</remarks>
public abstract record Functional
{
    /// <summary>The values' names, units and sources for a contour of a unit: <c>stddev</c>, <c>maxPos</c>.</summary>
    /// <param name="unit">The contour's unit.</param>
    public abstract IReadOnlyList<FeatureDescription> Describe(string unit);

    /// <summary>Computes the values.</summary>
    /// <param name="contour">The contour, with at least one value.</param>
    /// <param name="to">Receives as many values as are described, in that order.</param>
    public abstract void Compute(Contour contour, Span<double> to);

    /// <summary>0 where the divisor leaves nothing to compare with.</summary>
    internal static double Ratio(double numerator, double denominator) =>
        denominator == 0 ? 0 : numerator / denominator;

    /// <summary>The unit of something over a unit of time.</summary>
    internal static string Per(string unit, string time) => unit == "1" ? $"1/{time}" : $"{unit}/{time}";
}
