using System.Globalization;
using Undertone.Evaluation.Significance;

namespace Undertone.Reports.Parts;

/// <summary>Which systems of a section differ: every pair with its interval, tests and verdict, ranks, and what the speakers can show at all.</summary>
internal static class SignificancePart
{
    // With more pairs than this, those that are not told apart share a line.
    private const int MostLines = 10;

    // With more than this, the systems that one surpasses share a line, and those that are not told apart are counted.
    private const int MostNamed = 30;

    /// <summary>The part, or nothing where the section has one system.</summary>
    public static IEnumerable<ReportPart> Of(SectionComparison comparison)
    {
        if (comparison.Groups.Count == 0 && comparison.NotCompared.Count == 0)
        {
            return [];
        }

        return
        [
            new ReportPart($"Differences between systems ({comparison.Section.Badge})")
            {
                Lead = comparison.Groups.Count == 0 ? [] : [Reading(comparison.Groups[0])],
                Verdicts = [.. comparison.Groups.SelectMany(Verdicts)],
                Tables = [.. comparison.Groups.SelectMany(Tables)],
                Remarks = [.. comparison.NotCompared, .. comparison.Groups.SelectMany(g => g.Notes).Distinct()],
            },
        ];
    }

    /// <summary>The table of all pairs of a comparison.</summary>
    public static ReportTable Pairs(SystemComparison comparison)
    {
        var (ranked, flips) = (comparison.Nemenyi is not null, comparison.Pairs[0].SignFlip is not null);
        List<string> heads = ["First − second", $"Difference of UAR in points ({comparison.Badge})", .. flips ? (string[])["Sign-flip p"] : [], "Wilcoxon p", "Rank-biserial correlation"];
        heads.AddRange(ranked ? ["Nemenyi p"] : []);
        heads.AddRange(["McNemar p", "Resampled t p", "Smallest difference in points"]);
        var table = new ReportTable("Every pair", heads);
        foreach (var pair in comparison.Pairs)
        {
            List<string> cells =
            [
                $"{pair.First} − {pair.Second}",
                PairVerdict.Difference(pair, 1),
                .. flips ? (string[])[Figures.PValue(pair.SignFlip!.AdjustedPValue)] : [],
                Figures.PValue(pair.Wilcoxon?.AdjustedPValue),
                pair.Wilcoxon is { } wilcoxon ? Signed(wilcoxon.Result.EffectSize) : Figures.None,
            ];
            if (ranked)
            {
                cells.Add(Figures.PValue(comparison.Nemenyi!.PValues[Position(pair.First)][Position(pair.Second)]));
            }

            cells.AddRange([Figures.PValue(pair.McNemar.AdjustedPValue), Figures.PValue(pair.CorrectedResampled?.AdjustedPValue), Figures.Percent(pair.Smallest?.Difference ?? double.NaN)]);
            table.Row(cells);
        }

        return table;

        int Position(string name) => comparison.Systems.Select(s => s.Name).ToList().IndexOf(name);
    }

    /// <summary>The verdict on each pair; where there are many, those that are not told apart are told of together.</summary>
    public static IEnumerable<string> Verdicts(SystemComparison comparison)
    {
        var together = comparison.Pairs.Count > MostLines && comparison.Speakers.Count > 1;
        var apart = comparison.Pairs.Where(p => PairVerdict.IsToldApart(p, comparison.Alpha)).ToList();
        foreach (var verdict in apart.Count > MostNamed ? Surpassed(comparison, apart) : comparison.Pairs.Where(p => !together || apart.Contains(p)).Select(p => PairVerdict.Of(p, comparison)))
        {
            yield return verdict;
        }

        var alike = comparison.Pairs.Except(apart).ToList();
        if (together && alike.Count > 0)
        {
            var which = alike.Count > MostNamed ? $"the table has each of all {Figures.Count(comparison.Pairs.Count)}" : string.Join(", ", alike.Select(p => $"{p.First} and {p.Second}"));
            yield return $"{Figures.Of(alike.Count, "pair")} cannot be told apart by {Figures.Of(comparison.Speakers.Count, "speaker")}: {which}.";
        }

        if (comparison is { Friedman: { } friedman, Nemenyi: { } nemenyi })
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Over all {comparison.Systems.Count} systems the ranks {(friedman.ImanDavenportPValue <= comparison.Alpha ? "differ" : "are not shown to differ")} (Friedman, p of Iman and Davenport {Figures.PValue(friedman.ImanDavenportPValue)}, Kendall's W {friedman.EffectSize:0.00}); average ranks must differ by {nemenyi.CriticalDifference:0.00} to count (Nemenyi).");
        }

        var smallest = comparison.Pairs.Select(p => p.Smallest?.Difference ?? double.NaN).Where(d => d > 0).ToList();
        if (smallest.Count > 0)
        {
            yield return $"What {Figures.Of(comparison.Speakers.Count, "speaker")} can show at all (a power of 80 % at the level {comparison.Alpha.ToString("0.##", CultureInfo.InvariantCulture)}): differences of {Range(smallest)} points and more.";
        }
    }

    /// <summary>The systems side by side.</summary>
    public static ReportTable Side(SystemComparison comparison)
    {
        var table = new ReportTable("Systems", "System", $"UAR ({comparison.Badge})", "Speaker mean", "Seeds", "Utterances");
        foreach (var system in comparison.Systems)
        {
            var interval = system.Uar.Interval;
            table.Row(
                system.Name,
                new UarInterval(system.Uar.Value, interval?.Low ?? double.NaN, interval?.High ?? double.NaN).ToString(),
                Figures.Percent(system.Speakers.Average()),
                string.Join(", ", comparison.Seeds),
                Figures.Count(comparison.Utterances));
        }

        return table;
    }

    /// <summary>The ranks of three or more systems.</summary>
    public static ReportTable? Ranks(SystemComparison comparison)
    {
        if (comparison.Friedman is null)
        {
            return null;
        }

        var table = new ReportTable("Ranks over speakers", "System", $"UAR ({comparison.Badge})", "Average rank");
        foreach (var system in comparison.Systems.OrderBy(s => s.AverageRank).ThenBy(s => s.Name, StringComparer.Ordinal))
        {
            var interval = system.Uar.Interval;
            table.Row(
                system.Name,
                new UarInterval(system.Uar.Value, interval?.Low ?? double.NaN, interval?.High ?? double.NaN).ToString(),
                system.AverageRank!.Value.ToString("0.00", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static IEnumerable<ReportTable> Tables(SystemComparison comparison) =>
        Ranks(comparison) is { } ranks ? [Pairs(comparison), ranks] : [Pairs(comparison)];

    /// <summary>A line for each system that surpasses others, the one that surpasses most first.</summary>
    private static IEnumerable<string> Surpassed(SystemComparison comparison, List<PairComparison> apart) =>
        from pair in apart
        let first = pair.Uar.Value > 0
        group first ? pair.Second : pair.First by first ? pair.First : pair.Second into worse
        orderby worse.Count() descending, worse.Key
        select $"{worse.Key} recognises more than {string.Join(", ", worse)}: {(worse.Count() == 1 ? "its" : "each")} corrected p is at most {comparison.Alpha.ToString("0.##", CultureInfo.InvariantCulture)}.";

    private static string Reading(SystemComparison comparison) =>
        "The bracket is the 95 % interval of the difference, speakers drawn once for both. p values are corrected for the number of pairs (Holm; Nemenyi's allow for it already"
        + (comparison.Pairs[0].SignFlip is null ? "). " : ", and so do those of sign flips, by which the verdicts are given: Wilcoxon's can show nothing among so many pairs with so few speakers). ")
        + $"Smallest difference: what {Figures.Of(comparison.Speakers.Count, "speaker")} show in four of five experiments, given how much theirs spread.";

    private static string Range(List<double> values)
    {
        var (low, high) = (Figures.Percent(values.Min()), Figures.Percent(values.Max()));
        return low == high ? low : $"{low} to {high}";
    }

    private static string Signed(double value) => value.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);
}
