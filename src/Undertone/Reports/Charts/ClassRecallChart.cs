namespace Undertone.Reports.Charts;

/// <summary>Which system hears which class: recall of each class for all systems of one section, as a heat map.</summary>
public static class ClassRecallChart
{
    /// <summary>Draws a section; null where it holds a single system, whose own chart of classes says it all.</summary>
    /// <param name="section">The section.</param>
    public static Chart? Of(ResultSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        if (section.Results.Count < 2)
        {
            return null;
        }

        var classes = section.Results[0].Classes;
        var ranked = section.Results.OrderByDescending(r => r.OverSeeds(s => s.Uar.Estimate).Mean).ToList();
        var data = new ChartTable("system", "class", "recall", "support");
        var shown = new ChartTable(["system", .. classes]);
        foreach (var result in ranked)
        {
            foreach (var scores in result.Pooled.Classes)
            {
                data.Add(result.Label, scores.Class, scores.Recall, scores.Support);
            }

            shown.Add([result.Label, .. classes.Select(object? (c) => result.Pooled.Classes.FirstOrDefault(s => s.Class == c)?.Recall ?? double.NaN)]);
        }

        var specification = HeatMap.Of(
            data,
            Channel.X("class", "nominal") with { Sort = classes, Title = "", Axis = new Axis { Orient = "top", LabelAngle = classes.Count > 4 ? -40 : 0 } },
            Channel.Y("system", "nominal") with { Sort = ranked.ConvertAll(r => r.Label), Title = "" },
            row => (double)row[2]!,
            row => double.IsFinite((double)row[2]!) ? Figures.Percent((double)row[2]!) : Figures.None,
            Channel.Tip("system", "system"),
            Channel.Tip("class", "class"),
            Channel.Tip("recall", "recall", ".1%"),
            Channel.Tip("support", "rows"));
        var means = classes
            .Select(c => (Class: c, Mean: data.Rows.Where(r => (string)r[1]! == c).Select(r => (double)r[2]!).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()))
            .Where(m => double.IsFinite(m.Mean)).OrderByDescending(m => m.Mean).ToList();
        return new Chart(
            "class-recall",
            $"Recall of each class, {section.Badge}",
            specification,
            means.Count == 0
                ? "No class has a row."
                : $"Mean over the systems: best heard is {means[0].Class} ({Figures.PercentSign(means[0].Mean)}), worst {means[^1].Class} ({Figures.PercentSign(means[^1].Mean)}).",
            data)
        { Shown = shown, Wide = true, Note = "Per cent of each class's rows that are recognised." };
    }
}
