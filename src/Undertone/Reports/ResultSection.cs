using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>Results that may be compared: one corpus, one protocol, one badge. A table holds one section and no more.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Protocol">The protocol's short name.</param>
/// <param name="ProtocolKind">The protocol's kind.</param>
/// <param name="Badge">The badge of every score in it.</param>
/// <param name="Results">The results, by system and variant.</param>
public sealed record ResultSection(string Corpus, string Protocol, string ProtocolKind, Badge Badge, IReadOnlyList<SystemResult> Results)
{
    /// <summary>The result that validation chose: the highest mean validation UAR; null where none was validated.</summary>
    public SystemResult? Best => Results
        .Where(r => double.IsFinite(r.ValidationUar().Mean))
        .MaxBy(r => r.ValidationUar().Mean);

    /// <summary>Whether defaults were chosen on some of the corpus's speakers.</summary>
    public bool HasDevelopmentSpeakers => DevelopmentSpeakers.Of(Corpus).Count > 0;

    /// <summary>What the section holds, in words: <c>emodb, loso, speaker-independent</c>.</summary>
    public string Title => $"{Corpus}, {ProtocolTitle}: {Badge}";

    /// <summary>The protocol in words: <c>leave-one-speaker-out</c>, or <c>leave-speakers-out (ravdess-5)</c>.</summary>
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

            var seeds = best.OverSeeds(s => s.Uar.Estimate);
            return $"{best.Label}: {Figures.PercentSign(seeds.Mean)} UAR {Figures.Interval(best.Uar.Low, best.Uar.High)} ({Badge}) on {Corpus}, {ProtocolTitle}; "
                + (HasDevelopmentSpeakers ? $"{Figures.PercentSign(best.OverSeeds(s => s.Unchosen.Estimate).Mean)} over the speakers never used for choosing; " : "")
                + $"chance is {Figures.PercentSign(best.Chance)}. "
                + (Results.Count > 1 ? $"Chosen among {Results.Count} by its validation UAR of {Figures.PercentSign(best.ValidationUar().Mean)}." : $"Validation UAR {Figures.PercentSign(best.ValidationUar().Mean)}.");
        }
    }

    /// <summary>Parts results into sections: by corpus and protocol, and within them by badge, not adapted first.</summary>
    /// <param name="results">The results.</param>
    public static IReadOnlyList<ResultSection> Of(IReadOnlyList<SystemResult> results) =>
    [
        .. results
            .GroupBy(r => (r.Corpus, r.Protocol, r.ProtocolKind, r.Badge))
            .OrderBy(g => g.Key.Corpus, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Protocol, StringComparer.Ordinal)
            .ThenByDescending(g => g.Key.Badge.Kind)
            .ThenBy(g => g.Key.Badge.Adapted)
            .Select(g => new ResultSection(g.Key.Corpus, g.Key.Protocol, g.Key.ProtocolKind, g.Key.Badge, [.. g])),
    ];
}
