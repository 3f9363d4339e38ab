namespace Undertone.Reports.Charts;

/// <summary>The systems of one section of a regression: the CCC of each target with its 95 % interval.</summary>
public static class ConcordanceChart
{
    /// <summary>Draws a section.</summary>
    /// <param name="section">The section.</param>
    public static Chart Of(RegressionSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var data = new ChartTable("system", "ccc", "low", "high", "target", "badge") { Quantities = ["ccc", "low", "high"] };
        foreach (var result in section.Results)
        {
            for (var t = 0; t < section.Targets.Count; t++)
            {
                var target = t;
                data.Add(
                    $"{result.Label}, {section.Targets[t]}", result.OverSeeds(s => s.Scores.Targets[target].Ccc).Mean,
                    result.Intervals[t]?.Low ?? double.NaN, result.Intervals[t]?.High ?? double.NaN, section.Targets[t], section.Badge.ToString());
            }
        }

        List<string> names = [.. data.Rows.Select(r => (string)r[0]!)];
        var lowest = data.Rows.SelectMany(r => new[] { (double)r[1]!, (double)r[2]! }).Where(double.IsFinite).Append(0).Min();
        var system = Channel.Y("system", "nominal") with { Sort = names, Title = "" };
        return new Chart(
            "concordance",
            $"CCC of each target, {section.Badge}",
            new Plot(
                data.ToRows(row => Figures.Decimal((double)row[1]!)),
                38 * names.Count,
                new Layer(new Mark("rule", "chance"), Channel.At("x", 0)),
                new Layer(new Mark("rule", "interval"), Channel.X("low"), Channel.End("x2", "high"), system) { Where = "isValid(datum.low)" },
                new Layer(
                    new Mark("point", "estimate"),
                    Channel.X("ccc") with { Scale = new Scale { Domain = [Math.Floor(lowest * 10) / 10, 1] }, Title = $"CCC, {section.Badge}" },
                    system,
                    Channel.Tip("system", "system"),
                    Channel.Tip("ccc", "CCC", ".3f"),
                    Channel.Tip("low", "from", ".3f"),
                    Channel.Tip("high", "to", ".3f")),
                new Layer(new Mark("text", "number") { Align = "left", Dx = 8 }, Channel.X("high"), system, Channel.Named("text", "label")) { Where = "isValid(datum.high)" },
                new Layer(new Mark("text", "number") { Align = "left", Dx = 8 }, Channel.X("ccc"), system, Channel.Named("text", "label")) { Where = "!isValid(datum.high)" }).ToJson(),
            string.Join("; ", section.Results.SelectMany(r => section.Targets.Select((target, t) => $"{r.Label}, {target} {RegressionTables.Ccc(r, t)}"))) + ". 0 is a guess, 1 perfect agreement.",
            data)
        {
            Wide = true,
            Note = "Dot: CCC over all test rows; bar: its 95 % interval; dotted line: a guess.",
        };
    }
}
