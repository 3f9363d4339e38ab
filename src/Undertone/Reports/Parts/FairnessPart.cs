using Undertone.Evaluation.Fairness;
using Undertone.Reports.Charts;

namespace Undertone.Reports.Parts;

/// <summary>UAR by gender, age group and language, the gap between groups, and the class whose recall differs most (equal opportunity).</summary>
internal static class FairnessPart
{
    /// <summary>The part, or nothing where no attribute of the tested utterances has two groups.</summary>
    public static IEnumerable<ReportPart> Of(ResultSection section, ReportCorpus? corpus)
    {
        if (corpus is null || corpus.Heard.Count == 0)
        {
            return [];
        }

        var attributes = new GroupAttributes(corpus.Heard.ToDictionary(
            u => u.Id,
            u => (IReadOnlyDictionary<string, string>)FairnessChart.Attributes.Where(a => a.Of(u) is { Length: > 0 }).ToDictionary(a => a.Name, a => a.Of(u)!)));
        var compared = new List<(SystemResult Result, List<GroupComparison> Attributes)>();
        foreach (var result in section.Results)
        {
            var rows = result.Trials.SelectMany(t => t.Test.Rows).ToList();
            compared.Add((result, [.. attributes.Names.Where(a => attributes.Group(rows, a).Count > 1).Select(a => GroupComparison.Of(rows, result.Classes, attributes, a))]));
        }

        var tables = FairnessChart.Attributes.Select(a => a.Name)
            .Select(name => Table(section, name, [.. compared.SelectMany(c => c.Attributes.Where(g => g.Attribute == name).Select(g => (c.Result, g)))]))
            .OfType<ReportTable>().ToList();
        return tables.Count == 0
            ? []
            :
            [
                new ReportPart($"By group of speakers ({section.Badge})")
                {
                    Lead =
                    [
                        "UAR within each group, with its interval over speakers. The gap is the best group less the worst, with the interval of the difference; the last column is the class whose recall differs most. "
                        + $"A group marked * has fewer than {Figures.Count(new GroupComparisonOptions().LeastUtterances)} utterances or {Figures.Count(new GroupComparisonOptions().LeastSpeakers)} speakers and is left out of gaps. Groups of few speakers cannot be told from these persons.",
                    ],
                    Verdicts = [.. compared.SelectMany(c => c.Attributes.Select(g => Verdict(c.Result, g)).OfType<string>())],
                    Tables = tables,
                },
            ];
    }

    private static ReportTable? Table(ResultSection section, string attribute, List<(SystemResult Result, GroupComparison Groups)> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var names = rows.SelectMany(r => r.Groups.Groups).Select(g => g.Group).Distinct().Order(StringComparer.Ordinal).ToList();
        var table = new ReportTable(
            $"By {attribute} ({section.Badge})",
            ["System", .. names.Select(n => $"{n} ({Figures.Of(rows.Max(r => r.Groups.Groups.FirstOrDefault(g => g.Group == n)?.Speakers ?? 0), "speaker")})"), "Gap in points", "<Widest gap of a class's recall"]);
        foreach (var (result, groups) in rows)
        {
            table.Row(
            [
                result.Label,
                .. names.Select(n => groups.Groups.FirstOrDefault(g => g.Group == n) is { } group ? Score(group) : Figures.None),
                Gap(groups.Gap),
                groups.Classes.Where(c => c.Gap is not null).MaxBy(c => Math.Abs(c.Gap!.Value)) is { } widest ? $"{widest.Class}: {Gap(widest.Gap)} ({widest.Gap!.Best} over {widest.Gap.Worst})" : Figures.None,
            ]);
        }

        return table;
    }

    private static string? Verdict(SystemResult result, GroupComparison groups) => groups.Gap is not { } gap ? null
        : gap.Interval is { Low: > 0 } ? $"{result.Label} recognises {gap.Best} better than {gap.Worst}: {Gap(gap)} points of UAR."
        : $"{result.Label}: no gap by {groups.Attribute} is shown ({gap.Best} over {gap.Worst} {Gap(gap)} points).";

    private static string Score(GroupScore group) =>
        new UarInterval(group.Score, group.Interval?.Low ?? double.NaN, group.Interval?.High ?? double.NaN) + (group.TooFew ? " *" : "");

    private static string Gap(GroupGap? gap) =>
        gap is null ? Figures.None : Figures.Points(new UarInterval(gap.Value, gap.Interval?.Low ?? double.NaN, gap.Interval?.High ?? double.NaN));
}
