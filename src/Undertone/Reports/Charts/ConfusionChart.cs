namespace Undertone.Reports.Charts;

/// <summary>A confusion matrix as a heat map: each row (a true class) sums to 100 %, and a pointer brings up the counts.</summary>
public static class ConfusionChart
{
    /// <summary>Draws a system's test rows of all seeds.</summary>
    /// <param name="result">The system.</param>
    public static Chart Of(SystemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var matrix = result.Pooled.Confusion;
        var classes = matrix.Classes;
        var data = new ChartTable("true", "predicted", "count", "share");
        var shown = new ChartTable(["true \\ predicted", .. classes]);
        for (var t = 0; t < classes.Count; t++)
        {
            var support = matrix.Support(t);
            for (var p = 0; p < classes.Count; p++)
            {
                data.Add(classes[t], classes[p], matrix[t, p], support == 0 ? double.NaN : matrix[t, p] / (double)support);
            }

            shown.Add([classes[t], .. Enumerable.Range(0, classes.Count).Select(object? (p) => $"{Figures.Percent(matrix[t, p] / (double)support)} ({Figures.Count(matrix[t, p])})")]);
        }

        var specification = HeatMap.Of(
            data,
            Channel.X("predicted", "nominal") with { Sort = classes, Title = "predicted", Axis = new Axis { Orient = "top", LabelAngle = classes.Count > 4 ? -40 : 0 } },
            Channel.Y("true", "nominal") with { Sort = classes, Title = "true" },
            row => (double)row[3]!,
            row => (double)row[3]! >= 0.005 ? Figures.Count((int)Math.Round((double)row[3]! * 100, MidpointRounding.AwayFromZero)) : "",
            Channel.Tip("true", "true"),
            Channel.Tip("predicted", "predicted"),
            Channel.Tip("share", "of the true class", ".1%"),
            Channel.Tip("count", "rows"));
        return new Chart("confusion", "Confusion matrix", specification, Text(result), data)
        {
            Shown = shown,
            Note = "Rows are true classes, columns predicted ones, in per cent of the true class.",
        };
    }

    private static string Text(SystemResult result)
    {
        var matrix = result.Pooled.Confusion;
        var mistakes = from t in Enumerable.Range(0, matrix.Classes.Count)
                       from p in Enumerable.Range(0, matrix.Classes.Count)
                       where t != p && matrix[t, p] > 0
                       orderby matrix[t, p] / (double)matrix.Support(t) descending
                       select $"{matrix.Classes[t]} taken for {matrix.Classes[p]} ({Figures.PercentSign(matrix[t, p] / (double)matrix.Support(t))})";
        var most = mistakes.Take(3).ToList();
        return $"{Figures.Count(result.Pooled.Correct)} of {Figures.Count(result.Pooled.Count)} rows are right. "
            + (most.Count == 0 ? "No class is taken for another." : $"Most frequent mistakes: {string.Join("; ", most)}.");
    }
}
