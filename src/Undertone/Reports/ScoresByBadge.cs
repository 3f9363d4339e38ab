using System.Text;

namespace Undertone.Reports;

/// <summary>A small table of kept results: one row a system, and for each badge its UAR with interval in a column of its own.</summary>
internal static class ScoresByBadge
{
    /// <summary>Writes one table a corpus and protocol.</summary>
    public static void Write(StringBuilder text, KeptResults kept)
    {
        foreach (var comparable in ResultSection.Of(ResultCalculator.Of(kept.Trials)).GroupBy(s => (s.Corpus, s.ProtocolTitle)))
        {
            var sections = comparable.ToList();
            var table = new MarkdownTable([$"UAR % on {sections[0].Corpus}, {sections[0].ProtocolTitle}", .. sections.Select(s => s.Badge.ToString())]);
            var bySystem = sections.SelectMany(s => s.Results).GroupBy(r => (r.System, r.Badge)).All(g => g.Count() == 1);
            foreach (var row in sections.SelectMany(s => s.Results).GroupBy(r => bySystem ? r.System : r.Label).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                table.Row([row.Key, .. sections.Select(s => Cell(s, row.FirstOrDefault(r => r.Badge == s.Badge)))]);
            }

            table.WriteTo(text);
        }
    }

    /// <summary>A result's UAR, with its spread over seeds where there are several, and its interval.</summary>
    public static string Score(SystemResult result) =>
        result.OverSeeds(s => s.Uar.Estimate) + (double.IsFinite(result.Uar.Low) ? " " + Figures.Interval(result.Uar.Low, result.Uar.High) : "");

    private static string Cell(ResultSection section, SystemResult? result)
    {
        if (result is null)
        {
            return Figures.None;
        }

        return Score(result) + (section.Results.Count > 1 && ReferenceEquals(section.Best, result) ? " ★" : "");
    }
}
