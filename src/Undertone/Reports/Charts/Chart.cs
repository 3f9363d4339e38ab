using System.Text.Json.Nodes;

namespace Undertone.Reports.Charts;

/// <summary>A chart: what draws it, the same in words, and the same as a table.</summary>
/// <param name="Name">The chart's name, also its CSV file's: <c>confusion</c>.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Specification">The Vega-Lite specification.</param>
/// <param name="Text">The text alternative: a sentence or two with the essential numbers.</param>
/// <param name="Data">The numbers behind it.</param>
public sealed record Chart(string Name, string Title, JsonObject Specification, string Text, ChartTable Data)
{
    /// <summary>How to read it, where that is not plain; empty otherwise.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether it needs the whole width of the page.</summary>
    public bool Wide { get; init; }

    /// <summary>A table that shows the numbers better than <see cref="Data"/> does; null where that is shown itself.</summary>
    public ChartTable? Shown { get; init; }
}
