using Undertone.Protocols;

namespace Undertone.Reports.Parts;

/// <summary>What systems reach with a part of the training data: a column for each share.</summary>
internal static class LearningCurvePart
{
    /// <summary>The part, or nothing where no curve has two shares.</summary>
    public static IEnumerable<ReportPart> Of(IReadOnlyList<ResultSection> sections)
    {
        var tables = sections.Select(s => (Section: s, Point: LearningCurvePoint.TryParse(s.Protocol)!)).Where(p => p.Point is not null)
            .GroupBy(p => (p.Section.Corpus, p.Point.Curve, p.Section.Badge)).Where(g => g.Count() > 1)
            .Select(g => Table(g.Key.Corpus, g.Key.Badge, [.. g.OrderBy(p => p.Point.Share)])).ToList();
        return tables.Count == 0
            ? []
            :
            [
                new ReportPart("Learning curves")
                {
                    Lead = ["UAR with a share of the training data; test and validation parts are the same at every share, and what trains at a smaller share trains at a larger one too."],
                    Tables = tables,
                },
            ];
    }

    private static ReportTable Table(string corpus, Badge badge, List<(ResultSection Section, LearningCurvePoint Point)> points)
    {
        var of = points[0].Point.BySpeakers ? "training speakers" : "training utterances";
        var table = new ReportTable(
            $"Learning curve on {corpus}, {points[0].Point.Of}: {badge}",
            [$"UAR % on {corpus} ({badge})", .. points.Select(p => $"{Figures.Count(p.Point.Share)} % of the {of}")]);
        foreach (var label in points.SelectMany(p => p.Section.Results).Select(r => r.Label).Distinct().Order(StringComparer.Ordinal))
        {
            table.Row(
            [
                label,
                .. points.Select(p => p.Section.Results.FirstOrDefault(r => r.Label == label) is { } result
                    ? ResultTables.MeanWithInterval(result, s => s.Uar.Estimate, result.Uar)
                    : Figures.None),
            ]);
        }

        return table;
    }
}
