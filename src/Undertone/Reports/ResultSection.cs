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
    /// <summary>
    /// The result that validation chose: the highest mean validation UAR over the seeds that all validated results
    /// share, since a mean over lucky seeds is no better system; over each one's own seeds where they share none.
    /// Null where none was validated.
    /// </summary>
    public SystemResult? Best => Results
        .Where(r => double.IsFinite(r.ValidationUar().Mean))
        .MaxBy(r => ChoosingUar(r));

    /// <summary>Whether defaults were chosen on some of the corpus's speakers.</summary>
    public bool HasDevelopmentSpeakers => DevelopmentSpeakers.Of(Corpus).Count > 0;

    /// <summary>Whether its scores were reached across corpora; <see cref="CrossCorpusMatrix"/> then has the mean over all pairs.</summary>
    public bool IsCrossCorpus => CrossCorpus.IsKind(ProtocolKind);

    /// <summary>Whether it is a point of a learning curve, with a part of the training data.</summary>
    public bool IsPartOfCurve => LearningCurvePoint.TryParse(Protocol) is { Share: < 100 };

    /// <summary>Whether each fold is a drawn share of the corpus, so that an utterance may be tested several times or never.</summary>
    public bool IsHoldOut => ProtocolKind == RandomHoldOut.KindName;

    /// <summary>What the section holds, in words: <c>emodb, loso, speaker-independent</c>.</summary>
    public string Title => $"{Corpus}, {ProtocolTitle}: {Badge}";

    /// <summary>The protocol in words: <c>leave-one-speaker-out</c>, or <c>leave-speakers-out (ravdess-5)</c>.</summary>
    public string ProtocolTitle => IsCrossCorpus ? $"cross-corpus, trained on {CorpusPair.Of(Results[0]).Train}" : Protocol == ProtocolKind || Protocol == "loso" ? ProtocolKind : $"{ProtocolKind} ({Protocol})";

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
                + (Results.Count > 1 ? $"Chosen among {Results.Count} by its validation UAR of {Figures.PercentSign(ChoosingUar(best))} over the seeds that all share." : $"Validation UAR {Figures.PercentSign(best.ValidationUar().Mean)}.");
        }
    }

    /// <summary>The validation UAR that results are chosen by.</summary>
    private double ChoosingUar(SystemResult result)
    {
        var shared = Results
            .Where(r => double.IsFinite(r.ValidationUar().Mean))
            .Select(r => r.Seeds.Select(s => s.Seed))
            .Aggregate((a, b) => a.Intersect(b))
            .ToHashSet();
        return result.Seeds.Where(s => shared.Count == 0 || shared.Contains(s.Seed)).Average(s => s.ValidationUar);
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
