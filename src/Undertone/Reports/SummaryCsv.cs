using System.Text;

namespace Undertone.Reports;

/// <summary>Writes <c>summary.csv</c>: one row for each corpus, system, variant, protocol, badge and seed. Scores are shares in [0, 1].</summary>
public static class SummaryCsv
{
    /// <summary>The columns.</summary>
    public const string Header =
        ResultOf<SeedResult>.Columns + ",uar,uar_low,uar_high,accuracy,macro_f1,weighted_f1,"
        + "speaker_uar_mean,speaker_uar_sd,fold_uar_mean,fold_uar_sd,unchosen_utterances,unchosen_uar,unchosen_uar_low,unchosen_uar_high,validation_uar";

    /// <summary>Writes the rows.</summary>
    /// <param name="results">The results.</param>
    /// <returns>The text of the file, lines ending with <c>\n</c>.</returns>
    public static string Write(IReadOnlyList<SystemResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder(Header).Append('\n');
        foreach (var result in results)
        {
            foreach (var seed in result.Seeds)
            {
                text.AppendJoin(',', Fields(result, seed).Select(CsvRecords.Field)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Fields(SystemResult result, SeedResult seed) =>
    [
        .. result.Fields(seed, seed.Utterances),
        Figures.Exact(seed.Uar.Estimate),
        Figures.Exact(seed.Uar.Low),
        Figures.Exact(seed.Uar.High),
        Figures.Exact(seed.Scores.Accuracy),
        Figures.Exact(seed.Scores.MacroF1),
        Figures.Exact(seed.Scores.WeightedF1),
        Figures.Exact(seed.SpeakerUar.Mean),
        Figures.Exact(seed.SpeakerUar.Spread),
        Figures.Exact(seed.FoldUar.Mean),
        Figures.Exact(seed.FoldUar.Spread),
        Figures.Count(seed.UnchosenUtterances),
        Figures.Exact(seed.Unchosen.Estimate),
        Figures.Exact(seed.Unchosen.Low),
        Figures.Exact(seed.Unchosen.High),
        Figures.Exact(seed.ValidationUar),
    ];
}
