namespace Undertone.Evaluation.Significance;

/// <summary>
/// Holm's correction for many tests (Holm 1979, A simple sequentially rejective multiple test procedure, Scandinavian
/// Journal of Statistics 6(2), 65-70): the chance of even one false alarm among all tests stays below the level,
/// whatever their dependence.
/// </summary>
public static class HolmCorrection
{
    /// <summary>The adjusted p values: the i-th least times (m - i + 1), none below one before it, none above 1.</summary>
    /// <param name="pValues">The p values of all m tests made, in any order.</param>
    /// <returns>The adjusted ones in the same order.</returns>
    /// <exception cref="ArgumentException">A value is not from 0 to 1.</exception>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (pValues.Any(p => !(p >= 0 && p <= 1)))
        {
            throw new ArgumentException("A p value is not from 0 to 1.", nameof(pValues));
        }

        var adjusted = new double[pValues.Count];
        double highest = 0;
        var left = pValues.Count;
        foreach (var i in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            highest = Math.Max(highest, Math.Min(1, left-- * pValues[i]));
            adjusted[i] = highest;
        }

        return adjusted;
    }
}
