using System.Text;

namespace Undertone.Reports;

/// <summary>
/// A small table of one system's kept results: a row for each variant, which are conditions such as a telephone line, and a column
/// for each corpus, protocol and badge.
/// </summary>
internal static class ScoresByCondition
{
    /// <summary>Writes one table a system.</summary>
    public static void Write(StringBuilder text, KeptResults kept)
    {
        var sections = ResultSection.Of(ResultCalculator.Of(kept.Trials));
        foreach (var system in sections.SelectMany(s => s.Results).Select(r => r.System).Distinct().Order(StringComparer.Ordinal))
        {
            var own = sections.Where(s => s.Results.Any(r => r.System == system)).ToList();
            var table = new MarkdownTable([$"UAR % of {system}", .. own.Select(s => $"{s.Corpus}, {s.ProtocolTitle}: {s.Badge}")]);
            foreach (var variant in kept.Trials.Where(t => t.System == system).Select(t => t.Variant).Distinct())
            {
                table.Row([variant, .. own.Select(s => s.Results.FirstOrDefault(r => r.System == system && r.Variant == variant) is { } result ? ScoresByBadge.Score(result) : Figures.None)]);
            }

            table.Row(["chance", .. own.Select(s => Figures.Percent(s.Results[0].Chance))]);
            table.WriteTo(text);
        }
    }
}
