using System.Text;

namespace Undertone.Reports.Parts;

/// <summary>The reality gap: the one place where two badges stand side by side, each in a column named by it.</summary>
internal static class RealityGapPart
{
    private const string Reading =
        "The same systems on the same utterances, once trained on other utterances of the test speakers, as random folds do, and once on other speakers alone. "
        + "The columns carry different badges and are not comparable; their difference is what a score loses when the speaker was never heard. "
        + "Its interval draws whole speakers, the same ones for both columns and all systems.";

    /// <summary>The part, or nothing where no system was tested under both kinds of protocol.</summary>
    public static IEnumerable<ReportPart> Of(IReadOnlyList<ResultSection> sections)
    {
        var comparisons = RealityGapComparison.Of(sections);
        return comparisons.Count == 0
            ? []
            :
            [
                new ReportPart("Reality gap")
                {
                    Lead = [Reading],
                    Verdicts = [.. comparisons.Where(c => c.Rows.Count > 0).Select(Verdict)],
                    Tables = [.. comparisons.Where(c => c.Rows.Count > 0).Select(Table)],
                    Remarks = [.. comparisons.SelectMany(Remarks)],
                },
            ];
    }

    /// <summary>Writes the tables of kept results for a page that people write.</summary>
    /// <exception cref="UndertoneException">No system was kept under both kinds of protocol.</exception>
    public static void Write(StringBuilder text, KeptResults kept)
    {
        var comparisons = RealityGapComparison.Of(ResultSection.Of(ResultCalculator.Of(kept.Trials))).Where(c => c.Rows.Count > 0).ToList();
        if (comparisons.Count == 0)
        {
            throw new UndertoneException(
                $"'{kept.Name}' holds no system under a speaker-dependent and a speaker-independent protocol of one corpus and adaptation; expected the trials of both. "
                + $"Keep them together: undertone results write {kept.Name} RUN RUN");
        }

        foreach (var comparison in comparisons)
        {
            MarkdownPart.Write(text, Table(comparison));
        }
    }

    private static ReportTable Table(RealityGapComparison comparison)
    {
        var table = new ReportTable(
            $"Reality gap on {comparison.Corpus}",
            $"UAR % on {comparison.Corpus}",
            $"{comparison.LeakyBadge} ({comparison.LeakyProtocol})",
            $"{comparison.IndependentBadge} ({comparison.IndependentProtocol})",
            "difference in points");
        foreach (var row in comparison.Rows)
        {
            table.Row(row.Label, row.Leaky.ToString(), row.Independent.ToString(), Figures.Points(row.Gap));
        }

        return comparison.MeanGap is { } mean ? table.Row($"mean of {Figures.Of(comparison.Rows.Count, "system")}", Figures.None, Figures.None, Figures.Points(mean)) : table;
    }

    private static string Verdict(RealityGapComparison comparison)
    {
        var gap = comparison.MeanGap ?? comparison.Rows[0].Gap;
        var of = comparison.MeanGap is null ? comparison.Rows[0].Label : $"{Figures.Of(comparison.Rows.Count, "system")} on average";
        var where = $"{comparison.Corpus}, {comparison.LeakyBadge} ({comparison.LeakyProtocol}) against {comparison.IndependentBadge} ({comparison.IndependentProtocol})";
        var lost = Figures.Points(gap with { Low = double.NaN, High = double.NaN });
        return !double.IsFinite(gap.Low) ? $"{where}: {of} {lost} points; one speaker gives no interval."
            : gap.Low > 0 ? $"{where}: knowing the test speakers is worth {Figures.Points(gap)} points of UAR to {of}."
            : gap.High < 0 ? $"{where}: {of} lose {Figures.Points(gap)} points of UAR although the test speakers were known; look for what else differs."
            : $"{where}: {Figures.Points(gap)} points for {of}; {Figures.Of(comparison.Rows[0].Speakers, "speaker")} cannot tell it from none.";
    }

    private static IEnumerable<string> Remarks(RealityGapComparison comparison) =>
        comparison.Notes.Concat(comparison.Rows.Where(r => r.LeftOut > 0).Select(r =>
            $"{r.Label}: compared on the {Figures.Of(r.Utterances, "utterance")} that both sides tested; {Figures.Count(r.LeftOut)} that one side alone tested are left out."));
}
