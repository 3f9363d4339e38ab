namespace Undertone.Reports;

/// <summary>What a reader of a regression's results should not miss.</summary>
public static class RegressionFindings
{
    /// <summary>Looks at the results.</summary>
    /// <param name="input">The run.</param>
    /// <param name="results">Its regressions.</param>
    /// <returns>Findings, the serious ones first.</returns>
    public static IReadOnlyList<ReportFinding> Of(ReportInput input, IReadOnlyList<RegressionResult> results)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(results);
        return
        [
            .. from r in results
               where r.MissingTrials > 0
               select new ReportFinding("serious", $"{Where(r)}: {RegressionTables.Trials(r)} trials are finished, so its scores are of a part of the speakers. Finish the run before comparing."),
            .. from r in results
               from t in Enumerable.Range(0, r.Targets.Count)
               where r.Pooled.Targets[t].Mse > r.Pooled.Targets[t].TrueVariance
               select new ReportFinding("warning", $"{Where(r)}: its squared error of {r.Targets[t]} ({Figures.Decimal(r.Pooled.Targets[t].Mse)}) is above that of always saying the mean ({Figures.Decimal(r.Pooled.Targets[t].TrueVariance)}): it orders utterances, if the CCC says so, but its values are not to be taken as they stand."),
            .. from r in results
               from t in Enumerable.Range(0, r.Targets.Count)
               where r.Intervals[t] is { Low: <= 0 }
               select new ReportFinding("warning", $"{Where(r)}: the interval of the CCC of {r.Targets[t]} reaches 0: these speakers do not show that it is better than a guess."),
            .. from c in input.Corpora
               where c.LeftOut.Count > 0
               select new ReportFinding("warning", $"{c.Name}: {Figures.Of(c.LeftOut.Count, "unreadable file was", "unreadable files were")} left out."),
        ];
    }

    private static string Where(RegressionResult r) => $"{r.Corpus}, {r.Protocol}, {r.Label} ({r.Badge})";
}
