namespace Undertone.Reports.Charts;

/// <summary>What a system costs and what it reaches.</summary>
/// <param name="System">The system.</param>
/// <param name="Cost">Its cost, above 0.</param>
/// <param name="Uar">UAR with its interval.</param>
public sealed record CostPoint(string System, double Cost, UarInterval Uar);

/// <summary>Accuracy against cost: UAR over training time, parameters or multiply-adds.</summary>
public static class CostChart
{
    /// <summary>UAR over everything that the section's systems say they cost: time, parameters, multiply-adds.</summary>
    /// <param name="section">The section.</param>
    public static IEnumerable<Chart> Of(ResultSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Chart?[] charts =
        [
            Of(section, "time", "mean seconds a trial", t => t.Seconds, Figures.Duration),
            Of(section, "parameters", "parameters", t => t.Cost?.Parameters ?? double.NaN, Figures.Short),
            Of(section, "multiply-adds", "multiply-adds a second of speech", t => t.Cost?.MultiplyAddsPerSecond ?? double.NaN, Figures.Short),
        ];
        return charts.OfType<Chart>();
    }

    /// <summary>UAR over one cost, the mean over trials; null where fewer than two systems say theirs.</summary>
    private static Chart? Of(ResultSection section, string cost, string title, Func<FinishedTrial, double> of, Func<double, string> write)
    {
        var points = section.Results
            .Select(r => new CostPoint(
                r.Label,
                r.Trials.Select(of).Where(s => double.IsFinite(s) && s > 0).DefaultIfEmpty(double.NaN).Average(),
                r.Uar with { Estimate = r.OverSeeds(s => s.Uar.Estimate).Mean }))
            .Where(p => double.IsFinite(p.Cost)).ToList();
        return points.Count < 2 ? null : Of(cost, title, $"{section.Corpus}, {section.ProtocolTitle}: {section.Badge}", points, write);
    }

    /// <summary>Draws points.</summary>
    /// <param name="cost">The cost's name, for the CSV's column: <c>parameters</c>.</param>
    /// <param name="title">The cost with its unit: <c>parameters</c>.</param>
    /// <param name="where">Corpus, protocol and badge of all of them.</param>
    /// <param name="points">At least one.</param>
    /// <param name="write">How a cost is written in words.</param>
    public static Chart Of(string cost, string title, string where, IReadOnlyList<CostPoint> points, Func<double, string> write)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(write);
        var ranked = points.OrderBy(p => p.Cost).ToList();
        var data = new ChartTable("system", cost, "uar", "low", "high") { Quantities = [cost] };
        foreach (var p in ranked)
        {
            data.Add(p.System, p.Cost, p.Uar.Estimate, p.Uar.Low, p.Uar.High);
        }

        var x = Channel.X(cost) with { Scale = new Scale { Type = "log", Domain = [ranked[0].Cost / 1.6, ranked[^1].Cost * 1.6], Nice = false }, Axis = new Axis { TickCount = 5, Format = "~s", Grid = false }, Title = title };
        var y = Channel.Y("uar") with { Scale = Scale.Share, Axis = Axis.Percent, Title = "UAR in %" };
        var plot = new Plot(
            data.ToRows(),
            280,
            new Layer(new Mark("rule", "interval"), x, Channel.Y("low") with { Scale = Scale.Share }, Channel.End("y2", "high")) { Where = "isValid(datum.low)" },
            new Layer(
                new Mark("point", "estimate"),
                x,
                y,
                Channel.Tip("system", "system"),
                Channel.Tip(cost, title, ".3s"),
                Channel.Tip("uar", "UAR", ".1%")),
            new Layer(new Mark("text", "name") { Align = "left", Dx = 8 }, x, y, Channel.Named("text", "system")));
        var (cheapest, best) = (ranked[0], ranked.MaxBy(p => p.Uar.Estimate)!);
        return new Chart(
            $"cost-{cost}",
            $"UAR against {title}",
            plot.ToJson(),
            $"{where}. Cheapest: {cheapest.System} ({write(cheapest.Cost)}, {Figures.PercentSign(cheapest.Uar.Estimate)} UAR). "
            + (best == cheapest ? "None reaches more." : $"Highest UAR: {best.System} ({write(best.Cost)}, {Figures.PercentSign(best.Uar.Estimate)})."),
            data)
        { Note = "Bars: 95 % intervals." };
    }
}
