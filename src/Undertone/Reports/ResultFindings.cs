namespace Undertone.Reports;

/// <summary>What the analysers find in a run's results, in words.</summary>
public static class ResultFindings
{
    /// <summary>Looks at the results.</summary>
    /// <param name="input">The run.</param>
    /// <param name="results">Its results.</param>
    /// <returns>Findings, the serious ones first.</returns>
    public static IReadOnlyList<ReportFinding> Of(ReportInput input, IReadOnlyList<SystemResult> results)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(results);
        var findings = new List<ReportFinding>();
        foreach (var result in results.Where(r => r.MissingTrials > 0))
        {
            findings.Add(new ReportFinding(
                "serious",
                $"{result.Label} on {result.Corpus}, {result.Protocol} ({result.Badge}): {ResultTables.Trials(result)} trials are finished, so its scores are of a part of the speakers. Finish the run before comparing."));
        }

        foreach (var corpus in input.Corpora.Where(c => c.LeftOut.Count > 0))
        {
            findings.Add(new ReportFinding("warning", $"{corpus.Name}: {Figures.Of(corpus.LeftOut.Count, "unreadable file was", "unreadable files were")} left out."));
        }

        return findings;
    }
}
