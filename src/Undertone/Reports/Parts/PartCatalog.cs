using Undertone.Experiments;

namespace Undertone.Reports.Parts;

/// <summary>The parts of one report, in the order in which a reader meets them.</summary>
internal sealed class PartCatalog
{
    private readonly Dictionary<string, ReportCorpus> _corpora;
    private readonly Dictionary<ResultSection, SectionComparison> _comparisons;

    /// <summary>Gathers what parts are made of.</summary>
    /// <param name="sections">The report's sections.</param>
    /// <param name="corpora">The corpora with their utterances; none where these were not kept.</param>
    /// <param name="claims">The claims that are judged.</param>
    /// <param name="experiments">The experiments as resolved (YAML).</param>
    /// <param name="published">The part on published figures, where it is not to be made of the sections alone.</param>
    public PartCatalog(
        IReadOnlyList<ResultSection> sections,
        IReadOnlyList<ReportCorpus> corpora,
        IReadOnlyList<ExperimentClaim> claims,
        IReadOnlyList<string> experiments,
        IReadOnlyList<ReportPart>? published = null)
    {
        _corpora = corpora.ToDictionary(c => c.Name);
        _comparisons = sections.ToDictionary(s => s, SectionComparison.Of);
        Above = [.. ClaimsPart.Of(claims, sections), .. published ?? PublishedPart.Of(sections), .. RealityGapPart.Of(sections), .. LearningCurvePart.Of(sections)];
        Below = [.. HeldEqualPart.Of(experiments), .. QuestionsPart.Of(_comparisons.Values)];
    }

    /// <summary>The parts that compare sections; they stand above all of them.</summary>
    public IReadOnlyList<ReportPart> Above { get; }

    /// <summary>What explains them; it stands below all of them.</summary>
    public IReadOnlyList<ReportPart> Below { get; }

    /// <summary>The comparison of a section's systems.</summary>
    /// <param name="section">The section.</param>
    public SectionComparison ComparisonOf(ResultSection section) => _comparisons[section];

    /// <summary>The parts of one section, below its scores.</summary>
    /// <param name="section">The section.</param>
    public IReadOnlyList<ReportPart> Of(ResultSection section) =>
    [
        .. SignificancePart.Of(_comparisons[section]),
        .. SeedSpreadPart.Of(section),
        .. section.IsPartOfCurve ? [] : InDepth(section, _corpora.GetValueOrDefault(section.Corpus)),
    ];

    private static IEnumerable<ReportPart> InDepth(ResultSection section, ReportCorpus? corpus) =>
        [.. CalibrationPart.Of(section), .. FairnessPart.Of(section, corpus), .. ListenersPart.Of(section, corpus)];
}
