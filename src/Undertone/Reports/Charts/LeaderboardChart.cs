using System.Text.Json.Nodes;

namespace Undertone.Reports.Charts;

/// <summary>
/// The systems of one section, best first: UAR with its 95 % interval. A section has one badge, so a leaderboard has
/// one, and its axis names it.
/// </summary>
public static class LeaderboardChart
{
    /// <summary>Draws a section.</summary>
    /// <param name="section">The section.</param>
    public static Chart Of(ResultSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var ranked = section.Results.OrderByDescending(r => r.OverSeeds(s => s.Uar.Estimate).Mean).ToList();
        var names = ranked.ConvertAll(r => ResultTables.Star(section, r));
        var data = new ChartTable("system", "uar", "low", "high", "never_chosen", "validation", "badge");
        foreach (var (result, name) in ranked.Zip(names))
        {
            data.Add(
                name, result.OverSeeds(s => s.Uar.Estimate).Mean, result.Uar.Low, result.Uar.High, result.OverSeeds(s => s.Unchosen.Estimate).Mean,
                result.ValidationUar().Mean, section.Badge.ToString());
        }

        var chance = section.Results[0].Chance;
        var system = Channel.Y("system", "nominal") with { Sort = names, Title = "" };
        var share = new Scale { Domain = [0, 1] };
        var layers = new List<Layer>
        {
            new(new Mark("rule", "chance"), Channel.At("x", chance)),
            new(new Mark("rule", "interval"), Channel.X("low"), Channel.End("x2", "high"), system) { Where = "isValid(datum.low)" },
        };
        if (ranked.Any(r => r.Seeds.Count > 1))
        {
            layers.Add(new Layer(new Mark("tick", "seed"), Channel.X("uar"), system) { Rows = Seeds(ranked, names) });
        }

        layers.Add(new Layer(
            new Mark("point", "estimate"),
            Channel.X("uar") with { Scale = share, Axis = Axis.Percent, Title = $"UAR in %, {section.Badge}" },
            system,
            Channel.Tip("system", "system"),
            Channel.Tip("uar", "UAR", ".1%"),
            Channel.Tip("low", "from", ".1%"),
            Channel.Tip("high", "to", ".1%"),
            Channel.Tip("never_chosen", "never-chosen speakers", ".1%"),
            Channel.Tip("validation", "validation UAR", ".1%")));
        foreach (var (end, where) in new[] { ("high", "isValid(datum.high)"), ("uar", "!isValid(datum.high)") })
        {
            layers.Add(new Layer(new Mark("text", "number") { Align = "left", Dx = 8 }, Channel.X(end), system, Channel.Named("text", "label")) { Where = where });
        }

        return new Chart(
            "leaderboard",
            $"UAR of each system, {section.Badge}",
            new Plot(data.ToRows(row => Figures.Percent((double)row[1]!)), 38 * ranked.Count, [.. layers]).ToJson(),
            string.Join("; ", ranked.Zip(names, (r, n) => $"{n} {(r.Uar with { Estimate = r.OverSeeds(s => s.Uar.Estimate).Mean })}")) + $". Chance is {Figures.PercentSign(chance)}.",
            data)
        {
            Wide = true,
            Note = "Dot: UAR over all test rows; bar: its 95 % interval; dotted line: chance." + (ranked.Any(r => r.Seeds.Count > 1) ? " Thin ticks: single seeds." : ""),
        };
    }

    private static JsonArray Seeds(List<SystemResult> results, List<string> names)
    {
        var rows = new JsonArray();
        foreach (var (result, name) in results.Zip(names).Where(p => p.First.Seeds.Count > 1))
        {
            foreach (var seed in result.Seeds)
            {
                rows.Add((JsonNode)new JsonObject { ["system"] = name, ["uar"] = Json.Number(seed.Uar.Estimate) });
            }
        }

        return rows;
    }
}
