using Undertone.Evaluation.Significance;

namespace Undertone.Reports;

/// <summary>What a comparison of two systems comes to, in plain words.</summary>
public static class PairVerdict
{
    /// <summary>
    /// Whether the speakers tell two systems apart: Wilcoxon's test over the speakers, corrected for the number of pairs,
    /// finds a difference, and the pooled UAR points the same way. The sign-flip test stands in Wilcoxon's place where the
    /// comparison has it.
    /// </summary>
    /// <param name="pair">The pair.</param>
    /// <param name="alpha">The level.</param>
    public static bool IsToldApart(PairComparison pair, double alpha)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return pair.DecidingPValue <= alpha && Math.Sign(pair.SignFlip?.Result.Statistic ?? pair.Wilcoxon!.Result.EffectSize) == Math.Sign(pair.Uar.Value);
    }

    /// <summary>The verdict as one sentence.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="comparison">The comparison that it belongs to.</param>
    public static string Of(PairComparison pair, SystemComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(comparison);
        if (pair.DecidingPValue is not { } p)
        {
            return $"{pair.First} and {pair.Second}: there is one test speaker, so nothing can be said of others.";
        }

        var speakers = Figures.Of(comparison.Speakers.Count, "speaker");
        var test = $"{(pair.SignFlip is null ? "Wilcoxon, Holm-corrected" : "sign flips, corrected")} p {Figures.PValue(p)}";
        if (!IsToldApart(pair, comparison.Alpha))
        {
            return $"{pair.First} and {pair.Second} cannot be told apart by {speakers}: {Difference(pair, 1)} points of UAR ({test})"
                + (pair.Smallest is { Difference: > 0 } smallest ? $"; they miss a difference below {Figures.Percent(smallest.Difference)} points more than one time in five." : ".");
        }

        var (better, worse, sign) = pair.Uar.Value > 0 ? (pair.First, pair.Second, 1) : (pair.Second, pair.First, -1);
        return $"{better} recognises more than {worse}: {Difference(pair, sign)} points of UAR over {speakers} ({test}).";
    }

    /// <summary>First less second in points with its interval; with the sign -1 second less first.</summary>
    internal static string Difference(PairComparison pair, int sign)
    {
        var (low, high) = pair.Uar.Interval is { } interval ? (interval.Low, interval.High) : (double.NaN, double.NaN);
        return Figures.Points(sign > 0 ? new UarInterval(pair.Uar.Value, low, high) : new UarInterval(-pair.Uar.Value, -high, -low));
    }
}
