using System.Text.Json.Nodes;

namespace Undertone.Reports.Charts;

// The part of Vega-Lite's grammar that the charts use, as records (https://vega.github.io/vega-lite/docs/). A property
// that is null is not written. Colours are never written: marks name a style, and the page's theme, light or dark, says
// what a style looks like (web/report.js).

/// <summary>A specification: rows, and the layers that draw them, as wide as the page lets them be.</summary>
/// <param name="Rows">The data: one object a row.</param>
/// <param name="Height">Of the area between the axes, in pixels.</param>
/// <param name="Layers">What is drawn, the lowest first.</param>
internal sealed record Plot(JsonArray Rows, int Height, params Layer[] Layers)
{
    /// <summary>Room at the right for labels that are turned and reach beyond their column, in pixels.</summary>
    public int Right { get; init; } = 2;

    /// <summary>The specification as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["width"] = "container",
        ["height"] = Height,
        ["autosize"] = new JsonObject { ["type"] = "fit-x", ["contains"] = "padding" },
        ["padding"] = new JsonObject { ["left"] = 2, ["top"] = 2, ["right"] = Right, ["bottom"] = 2 },
        ["data"] = new JsonObject { ["values"] = Rows.DeepClone() },
        ["layer"] = new JsonArray([.. Layers.Select(l => l.ToJson())]),
    };
}

/// <summary>One layer: a mark, and what its properties show.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Channels">What each visual channel shows.</param>
internal sealed record Layer(Mark Mark, params Channel[] Channels)
{
    /// <summary>Draws only the rows for which this expression holds (<c>datum.share &gt; 0.5</c>).</summary>
    public string? Where { get; init; }

    /// <summary>Rows of its own, in place of the plot's.</summary>
    public JsonArray? Rows { get; init; }

    /// <summary>The layer as JSON.</summary>
    public JsonObject ToJson()
    {
        var encoding = new JsonObject();
        foreach (var group in Channels.GroupBy(c => c.Name))
        {
            encoding[group.Key] = group.Key == "tooltip" ? new JsonArray([.. group.Select(c => c.ToJson())]) : group.Single().ToJson();
        }

        var json = new JsonObject { ["mark"] = Mark.ToJson(), ["encoding"] = encoding };
        if (Rows is not null)
        {
            json["data"] = new JsonObject { ["values"] = Rows.DeepClone() };
        }

        if (Where is not null)
        {
            json["transform"] = new JsonArray(new JsonObject { ["filter"] = Where });
        }

        return json;
    }
}

/// <summary>A mark.</summary>
/// <param name="Type"><c>point</c>, <c>rule</c>, <c>bar</c>, <c>line</c>, <c>rect</c>, <c>text</c> or <c>tick</c>.</param>
/// <param name="Style">The style that the theme gives it: <c>estimate</c>, <c>interval</c>, <c>chance</c>, ...</param>
internal sealed record Mark(string Type, string? Style = null)
{
    /// <summary>Horizontal alignment of text: <c>left</c>, <c>right</c> or <c>center</c>.</summary>
    public string? Align { get; init; }

    /// <summary>Vertical alignment of text: <c>top</c>, <c>middle</c>, <c>bottom</c>.</summary>
    public string? Baseline { get; init; }

    /// <summary>Offset to the right, in pixels.</summary>
    public double? Dx { get; init; }

    /// <summary>Offset downwards, in pixels.</summary>
    public double? Dy { get; init; }

    /// <summary>A point's form.</summary>
    public string? Shape { get; init; }

    /// <summary>The mark as JSON.</summary>
    public JsonObject ToJson() => Json.Of(
        ("type", Type), ("style", Style), ("align", Align), ("baseline", Baseline), ("dx", Dx), ("dy", Dy), ("shape", Shape));
}

/// <summary>What a visual channel shows: a field of the rows, or one value for all.</summary>
/// <param name="Name">The channel: <c>x</c>, <c>y</c>, <c>color</c>, <c>tooltip</c>, ...</param>
/// <param name="Field">The rows' field; null where <see cref="Datum"/> or <see cref="Value"/> says what is shown.</param>
/// <param name="Type"><c>quantitative</c>, <c>nominal</c> or <c>ordinal</c>.</param>
internal sealed record Channel(string Name, string? Field, string? Type)
{
    /// <summary>A constant on the channel's scale.</summary>
    public JsonNode? Datum { get; init; }

    /// <summary>A constant of the screen: a colour, a size, or an expression.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>The axis's, legend's or tooltip's title; empty for none.</summary>
    public string? Title { get; init; }

    /// <summary>How a number is written (d3-format): <c>.1%</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The order of a discrete scale: its values, in order.</summary>
    public IEnumerable<string>? Sort { get; init; }

    /// <summary>The scale.</summary>
    public Scale? Scale { get; init; }

    /// <summary>The axis.</summary>
    public Axis? Axis { get; init; }

    /// <summary>In how many columns its legend stands: 0 for all in one line; null for none.</summary>
    public int? Legend { get; init; }

    /// <summary>A condition: <c>{ test, value }</c>.</summary>
    public JsonNode? Condition { get; init; }

    /// <summary>Along x.</summary>
    public static Channel X(string field, string type = "quantitative") => new("x", field, type);

    /// <summary>Along y.</summary>
    public static Channel Y(string field, string type = "quantitative") => new("y", field, type);

    /// <summary>A quantity.</summary>
    public static Channel Of(string channel, string field) => new(channel, field, "quantitative");

    /// <summary>A name, or any value that is only told apart.</summary>
    public static Channel Named(string channel, string field) => new(channel, field, "nominal");

    /// <summary>The far end of a rule, a bar or a rectangle.</summary>
    public static Channel End(string channel, string field) => new(channel, field, null);

    /// <summary>A constant on a scale.</summary>
    public static Channel At(string channel, JsonNode datum) => new(channel, null, null) { Datum = datum };

    /// <summary>A constant of the screen.</summary>
    public static Channel Set(string channel, JsonNode value) => new(channel, null, null) { Value = value };

    /// <summary>One line of the text that a pointer brings up.</summary>
    public static Channel Tip(string field, string title, string? format = null) =>
        new("tooltip", field, format is null ? "nominal" : "quantitative") { Title = title, Format = format };

    /// <summary>The channel as JSON.</summary>
    public JsonObject ToJson()
    {
        var json = Json.Of(
            ("field", Field), ("type", Type), ("datum", Datum?.DeepClone()), ("value", Value?.DeepClone()), ("format", Format),
            ("sort", Sort is null ? null : Json.Array(Sort)), ("scale", Scale?.ToJson()), ("axis", Axis?.ToJson()), ("condition", Condition?.DeepClone()));
        if (Title is not null)
        {
            json["title"] = Title.Length == 0 ? null : Title;
        }

        if (Legend is { } columns)
        {
            json["legend"] = new JsonObject { ["disable"] = false, ["columns"] = columns, ["symbolOpacity"] = 1, ["symbolStrokeWidth"] = 2, ["symbolSize"] = 60 };
        }

        return json;
    }
}

/// <summary>A scale.</summary>
internal sealed record Scale
{
    /// <summary>Its two ends, or its values.</summary>
    public JsonArray? Domain { get; init; }

    /// <summary>What the values become: <c>heatmap</c>, <c>diverging</c>, <c>category</c>, or shapes by name.</summary>
    public JsonNode? Range { get; init; }

    /// <summary><c>log</c>, <c>sqrt</c>; null is linear.</summary>
    public string? Type { get; init; }

    /// <summary>The space that colours are mixed in: <c>rgb</c>; null is <c>hcl</c>.</summary>
    public string? Interpolate { get; init; }

    /// <summary>Whether zero belongs to it.</summary>
    public bool? Zero { get; init; }

    /// <summary>Whether its ends are rounded.</summary>
    public bool? Nice { get; init; }

    /// <summary>Whether larger values lie lower.</summary>
    public bool? Reverse { get; init; }

    /// <summary>Shares from 0 to 1.</summary>
    public static Scale Share { get; } = new() { Domain = [0, 1] };

    /// <summary>The scale as JSON.</summary>
    public JsonObject ToJson() => Json.Of(
        ("domain", Domain?.DeepClone()), ("range", Range?.DeepClone()), ("type", Type), ("interpolate", Interpolate), ("zero", Zero), ("nice", Nice), ("reverse", Reverse));
}

/// <summary>An axis.</summary>
internal sealed record Axis
{
    /// <summary>Whether anything of it is drawn.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>How numbers are written: <c>.0%</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The labelled values.</summary>
    public JsonArray? Values { get; init; }

    /// <summary>Whether lines run across the plot.</summary>
    public bool? Grid { get; init; }

    /// <summary>Where it stands: <c>top</c>, <c>bottom</c>, <c>left</c>, <c>right</c>.</summary>
    public string? Orient { get; init; }

    /// <summary>An expression of a label's text, in place of the value as it is.</summary>
    public string? Label { get; init; }

    /// <summary>The angle of its labels.</summary>
    public int? LabelAngle { get; init; }

    /// <summary>The number of labels to aim at.</summary>
    public int? TickCount { get; init; }

    /// <summary>An axis of shares, written in per cent; its title says so.</summary>
    public static Axis Percent { get; } = new() { Label = "round(datum.value * 100)", TickCount = 5, Grid = true };

    /// <summary>No axis.</summary>
    public static Axis None { get; } = new() { Shown = false };

    /// <summary>The axis as JSON; null where it is not shown, which is Vega-Lite's way of saying so.</summary>
    public JsonObject ToJson() => Shown
        ? Json.Of(("format", Format), ("values", Values?.DeepClone()), ("grid", Grid), ("orient", Orient), ("labelExpr", Label), ("labelAngle", LabelAngle), ("tickCount", TickCount))
        : new JsonObject { ["labels"] = false, ["ticks"] = false, ["domain"] = false, ["grid"] = false, ["title"] = null };
}

/// <summary>JSON from pairs, without the ones that are null; and numbers that JSON can hold.</summary>
internal static class Json
{
    /// <summary>An object of the pairs that are not null.</summary>
    public static JsonObject Of(params (string Name, JsonNode? Value)[] pairs)
    {
        var json = new JsonObject();
        foreach (var (name, value) in pairs)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }

    /// <summary>An array of texts.</summary>
    public static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);

    /// <summary>A number with five significant digits; nothing where it is not finite, for JSON has no other word for that.</summary>
    public static JsonNode? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(double.Parse(value.ToString("G5", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture)) : null;
}
