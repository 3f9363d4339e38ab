namespace Undertone.Reports.Charts;

/// <summary>Recall, precision and F1 of each class of one system, joined by a line: a long line is a lopsided class.</summary>
public static class ClassChart
{
    private static readonly string[] Scores = ["recall", "F1", "precision"];

    /// <summary>Draws a system's test rows of all seeds.</summary>
    /// <param name="result">The system.</param>
    public static Chart Of(SystemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var classes = result.Pooled.Classes.OrderByDescending(c => c.Recall).ToList();
        var data = new ChartTable("class", "score", "value", "support");
        var shown = new ChartTable("class", "rows", "precision", "recall", "F1");
        foreach (var c in classes)
        {
            data.Add(c.Class, Scores[0], c.Recall, c.Support).Add(c.Class, Scores[1], c.F1, c.Support).Add(c.Class, Scores[2], c.Precision, c.Support);
            shown.Add(c.Class, c.Support, c.Precision, c.Recall, c.F1);
        }

        var y = Channel.Y("class", "nominal") with { Sort = classes.Select(c => c.Class), Title = "" };
        var scale = new Scale { Domain = Json.Array(Scores) };
        var plot = new Plot(
            data.ToRows(),
            34 * classes.Count,
            new Layer(new Mark("line", "link"), Channel.X("value"), y, Channel.Named("detail", "class")) { Where = "isValid(datum.value)" },
            new Layer(
                new Mark("point", "score"),
                Channel.X("value") with { Scale = Scale.Share, Axis = Axis.Percent, Title = $"%, {result.Badge}" },
                y,
                Channel.Named("color", "score") with { Scale = scale with { Range = "category" }, Legend = 0, Title = "" },
                Channel.Named("shape", "score") with { Scale = scale with { Range = Json.Array(["circle", "diamond", "triangle-up"]) }, Legend = 0, Title = "" },
                Channel.Tip("class", "class"),
                Channel.Tip("score", "score"),
                Channel.Tip("value", "value", ".1%"),
                Channel.Tip("support", "rows")));
        var heard = classes.Where(c => double.IsFinite(c.Recall)).ToList();
        return new Chart(
            "classes",
            "Recall, precision and F1 by class",
            plot.ToJson(),
            heard.Count == 0
                ? "No class has a row."
                : $"Recall is highest for {heard[0].Class} ({Figures.PercentSign(heard[0].Recall)}, F1 {Figures.PercentSign(heard[0].F1)}) and lowest for {heard[^1].Class} ({Figures.PercentSign(heard[^1].Recall)}, F1 {Figures.PercentSign(heard[^1].F1)}).",
            data)
        { Shown = shown };
    }
}
