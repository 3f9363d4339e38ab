using System.Globalization;
using Undertone.Evaluation.Significance;

namespace Undertone.Reports.Charts;

/// <summary>The tests of all pairs of some systems.</summary>
/// <param name="Systems">The K systems.</param>
/// <param name="Differences">[K, K]: the row's score less the column's.</param>
/// <param name="PValues">[K, K]: the corrected p value of the pair; NaN where it was not tested.</param>
/// <param name="Test">The test and its correction: <c>Wilcoxon signed-rank over speakers, Holm</c>.</param>
/// <param name="Alpha">The level.</param>
public sealed record SignificanceMatrix(IReadOnlyList<string> Systems, double[,] Differences, double[,] PValues, string Test, double Alpha = 0.05);

/// <summary>Which systems differ: the p value of each pair as a heat map, the surer the darker.</summary>
public static class SignificanceChart
{
    /// <summary>Draws the tests over speakers of a comparison; null where there are too few speakers for any.</summary>
    /// <param name="comparison">The comparison.</param>
    public static Chart? Of(SystemComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.Pairs.Any(p => p.DecidingPValue is null))
        {
            return null;
        }

        // Many systems are seen by their shades alone, which make a picture when the best stand first.
        var crowded = comparison.Systems.Count > HeatMap.MostColumns;
        var names = (crowded ? comparison.Systems.OrderByDescending(s => s.Uar.Value) : comparison.Systems.AsEnumerable()).Select(s => s.Name).ToList();
        var (differences, values) = (new double[names.Count, names.Count], new double[names.Count, names.Count]);
        foreach (var pair in comparison.Pairs)
        {
            var (a, b) = (names.IndexOf(pair.First), names.IndexOf(pair.Second));
            (differences[a, b], differences[b, a]) = (pair.Uar.Value, -pair.Uar.Value);
            values[a, b] = values[b, a] = pair.DecidingPValue!.Value;
        }

        var (test, correction) = comparison.Pairs[0].SignFlip is null ? ("Wilcoxon signed-rank test", "Holm's correction") : ("Sign-flip test", "corrected by step-down max-T");
        return Of(
            new SignificanceMatrix(names, differences, values, $"{test} over {Figures.Of(comparison.Speakers.Count, "speaker")}, {correction}", comparison.Alpha),
            comparison.Badge.ToString());
    }

    /// <summary>Draws a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="badge">The badge of the scores that were compared.</param>
    public static Chart Of(SignificanceMatrix matrix, string badge)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var n = matrix.Systems.Count;
        var crowded = n > HeatMap.MostColumns;
        var data = new ChartTable("first", "second", "p", "difference") { Quantities = ["p"] };
        var pairs = new List<(string Better, string Worse, double P, double Difference)>();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                data.Add(matrix.Systems[i], matrix.Systems[j], i == j ? double.NaN : matrix.PValues[i, j], i == j ? double.NaN : matrix.Differences[i, j]);
                if (i != j && matrix.Differences[i, j] > 0 && matrix.PValues[i, j] <= matrix.Alpha)
                {
                    pairs.Add((matrix.Systems[i], matrix.Systems[j], matrix.PValues[i, j], matrix.Differences[i, j]));
                }
            }
        }

        var specification = HeatMap.Of(
            data,
            Channel.X("second", "nominal") with { Sort = matrix.Systems, Title = "", Axis = new Axis { Orient = "top", LabelAngle = crowded ? -90 : -40 } },
            Channel.Y("first", "nominal") with { Sort = matrix.Systems, Title = "" },
            row => Shade((double)row[2]!, matrix.Alpha),
            row => double.IsFinite((double)row[2]!) ? P((double)row[2]!) : "",
            Channel.Tip("first", "system"),
            Channel.Tip("second", "against"),
            Channel.Tip("difference", "difference", "+.1%"),
            Channel.Tip("p", "p", ".3~g"));
        var level = matrix.Alpha.ToString("0.###", CultureInfo.InvariantCulture);
        return new Chart(
            "significance",
            $"Differences between systems, {badge}",
            specification,
            pairs.Count == 0
                ? $"No pair of the {Figures.Count(n)} systems differs at the level {level} ({matrix.Test})."
                : $"{Figures.Of(pairs.Count, "pair")} of {Figures.Count(n * (n - 1) / 2)} differ at the level {level} ({matrix.Test}): {string.Join("; ", pairs.OrderBy(p => p.P).Take(6).Select(p => $"{p.Better} over {p.Worse} (p {P(p.P)})"))}.",
            data)
        { Wide = crowded, Note = $"p values; shaded from {level} down. {matrix.Test}." };
    }

    // Nothing is shaded above the level; from there the shade grows with the logarithm, to full at a thousandth of it.
    private static double Shade(double p, double alpha) =>
        double.IsNaN(p) || p > alpha ? 0 : 0.35 + (0.65 * Math.Min(1, Math.Log10(alpha / Math.Max(p, 1e-12)) / 3));

    private static string P(double p) => p < 0.001 ? "<.001" : p.ToString(p < 0.1 ? "0.000" : "0.00", CultureInfo.InvariantCulture).TrimStart('0') is { Length: > 0 } text && text[0] == '.' ? text : "1";
}
