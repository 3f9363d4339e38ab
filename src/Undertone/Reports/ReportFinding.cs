namespace Undertone.Reports;

/// <summary>Something that a reader of a report should not miss.</summary>
/// <param name="Weight"><c>note</c>, <c>warning</c> or <c>serious</c>.</param>
/// <param name="Text">A sentence that says what, where, and what follows from it.</param>
public sealed record ReportFinding(string Weight, string Text);
