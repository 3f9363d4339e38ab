using Undertone.Protocols;

namespace Undertone.Reports.Charts;

/// <summary>One system's UAR under a leaky and under a speaker-independent protocol, on the same corpus.</summary>
/// <param name="System">The system.</param>
/// <param name="Leaky">UAR where test speakers were trained on.</param>
/// <param name="Independent">UAR where none was.</param>
public sealed record RealityGap(string System, UarInterval Leaky, UarInterval Independent)
{
    /// <summary>What the leak adds, in [-1, 1].</summary>
    public double Gap => Leaky.Estimate - Independent.Estimate;
}

/// <summary>
/// The reality gap: what the same systems reach when test speakers are trained on, and when they are not. The one chart
/// that sets two badges on one axis, since their difference is what it is about; it names both.
/// </summary>
public static class RealityGapChart
{
    /// <summary>Draws every pair of sections of one corpus, whole training parts on both sides: leaky against speaker-independent.</summary>
    /// <param name="sections">The run's sections.</param>
    public static IReadOnlyList<Chart> Of(IReadOnlyList<ResultSection> sections)
    {
        ArgumentNullException.ThrowIfNull(sections);
        var whole = sections.Where(s => !s.IsPartOfCurve && !s.IsHoldOut).ToList();
        var charts = new List<Chart>();
        foreach (var leaky in whole.Where(s => s.Badge.Kind == BadgeKind.SpeakerDependent))
        {
            foreach (var independent in whole.Where(s => s.Corpus == leaky.Corpus && s.Badge == new Badge(BadgeKind.SpeakerIndependent, leaky.Badge.Adapted)))
            {
                var gaps = (from l in leaky.Results join i in independent.Results on l.Label equals i.Label select new RealityGap(l.Label, Shown(l), Shown(i))).ToList();
                if (gaps.Count > 0)
                {
                    charts.Add(Of($"{leaky.Corpus}: {independent.ProtocolTitle} against {leaky.ProtocolTitle}", leaky.Badge, independent.Badge, gaps));
                }
            }
        }

        return charts;
    }

    /// <summary>Draws gaps.</summary>
    /// <param name="where">The corpus and the two protocols.</param>
    /// <param name="leakyBadge">The badge of the leaky scores.</param>
    /// <param name="independentBadge">The badge of the others.</param>
    /// <param name="gaps">At least one.</param>
    public static Chart Of(string where, Badge leakyBadge, Badge independentBadge, IReadOnlyList<RealityGap> gaps)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        var (leaky, independent) = (leakyBadge.ToString(), independentBadge.ToString());
        var ranked = gaps.OrderByDescending(g => g.Independent.Estimate).ToList();
        var data = new ChartTable("system", "badge", "uar", "low", "high", "gap");
        foreach (var gap in ranked)
        {
            data.Add(gap.System, independent, gap.Independent.Estimate, gap.Independent.Low, gap.Independent.High, gap.Gap)
                .Add(gap.System, leaky, gap.Leaky.Estimate, gap.Leaky.Low, gap.Leaky.High, gap.Gap);
        }

        var system = Channel.Y("system", "nominal") with { Sort = ranked.Select(g => g.System), Title = "" };
        var badge = Channel.Named("color", "badge") with
        {
            Scale = new Scale { Domain = [independent, leaky], Range = "category" },
            Title = "",
            Legend = 1,
        };
        var plot = new Plot(
            data.ToRows(row => Figures.Points((double)row[5]!)),
            46 * ranked.Count,
            new Layer(new Mark("line", "link"), Channel.X("uar"), system, Channel.Named("detail", "system")),
            new Layer(new Mark("rule", "interval"), Channel.X("low"), Channel.End("x2", "high"), system, badge) { Where = "isValid(datum.low)" },
            new Layer(
                new Mark("point", "estimate"),
                Channel.X("uar") with { Scale = Scale.Share, Axis = Axis.Percent, Title = "UAR in %" },
                system,
                badge,
                Channel.Tip("system", "system"),
                Channel.Tip("badge", "badge"),
                Channel.Tip("uar", "UAR", ".1%"),
                Channel.Tip("gap", "gap", "+.1%")),
            new Layer(new Mark("text", "number") { Dy = -14, Align = "center" }, Channel.X("uar"), system, Channel.Named("text", "label")) { Where = $"datum.badge == {System.Text.Json.JsonSerializer.Serialize(leaky)}" });
        var mean = gaps.Average(g => g.Gap);
        var widest = gaps.MaxBy(g => g.Gap)!;
        return new Chart(
            "reality-gap",
            $"Reality gap on {where}",
            plot.ToJson(),
            $"Training on the test speakers adds {Points(mean)} of UAR on average over {Figures.Of(gaps.Count, "system")}, most for {widest.System}: {Figures.PercentSign(widest.Independent.Estimate)} becomes {Figures.PercentSign(widest.Leaky.Estimate)}.",
            data)
        { Wide = true, Note = "The two dots of a system have different badges: only the distance between them is to be read, in points above the leaky one." };
    }

    private static string Points(double gap) => (gap * 100).ToString("F1", System.Globalization.CultureInfo.InvariantCulture) + " points";

    private static UarInterval Shown(SystemResult result) => result.Uar with { Estimate = result.OverSeeds(s => s.Uar.Estimate).Mean };
}
