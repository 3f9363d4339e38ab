namespace Undertone.Reports.Parts;

/// <summary>One part of a report: what it says in words, its tables, and what to know of them. A class of this folder makes each.</summary>
/// <param name="Title">Its heading.</param>
internal sealed record ReportPart(string Title)
{
    /// <summary>How the tables are to be read: paragraphs above them.</summary>
    public IReadOnlyList<string> Lead { get; init; } = [];

    /// <summary>What they say in plain words, one line each.</summary>
    public IReadOnlyList<string> Verdicts { get; init; } = [];

    /// <summary>The tables.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>What was left out, and which assumption is shaky: lines below the tables.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
