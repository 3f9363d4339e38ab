using Undertone.Corpora;
using Undertone.Evaluation;

namespace Undertone.Reports.Charts;

/// <summary>A metric within one group of people.</summary>
/// <param name="Attribute">What tells the groups apart: <c>gender</c>.</param>
/// <param name="Group">The group: <c>female</c>.</param>
/// <param name="Speakers">Its test speakers.</param>
/// <param name="Rows">Its test rows.</param>
/// <param name="Uar">The metric with its interval.</param>
public sealed record GroupScore(string Attribute, string Group, int Speakers, int Rows, UarInterval Uar);

/// <summary>Fairness: a metric by group, with its interval.</summary>
public static class FairnessChart
{
    private static readonly (string Name, Func<Utterance, string?> Of)[] Attributes =
    [
        ("gender", u => u.Gender),
        ("age", u => u.Age switch { null => null, < 30 => "under 30", < 45 => "30 to 44", < 60 => "45 to 59", _ => "60 and over" }),
        ("language", u => u.Language),
    ];

    /// <summary>Draws a system's test rows of all seeds by gender, age and language; null where no attribute has two groups.</summary>
    /// <param name="result">The system.</param>
    /// <param name="utterances">The corpus's utterances, which say who speaks.</param>
    public static Chart? Of(SystemResult result, IReadOnlyList<Utterance> utterances)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(utterances);
        var known = utterances.ToDictionary(u => u.Id);
        var rows = result.Trials.SelectMany(t => t.Test.Rows).Where(r => known.ContainsKey(r.Utterance)).ToList();
        var groups = new List<GroupScore>();
        foreach (var (name, of) in Attributes)
        {
            var parts = rows.GroupBy(r => of(known[r.Utterance])).Where(g => g.Key is not null).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
            if (parts.Count > 1)
            {
                groups.AddRange(parts.Select(g => new GroupScore(name, g.Key!, g.Select(r => r.Speaker).Distinct().Count(), g.Count(), Score([.. g]))));
            }
        }

        return groups.Count == 0 ? null : Of(groups, result.Badge.ToString(), result.Uar.Estimate);

        static UarInterval Score(List<PredictionRow> rows) => ClusterBootstrap.Uar(rows) is { } interval
            ? new UarInterval(interval.Estimate, interval.Low, interval.High)
            : new UarInterval(ClassificationScores.From(rows).Uar, double.NaN, double.NaN);
    }

    /// <summary>Draws groups.</summary>
    /// <param name="groups">The groups, those of one attribute beside each other.</param>
    /// <param name="badge">The badge of all scores.</param>
    /// <param name="pooled">The metric over all rows.</param>
    /// <param name="metric">The metric's name.</param>
    public static Chart Of(IReadOnlyList<GroupScore> groups, string badge, double pooled, string metric = "UAR")
    {
        ArgumentNullException.ThrowIfNull(groups);
        var data = new ChartTable("attribute", "group", "value", "low", "high", "speakers", "rows");
        foreach (var g in groups)
        {
            data.Add(g.Attribute, g.Group, g.Uar.Estimate, g.Uar.Low, g.Uar.High, g.Speakers, g.Rows);
        }

        var y = Channel.Y("label", "nominal") with { Sort = groups.Select(Label), Title = "" };
        var plot = new Plot(
            data.ToRows(row => $"{row[0]}: {row[1]}"),
            34 * groups.Count,
            new Layer(new Mark("rule", "pooled"), Channel.At("x", pooled)),
            new Layer(new Mark("rule", "interval"), Channel.X("low"), Channel.End("x2", "high"), y) { Where = "isValid(datum.low)" },
            new Layer(
                new Mark("point", "estimate"),
                Channel.X("value") with { Scale = Scale.Share, Axis = Axis.Percent, Title = $"{metric} in %, {badge}" },
                y,
                Channel.Tip("label", "group"),
                Channel.Tip("value", metric, ".1%"),
                Channel.Tip("low", "from", ".1%"),
                Channel.Tip("high", "to", ".1%"),
                Channel.Tip("speakers", "speakers"),
                Channel.Tip("rows", "rows")));
        return new Chart("fairness", $"{metric} by group of speakers", plot.ToJson(), Text(groups), data) { Note = $"Bars: 95 % intervals; line: {metric} over all rows." };
    }

    private static string Label(GroupScore group) => $"{group.Attribute}: {group.Group}";

    private static string Text(IReadOnlyList<GroupScore> groups) => string.Join(" ", groups.GroupBy(g => g.Attribute).Select(a =>
    {
        var ranked = a.Where(g => double.IsFinite(g.Uar.Estimate)).OrderByDescending(g => g.Uar.Estimate).ToList();
        return ranked.Count < 2
            ? $"By {a.Key} there is one group with a score."
            : $"By {a.Key}: {string.Join(", ", ranked.Select(g => $"{g.Group} {g.Uar}"))}; the gap is {((ranked[0].Uar.Estimate - ranked[^1].Uar.Estimate) * 100).ToString("F1", System.Globalization.CultureInfo.InvariantCulture)} points.";
    }));
}
