using System.Text;

namespace Undertone.Reports;

/// <summary>Writes a regression's <c>summary.csv</c>: one row for each corpus, system, variant, protocol, badge, seed and target.</summary>
public static class RegressionSummary
{
    /// <summary>The columns. Errors are in the target's own unit.</summary>
    public const string Header =
        ResultOf<RegressionSeed>.Columns + ",target,ccc,ccc_low,ccc_high,pearson,mse,rmse,mae,true_variance,"
        + "unchosen_utterances,unchosen_ccc,validation_ccc";

    /// <summary>Writes the rows.</summary>
    /// <param name="results">The results.</param>
    /// <returns>The text of the file, lines ending with <c>\n</c>.</returns>
    public static string Write(IReadOnlyList<RegressionResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder(Header).Append('\n');
        foreach (var (result, seed) in results.SelectMany(r => r.Seeds.Select(s => (r, s))))
        {
            for (var t = 0; t < result.Targets.Count; t++)
            {
                text.AppendJoin(',', Fields(result, seed, t).Select(CsvRecords.Field)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Fields(RegressionResult result, RegressionSeed seed, int target)
    {
        var scores = seed.Scores.Targets[target];
        return
        [
            .. result.Fields(seed, seed.Scores.Count),
            scores.Target,
            Figures.Exact(scores.Ccc),
            Figures.Exact(seed.Intervals[target]?.Low ?? double.NaN),
            Figures.Exact(seed.Intervals[target]?.High ?? double.NaN),
            Figures.Exact(scores.Pearson),
            Figures.Exact(scores.Mse),
            Figures.Exact(scores.Rmse),
            Figures.Exact(scores.Mae),
            Figures.Exact(scores.TrueVariance),
            Figures.Count(seed.Unchosen?.Count ?? 0),
            Figures.Exact(seed.Unchosen?.Targets[target].Ccc ?? double.NaN),
            Figures.Exact(seed.Validation?.Targets[target].Ccc ?? double.NaN),
        ];
    }
}
