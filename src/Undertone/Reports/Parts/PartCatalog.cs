namespace Undertone.Reports.Parts;

/// <summary>The parts of a report, in the order in which a reader meets them.</summary>
internal static class PartCatalog
{
    /// <summary>The parts that compare sections; they stand above all of them.</summary>
    public static IReadOnlyList<ReportPart> OfRun(IReadOnlyList<ResultSection> sections) => [.. RealityGapPart.Of(sections)];
}
