namespace Undertone.Reports;

/// <summary>The tables that Markdown reports and docs/results share.</summary>
internal static class ResultTables
{
    /// <summary>One row a system of a section: all headline scores.</summary>
    public static MarkdownTable Scores(ResultSection section)
    {
        var table = new MarkdownTable(
            "System",
            "Validation UAR",
            $"UAR ({section.Badge})",
            "± over seeds",
            $"UAR over never-chosen speakers ({section.Badge})",
            "Accuracy",
            "Macro F1",
            "Weighted F1",
            "Seeds",
            "Trials",
            "Rows");
        foreach (var r in section.Results)
        {
            table.Row(
                Star(section, r),
                r.ValidationUar().ToString(),
                MeanWithInterval(r, s => s.Uar.Estimate, r.Uar),
                Spread(r.OverSeeds(s => s.Uar.Estimate)),
                MeanWithInterval(r, s => s.Unchosen.Estimate, r.Unchosen),
                r.OverSeeds(s => s.Scores.Accuracy).ToString(),
                r.OverSeeds(s => s.Scores.MacroF1).ToString(),
                r.OverSeeds(s => s.Scores.WeightedF1).ToString(),
                Figures.Count(r.Seeds.Count),
                Trials(r),
                Figures.Count(r.Seeds.Sum(s => s.Utterances)));
        }

        return table;
    }

    /// <summary>Recall of each class, over the rows of all seeds.</summary>
    public static MarkdownTable Recalls(ResultSection section)
    {
        var classes = section.Results[0].Classes;
        var table = new MarkdownTable([$"Recall ({section.Badge})", .. classes]);
        foreach (var r in section.Results)
        {
            table.Row([r.Label, .. classes.Select(c => Figures.Percent(r.Pooled.Classes.FirstOrDefault(p => p.Class == c)?.Recall ?? double.NaN))]);
        }

        return table;
    }

    /// <summary>One row a seed.</summary>
    public static MarkdownTable Seeds(IReadOnlyList<SystemResult> results)
    {
        var badge = results[0].Badge;
        var table = new MarkdownTable(
            "System", "Seed", "Validation UAR", $"UAR ({badge})", $"UAR over never-chosen speakers ({badge})", "Accuracy", "Macro F1", "Weighted F1", "Speaker mean ± sd", "Fold mean ± sd", "Trials");
        foreach (var r in results)
        {
            foreach (var s in r.Seeds)
            {
                table.Row(
                    r.Label,
                    Figures.Count(s.Seed),
                    Figures.Percent(s.ValidationUar),
                    s.Uar.ToString(),
                    s.Unchosen.ToString(),
                    Figures.Percent(s.Scores.Accuracy),
                    Figures.Percent(s.Scores.MacroF1),
                    Figures.Percent(s.Scores.WeightedF1),
                    s.SpeakerUar.ToString(),
                    s.FoldUar.ToString(),
                    s.MissingTrials == 0 ? Figures.Count(s.Trials) : $"{Figures.Count(s.Trials)} of {Figures.Count(s.Trials + s.MissingTrials)}");
            }
        }

        return table;
    }

    /// <summary>One row a system: its UAR for each pair of corpora and the mean over them.</summary>
    public static MarkdownTable Pairs(CrossCorpusMatrix matrix)
    {
        var table = new MarkdownTable(["System", "Mean validation UAR", $"Mean UAR ({matrix.Badge})", .. matrix.Pairs.Select(p => p.ToString())]);
        foreach (var cells in PairRows(matrix))
        {
            table.Row([.. cells]);
        }

        return table;
    }

    /// <summary>The cells of <see cref="Pairs"/>; a mean over some pairs only says so.</summary>
    public static IEnumerable<IReadOnlyList<string>> PairRows(CrossCorpusMatrix matrix) => matrix.Rows.Select(row => (IReadOnlyList<string>)
    [
        matrix.Rows.Count > 1 && ReferenceEquals(matrix.Best, row) ? row.Label + " ★" : row.Label,
        Figures.Percent(row.ValidationUar),
        row.Uar + (row.Missing == 0 ? "" : $" (of {Figures.Count(matrix.Pairs.Count - row.Missing)} of {Figures.Of(matrix.Pairs.Count, "pair")})"),
        .. row.Results.Select(r => r is null ? Figures.None : MeanWithInterval(r, s => s.Uar.Estimate, r.Uar)),
    ]);

    /// <summary>A system's name, with a star where validation chose it.</summary>
    public static string Star(ResultSection section, SystemResult result) =>
        section.Results.Count > 1 && ReferenceEquals(section.Best, result) ? result.Label + " ★" : result.Label;

    /// <summary>The mean over seeds of a score, with the interval over all their rows.</summary>
    public static string MeanWithInterval(SystemResult result, Func<SeedResult, double> score, UarInterval interval) =>
        (interval with { Estimate = result.OverSeeds(score).Mean }).ToString();

    /// <summary>How many trials a result has, and of how many.</summary>
    public static string Trials(SystemResult r) =>
        r.MissingTrials == 0 ? Figures.Count(r.Trials.Count) : $"{Figures.Count(r.Trials.Count)} of {Figures.Count(r.Trials.Count + r.MissingTrials)}";

    private static string Spread(MeanAndSpread value) => double.IsFinite(value.Spread) ? "± " + Figures.Percent(value.Spread) : Figures.None;
}
