namespace Undertone.Reports;

/// <summary>A section's results as short lines of text, for a terminal.</summary>
public static class ResultLines
{
    /// <summary>
    /// One line a system: name, validation UAR, UAR with its interval, spread over seeds, UAR over the speakers never
    /// used for choosing, accuracy, trials.
    /// </summary>
    /// <param name="section">The section.</param>
    /// <returns>Lines of seven cells; <c>Best</c> marks the one that validation chose.</returns>
    public static IReadOnlyList<(bool Best, IReadOnlyList<string> Cells)> Of(ResultSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return
        [
            .. section.Results.Select(r => (
                section.Results.Count > 1 && ReferenceEquals(section.Best, r),
                (IReadOnlyList<string>)
                [
                    ResultTables.Star(section, r),
                    Figures.Percent(r.ValidationUar().Mean),
                    ResultTables.MeanWithInterval(r, s => s.Uar.Estimate, r.Uar),
                    Figures.Percent(r.OverSeeds(s => s.Uar.Estimate).Spread),
                    Figures.Percent(r.OverSeeds(s => s.Unchosen.Estimate).Mean),
                    Figures.Percent(r.OverSeeds(s => s.Scores.Accuracy).Mean),
                    ResultTables.Trials(r),
                ])),
        ];
    }

    /// <summary>One line a system: name, mean validation UAR, mean UAR over the pairs, and the UAR of each pair.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <returns>Lines of three cells and one a pair.</returns>
    public static IEnumerable<IReadOnlyList<string>> Of(CrossCorpusMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return ResultTables.PairRows(matrix);
    }

    /// <summary>One line a system and target of a regression, with the columns of <c>report.md</c>.</summary>
    /// <param name="section">The section.</param>
    public static IReadOnlyList<(bool Best, IReadOnlyList<string> Cells)> Of(RegressionSection section) => [.. RegressionTables.Rows(section)];

    /// <summary>The chance level of a section: <c>14.3 %</c>.</summary>
    /// <param name="section">The section.</param>
    public static string Chance(ResultSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Figures.PercentSign(section.Results[0].Chance);
    }
}
