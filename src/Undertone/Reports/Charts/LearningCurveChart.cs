using Undertone.Protocols;

namespace Undertone.Reports.Charts;

/// <summary>What a system reached with a share of the training data.</summary>
/// <param name="System">The system.</param>
/// <param name="Share">The share of training utterances or speakers, in (0, 1].</param>
/// <param name="Uar">UAR with its interval.</param>
public sealed record LearningPoint(string System, double Share, UarInterval Uar);

/// <summary>Learning curves: UAR against the share of training data, a line for each system.</summary>
public static class LearningCurveChart
{
    /// <summary>Draws every learning curve of a run: one chart for each corpus, curve and badge with two shares or more.</summary>
    /// <param name="sections">The run's sections.</param>
    public static IReadOnlyList<Chart> Of(IReadOnlyList<ResultSection> sections)
    {
        ArgumentNullException.ThrowIfNull(sections);
        return
        [
            .. sections.Select(s => (Section: s, Point: LearningCurvePoint.TryParse(s.Protocol)!)).Where(p => p.Point is not null)
                .GroupBy(p => (p.Section.Corpus, p.Point.Curve, p.Section.Badge)).Where(g => g.Count() > 1)
                .Select(g => Of(
                    g.Key.Corpus,
                    $"{g.First().Point.Of}, {g.Key.Badge}",
                    g.First().Point.BySpeakers ? "training speakers" : "training utterances",
                    [
                        .. g.SelectMany(p => p.Section.Results.Select(r => new LearningPoint(
                            r.Label, p.Point.Share / 100.0, r.Uar with { Estimate = r.OverSeeds(s => s.Uar.Estimate).Mean }))),
                    ],
                    g.First().Section.Results[0].Chance)),
        ];
    }

    /// <summary>Draws points.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="badge">Protocol and badge of all of them.</param>
    /// <param name="of">What was shared out: <c>training utterances</c> or <c>training speakers</c>.</param>
    /// <param name="points">At least two.</param>
    /// <param name="chance">The UAR of guessing.</param>
    public static Chart Of(string corpus, string badge, string of, IReadOnlyList<LearningPoint> points, double chance)
    {
        ArgumentNullException.ThrowIfNull(points);
        var data = new ChartTable("system", "share", "uar", "low", "high");
        foreach (var p in points.OrderBy(p => p.System, StringComparer.Ordinal).ThenBy(p => p.Share))
        {
            data.Add(p.System, p.Share, p.Uar.Estimate, p.Uar.Low, p.Uar.High);
        }

        var systems = points.Select(p => p.System).Distinct().Order(StringComparer.Ordinal).ToList();
        var x = Channel.X("share") with
        {
            Scale = new Scale { Domain = [0, 1] },
            Axis = Axis.Percent with { Grid = false, Values = [.. points.Select(p => p.Share).Distinct().Order().Where(s => s is 1 or >= 0.1)] },
            Title = $"% of the {of}",
        };
        var y = Channel.Y("uar") with { Scale = Scale.Share, Axis = Axis.Percent, Title = "UAR in %" };
        var color = Channel.Named("color", "system") with { Scale = new Scale { Domain = Json.Array(systems), Range = "category" }, Title = "", Legend = systems.Count > 1 ? 0 : null };
        var plot = new Plot(
            data.ToRows(),
            280,
            new Layer(new Mark("rule", "chance"), Channel.At("y", chance)),
            new Layer(new Mark("area", "band"), x, Channel.Y("low") with { Scale = Scale.Share }, Channel.End("y2", "high"), color) { Where = "isValid(datum.low)" },
            new Layer(new Mark("line", "mean"), x, y, color),
            new Layer(
                new Mark("point", "estimate"),
                x,
                y,
                color,
                Channel.Tip("system", "system"),
                Channel.Tip("share", "share", ".0%"),
                Channel.Tip("uar", "UAR", ".1%"),
                Channel.Tip("low", "from", ".1%"),
                Channel.Tip("high", "to", ".1%")));
        var ends = systems.Select(s => (System: s, Points: points.Where(p => p.System == s).OrderBy(p => p.Share).ToList()));
        return new Chart(
            "learning-curve",
            $"Learning curve on {corpus}, {badge}",
            plot.ToJson(),
            string.Join("; ", ends.Select(e => $"{e.System}: {Figures.PercentSign(e.Points[0].Uar.Estimate)} UAR with {Share(e.Points[0])}, {Figures.PercentSign(e.Points[^1].Uar.Estimate)} with {Share(e.Points[^1])}")) + $" of the {of}.",
            data)
        { Wide = true, Note = "Bands: 95 % intervals; dotted: chance." };
    }

    private static string Share(LearningPoint point) => (point.Share * 100).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + " %";
}
