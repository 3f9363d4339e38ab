using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>Results of regressions that may be compared: one corpus, one protocol, one badge, the same targets.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Protocol">The protocol's short name.</param>
/// <param name="ProtocolKind">The protocol's kind.</param>
/// <param name="Badge">The badge of every score in it.</param>
/// <param name="Targets">The targets.</param>
/// <param name="Results">The results, by system and variant.</param>
public sealed record RegressionSection(
    string Corpus, string Protocol, string ProtocolKind, Badge Badge, IReadOnlyList<string> Targets, IReadOnlyList<RegressionResult> Results)
{
    /// <summary>
    /// The result that validation chose: the highest mean validation CCC over targets and over the seeds that all validated
    /// results share; over each one's own seeds where they share none. Null where none was validated.
    /// </summary>
    public RegressionResult? Best => Results.Where(r => double.IsFinite(r.ValidationCcc().Mean)).MaxBy(Choosing);

    /// <summary>What the section holds, in words: <c>demo, leave-one-speaker-out, arousal and valence: speaker-independent</c>.</summary>
    public string Title => $"{Corpus}, {ProtocolTitle}, {string.Join(" and ", Targets)}: {Badge}";

    /// <summary>The protocol in words.</summary>
    public string ProtocolTitle => Protocol == ProtocolKind || Protocol == "loso" ? ProtocolKind : $"{ProtocolKind} ({Protocol})";

    /// <summary>The section's headline: what validation chose, what it reached on test, and with what badge.</summary>
    public string Headline
    {
        get
        {
            if (Best is not { } best)
            {
                return $"No system of {Title} was validated, so none is named best.";
            }

            var values = Targets.Select((target, t) => $"{target} {RegressionTables.Ccc(best, t)}");
            return $"{best.Label}: CCC {string.Join(", ", values)} ({Badge}) on {Corpus}, {ProtocolTitle}; 0 is a guess. "
                + (Results.Count > 1
                    ? $"Chosen among {Results.Count} by its mean validation CCC of {Figures.Decimal(Choosing(best))} over the seeds that all share."
                    : $"Mean validation CCC {Figures.Decimal(best.ValidationCcc().Mean)}.");
        }
    }

    /// <summary>Parts results into sections: by corpus, protocol and targets, and within them by badge, not adapted first.</summary>
    /// <param name="results">The results.</param>
    public static IReadOnlyList<RegressionSection> Of(IReadOnlyList<RegressionResult> results) =>
    [
        .. results
            .GroupBy(r => (r.Corpus, r.Protocol, r.ProtocolKind, Targets: string.Join(',', r.Targets), r.Badge))
            .OrderBy(g => g.Key.Corpus, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Protocol, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Targets, StringComparer.Ordinal)
            .ThenByDescending(g => g.Key.Badge.Kind)
            .ThenBy(g => g.Key.Badge.Adapted)
            .Select(g => new RegressionSection(g.Key.Corpus, g.Key.Protocol, g.Key.ProtocolKind, g.Key.Badge, g.First().Targets, [.. g])),
    ];

    private double Choosing(RegressionResult result)
    {
        var shared = Results
            .Where(r => double.IsFinite(r.ValidationCcc().Mean))
            .Select(r => r.Seeds.Select(s => s.Seed))
            .Aggregate((a, b) => a.Intersect(b))
            .ToHashSet();
        return MeanAndSpread.Of(result.Seeds.Where(s => shared.Count == 0 || shared.Contains(s.Seed)).Select(s => s.Validation?.MeanCcc ?? double.NaN)).Mean;
    }
}
