using System.Globalization;
using Undertone.Evaluation.Significance;

namespace Undertone.Reports.Charts;

/// <summary>Average ranks of systems and the smallest difference of ranks that counts.</summary>
/// <param name="Ranks">Each system with its average rank; 1 is best.</param>
/// <param name="CriticalDifference">Systems whose ranks differ by less are not told apart.</param>
/// <param name="Blocks">Over how many speakers the ranks were averaged.</param>
/// <param name="Test">The test: <c>Friedman, Nemenyi</c>.</param>
public sealed record RankedSystems(IReadOnlyList<(string System, double Rank)> Ranks, double CriticalDifference, int Blocks, string Test);

/// <summary>
/// The critical-difference diagram (Demšar 2006, Statistical comparisons of classifiers over multiple data sets,
/// JMLR 7): systems at their average ranks; a bar joins those that are not told apart.
/// </summary>
public static class CriticalDifferenceChart
{
    private const string Measure = "critical difference";

    /// <summary>Draws the ranks of a comparison; null with fewer than three systems or two speakers.</summary>
    /// <param name="comparison">The comparison.</param>
    public static Chart? Of(SystemComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return comparison is { Nemenyi: { } nemenyi }
            ? Of(
                new RankedSystems(
                    [.. comparison.Systems.Zip(nemenyi.AverageRanks, (s, rank) => (s.Name, rank))], nemenyi.CriticalDifference, nemenyi.Count, "Friedman's and Nemenyi's tests over speakers"),
                comparison.Badge.ToString())
            : null;
    }

    /// <summary>Draws ranks.</summary>
    /// <param name="ranked">The systems.</param>
    /// <param name="badge">The badge of the scores that were ranked.</param>
    public static Chart Of(RankedSystems ranked, string badge)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        var systems = ranked.Ranks.OrderBy(r => r.Rank).ToList();
        var groups = Groups(systems, ranked.CriticalDifference);
        var data = new ChartTable("system", "rank") { Quantities = ["rank"] };
        foreach (var (system, rank) in systems)
        {
            data.Add(system, rank);
        }

        var most = Math.Max(systems.Count, 1 + ranked.CriticalDifference);
        var x = Channel.X("rank") with
        {
            Scale = new Scale { Domain = [1, Json.Number(most * 1.08)], Nice = false },
            Axis = new Axis { Orient = "top", Values = [.. Enumerable.Range(1, systems.Count)] },
            Title = "average rank (1 is best)",
        };
        // A domain and not a sort: the far ends of the bars are names too, and would come into a sort where they like.
        var y = Channel.Y("system", "nominal") with { Scale = new Scale { Domain = Json.Array([Measure, .. systems.Select(s => s.System)]) }, Title = "" };
        var plot = new Plot(
            data.ToRows(row => ((double)row[1]!).ToString("F2", CultureInfo.InvariantCulture)),
            32 * (systems.Count + 1),
            [
                new Layer(new Mark("rule", "measure"), x, Channel.End("x2", "end"), y)
                {
                    Rows = [Json.Of(("system", Measure), ("rank", 1), ("end", Json.Number(1 + ranked.CriticalDifference)))],
                },
                .. groups.Select((group, i) => new Layer(
                    new Mark("rule", "interval"), Channel.Set("x", Json.Of(("expr", $"width - 6 - {12 * i}"))), y, Channel.End("y2", "last"))
                {
                    Rows = [Json.Of(("system", group[0].System), ("last", group[^1].System))],
                }),
                new Layer(new Mark("point", "estimate"), x, y, Channel.Tip("system", "system"), Channel.Tip("rank", "average rank", ".2f")),
                new Layer(new Mark("text", "number") { Align = "left", Dx = 9 }, x, y, Channel.Named("text", "label")),
            ]);
        var apart = groups.Count == 1 && groups[0].Count == systems.Count;
        return new Chart(
            "critical-difference",
            $"Average ranks and critical difference, {badge}",
            plot.ToJson(),
            $"Over {Figures.Of(ranked.Blocks, "speaker")} ({ranked.Test}), ranks must differ by {ranked.CriticalDifference.ToString("F2", CultureInfo.InvariantCulture)} to count. "
            + (apart ? "No system is told apart from another. " : "")
            + string.Join("; ", systems.Select(s => $"{s.System} {s.Rank.ToString("F2", CultureInfo.InvariantCulture)}")) + ".",
            data)
        { Note = "Systems that a bar on the right joins are not told apart." };
    }

    /// <summary>The largest groups of systems within which no ranks differ by the critical difference.</summary>
    /// <param name="systems">The systems, best first.</param>
    /// <param name="criticalDifference">The critical difference.</param>
    public static IReadOnlyList<IReadOnlyList<(string System, double Rank)>> Groups(IReadOnlyList<(string System, double Rank)> systems, double criticalDifference)
    {
        ArgumentNullException.ThrowIfNull(systems);
        var groups = new List<IReadOnlyList<(string System, double Rank)>>();
        var reached = -1;
        for (var first = 0; first < systems.Count; first++)
        {
            var last = first;
            while (last + 1 < systems.Count && systems[last + 1].Rank - systems[first].Rank < criticalDifference)
            {
                last++;
            }

            if (last > first && last > reached)
            {
                groups.Add([.. systems.Skip(first).Take(last - first + 1)]);
                reached = last;
            }
        }

        return groups;
    }
}
