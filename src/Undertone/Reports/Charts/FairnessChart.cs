using System.Globalization;
using Undertone.Corpora;
using Undertone.Evaluation.Fairness;

namespace Undertone.Reports.Charts;

/// <summary>Fairness: UAR by groups of people (gender, age, language), each with its interval, and the gap between groups.</summary>
public static class FairnessChart
{
    /// <summary>What tells groups of people apart, by name.</summary>
    internal static readonly (string Name, Func<Utterance, string?> Of)[] Attributes =
    [
        ("gender", u => u.Gender), ("age", u => u.Age?.ToString(CultureInfo.InvariantCulture)), ("language", u => u.Language),
    ];

    /// <summary>Draws a system's test rows of all seeds by gender, decade of age and language; null where no attribute has two groups.</summary>
    /// <param name="result">The system.</param>
    /// <param name="utterances">The corpus's utterances, which say who speaks.</param>
    public static Chart? Of(SystemResult result, IReadOnlyList<Utterance> utterances)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(utterances);
        var known = new GroupAttributes(utterances.ToDictionary(
            u => u.Id,
            u => (IReadOnlyDictionary<string, string>)Attributes.Where(a => a.Of(u) is not null).ToDictionary(a => a.Name, a => a.Of(u)!)));
        var rows = result.Trials.SelectMany(t => t.Test.Rows).ToList();
        var comparisons = Attributes.Where(a => known.Names.Contains(a.Name) && known.Group(rows, a.Name).Count > 1)
            .Select(a => GroupComparison.Of(rows, result.Trials[0].Test.Classes, known, a.Name)).ToList();
        return comparisons.Count == 0 ? null : Of(comparisons, result.Badge.ToString(), result.Uar.Estimate);
    }

    /// <summary>Draws groups.</summary>
    /// <param name="comparisons">One comparison an attribute, all of one metric whose values are shares.</param>
    /// <param name="badge">The badge of all scores.</param>
    /// <param name="pooled">The metric over all rows.</param>
    public static Chart Of(IReadOnlyList<GroupComparison> comparisons, string badge, double pooled)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        var metric = comparisons[0].Metric.Title;
        var data = new ChartTable("attribute", "group", "value", "low", "high", "speakers", "utterances", "enough");
        foreach (var comparison in comparisons)
        {
            foreach (var g in comparison.Groups)
            {
                data.Add(
                    comparison.Attribute, g.Group, g.Score, g.Interval?.Low ?? double.NaN, g.Interval?.High ?? double.NaN, g.Speakers, g.Utterances, g.TooFew ? "no" : "yes");
            }
        }

        var y = Channel.Y("label", "nominal") with { Sort = data.Rows.Select(Label), Title = "" };
        var plot = new Plot(
            data.ToRows(Label),
            34 * data.Rows.Count,
            new Layer(new Mark("rule", "pooled"), Channel.At("x", pooled)),
            new Layer(new Mark("rule", "interval"), Channel.X("low"), Channel.End("x2", "high"), y) { Where = "isValid(datum.low)" },
            new Layer(
                new Mark("point", "estimate"),
                Channel.X("value") with { Scale = Scale.Share, Axis = Axis.Percent, Title = $"{metric} in %, {badge}" },
                y,
                Channel.Set("opacity", 1.0) with { Condition = Json.Of(("test", "datum.enough == 'no'"), ("value", 0.4)) },
                Channel.Tip("label", "group"),
                Channel.Tip("value", metric, ".1%"),
                Channel.Tip("low", "from", ".1%"),
                Channel.Tip("high", "to", ".1%"),
                Channel.Tip("speakers", "speakers"),
                Channel.Tip("utterances", "utterances")));
        return new Chart("fairness", $"{metric} by group of speakers", plot.ToJson(), string.Join(" ", comparisons.Select(Text)), data)
        {
            Note = $"Bars: 95 % intervals; line: {metric} over all rows." + (comparisons.Any(c => c.Groups.Any(g => g.TooFew)) ? " Pale: too few speakers or utterances to say much." : ""),
        };
    }

    private static string Label(IReadOnlyList<object?> row) => $"{row[0]}: {row[1]}";

    private static string Text(GroupComparison comparison)
    {
        var groups = string.Join(", ", comparison.Groups.OrderByDescending(g => g.Score)
            .Select(g => $"{g.Group} {new UarInterval(g.Score, g.Interval?.Low ?? double.NaN, g.Interval?.High ?? double.NaN)}"));
        return $"By {comparison.Attribute}: {groups}; "
            + (comparison.Gap is not { } gap
                ? "no two groups are large enough for a gap."
                : $"the gap from {gap.Best} to {gap.Worst} is {Figures.Points(new UarInterval(gap.Value, gap.Interval?.Low ?? double.NaN, gap.Interval?.High ?? double.NaN))} points.");
    }
}
