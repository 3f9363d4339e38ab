namespace Undertone.Reports.Charts;

/// <summary>What all heat maps share: a cell for each pair of names, shaded by a share, with a text on it where there is room.</summary>
internal static class HeatMap
{
    /// <summary>With more columns than this there is no room for texts: the shades are what is seen, and a pointer brings up the rest.</summary>
    public const int MostColumns = 14;

    /// <summary>Above the theme's limit a cell is so dark (on a dark page, so light) that its text takes the other colour.</summary>
    private const string IsStrong = "datum.shade > strongAbove";

    /// <summary>A specification.</summary>
    /// <param name="data">The rows, with the columns <paramref name="x"/>, <paramref name="y"/> and <paramref name="shade"/>.</param>
    /// <param name="x">The column along x, with its order and title.</param>
    /// <param name="y">The column along y, with its order and title.</param>
    /// <param name="shade">The share in [0, 1] that shades a cell.</param>
    /// <param name="label">A row's text.</param>
    /// <param name="tips">What a pointer brings up.</param>
    public static System.Text.Json.Nodes.JsonObject Of(
        ChartTable data, Channel x, Channel y, Func<IReadOnlyList<object?>, double> shade, Func<IReadOnlyList<object?>, string> label, params Channel[] tips)
    {
        var rows = data.ToRows(label);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i]!["shade"] = Json.Number(shade(data.Rows[i]));
        }

        var text = Channel.Set("color", new System.Text.Json.Nodes.JsonObject { ["expr"] = "weakText" }) with
        {
            Condition = new System.Text.Json.Nodes.JsonObject { ["test"] = IsStrong, ["value"] = new System.Text.Json.Nodes.JsonObject { ["expr"] = "strongText" } },
        };
        var cells = new Layer(
            new Mark("rect", "cell"),
            [x, y, Channel.Of("color", "shade") with { Scale = new Scale { Domain = [0, 1], Range = "heatmap", Interpolate = "rgb" } }, .. tips]);
        var labels = new Layer(new Mark("text", "cell-text"), x, y, Channel.Named("text", "label"), text);
        var crowded = Count(x) > MostColumns;
        return new Plot(rows, (crowded ? 20 : 34) * Count(y), crowded ? [cells] : [cells, labels])
        { Right = x.Axis?.LabelAngle < 0 ? 30 : 2 }.ToJson();

        int Count(Channel channel) => rows.Select(r => (string?)r![channel.Field!]).Distinct().Count();
    }
}
