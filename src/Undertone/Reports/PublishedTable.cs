using Undertone.Corpora;
using Undertone.Protocols;
using Undertone.Systems;

namespace Undertone.Reports;

/// <summary>
/// The figures that papers print, beside what their systems reach here: on the paper's kind of split (a
/// <see cref="RandomHoldOut"/>), and where no test speaker was trained on. One row a published system and corpus.
/// </summary>
public sealed record PublishedTable
{
    /// <summary>The variant that bears the settings as printed.</summary>
    public const string Printed = "printed";

    /// <summary>The variant that bears the settings as tuned here.</summary>
    public const string Tuned = "tuned";

    /// <summary>The rows: by corpus, then by system.</summary>
    public required IReadOnlyList<PublishedRow> Rows { get; init; }

    /// <summary>Systems that report figures on corpora which Undertone cannot fetch and which nothing was run on, by corpus.</summary>
    public IReadOnlyList<(string Corpus, IReadOnlyList<string> Systems)> NotAtHand { get; init; } = [];

    /// <summary>
    /// The wall-clock hours that all rows took or would take on two cores: half of the hours of their trials, which run on one
    /// thread each.
    /// </summary>
    public double Hours => Rows.Sum(r => double.IsFinite(r.Hours) ? r.Hours : 0);

    /// <summary>The rows that have results; none where nothing was tested under a random hold-out.</summary>
    /// <param name="sections">The sections of a run.</param>
    /// <param name="systems">The systems whose cards are asked.</param>
    public static PublishedTable Of(IReadOnlyList<ResultSection> sections, SystemCatalog systems)
    {
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentNullException.ThrowIfNull(systems);
        return new PublishedTable
        {
            Rows = sections.Any(s => s.IsHoldOut) ? [.. Found(sections, systems).Where(r => r.PrintedSplits is not null || r.TunedSplits is not null)] : [],
        };
    }

    /// <summary>The whole table: also the rows that were not run, of corpora that can be fetched.</summary>
    /// <param name="sections">The sections of a page.</param>
    /// <param name="systems">The systems whose cards are asked.</param>
    public static PublishedTable Whole(IReadOnlyList<ResultSection> sections, SystemCatalog systems)
    {
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentNullException.ThrowIfNull(systems);
        var found = Found(sections, systems);
        var missing = systems.All
            .SelectMany(s => (s.Paper?.Reported ?? []).Select(r => r.Corpus).Distinct().Select(corpus => new PublishedRow(s.Name, s.Paper!, corpus)))
            .Where(r => !found.Any(f => f.System == r.System && f.Corpus == r.Corpus))
            .ToLookup(r => CorpusCatalog.All.Any(c => c.Card.Name == r.Corpus && c.Download is not null));
        return new PublishedTable
        {
            Rows = Ordered([.. found, .. missing[true]]),
            NotAtHand = [.. missing[false].GroupBy(r => r.Corpus).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, (IReadOnlyList<string>)[.. g.Select(r => r.System)]))],
        };
    }

    private static IReadOnlyList<PublishedRow> Found(IReadOnlyList<ResultSection> sections, SystemCatalog systems) =>
        Ordered(
        [
            .. from result in sections.Where(s => !s.IsPartOfCurve).SelectMany(s => s.Results)
               group result by (result.Corpus, result.System) into results
               let paper = systems.All.FirstOrDefault(s => s.Name == results.Key.System)?.Paper
               where paper is not null
               select Row(paper!, results.Key.System, results.Key.Corpus, [.. results]),
        ]);

    private static PublishedRow Row(PaperCard paper, string system, string corpus, IReadOnlyList<SystemResult> results)
    {
        var split = results.Where(r => r.ProtocolKind == RandomHoldOut.KindName && r.Badge is { Kind: BadgeKind.SpeakerDependent, Adapted: false }).ToList();
        var apart = results.Where(r => r.Badge.Kind == BadgeKind.SpeakerIndependent).OrderByDescending(r => r.Variant == Tuned).ToList();
        return new PublishedRow(system, paper, corpus)
        {
            PrintedSplits = split.FirstOrDefault(r => r.Variant is Printed or ""),
            TunedSplits = split.FirstOrDefault(r => r.Variant == Tuned),
            Independent = apart.FirstOrDefault(r => !r.Badge.Adapted),
            Adapted = apart.FirstOrDefault(r => r.Badge.Adapted),
        };
    }

    private static IReadOnlyList<PublishedRow> Ordered(IEnumerable<PublishedRow> rows) =>
        [.. rows.OrderBy(r => r.Corpus, StringComparer.Ordinal).ThenBy(r => r.System, StringComparer.Ordinal)];
}

/// <summary>A published system on a corpus.</summary>
/// <param name="System">The system.</param>
/// <param name="Paper">What its paper says.</param>
/// <param name="Corpus">The corpus.</param>
public sealed record PublishedRow(string System, PaperCard Paper, string Corpus)
{
    /// <summary>On the paper's kind of split, as printed; null where not run.</summary>
    public SystemResult? PrintedSplits { get; init; }

    /// <summary>On the paper's kind of split, as tuned here; null where not run, or where nothing was tuned.</summary>
    public SystemResult? TunedSplits { get; init; }

    /// <summary>No test speaker trained on; with the tuned settings where there are any. Null where not run.</summary>
    public SystemResult? Independent { get; init; }

    /// <summary>The same, normalised by the test speakers' unlabelled audio. Null where not run.</summary>
    public SystemResult? Adapted { get; init; }

    /// <summary>The figure that the row is about: the first of the card on the corpus that is not said to keep speakers apart; null for none.</summary>
    public ReportedFigure? Published => Reported.FirstOrDefault(f => !f.SpeakersApart) ?? (Reported.Count > 0 ? Reported[0] : null);

    /// <summary>All figures of the card on the corpus.</summary>
    public IReadOnlyList<ReportedFigure> Reported => [.. Paper.Reported.Where(r => r.Corpus == Corpus)];

    /// <summary>The repetition that counts: as tuned where the card has tuned settings, else as printed.</summary>
    public SystemResult? Repeated => Paper.Tuned.Count > 0 ? TunedSplits : PrintedSplits;

    /// <summary>What the published figure is above the repetition, in the paper's measure, in [-1, 1]; NaN where either is missing.</summary>
    public double AboveRepeated => Published is { } published && Repeated is { } repeated ? (published.Percent / 100) - OfSplits(repeated, InUar).Mean : double.NaN;

    /// <summary>What the published figure is above the score with speakers kept apart and nothing adapted, in the paper's measure; NaN where either is missing.</summary>
    public double AboveIndependent => Published is { } published && Independent is { } apart
        ? (published.Percent / 100) - (InUar ? apart.OverSeeds(s => s.Uar.Estimate) : apart.OverSeeds(s => s.Scores.Accuracy)).Mean
        : double.NaN;

    /// <summary>Whether the paper's measure is UAR rather than accuracy.</summary>
    public bool InUar => Published?.Measure == "UAR";

    /// <summary>What was run of the row.</summary>
    public IReadOnlyList<SystemResult> Results => [.. new[] { PrintedSplits, TunedSplits, Independent, Adapted }.OfType<SystemResult>()];

    /// <summary>Whether every column of the row is there.</summary>
    public bool IsWhole => PrintedSplits is not null && Repeated is not null && Independent is not null && Adapted is not null;

    /// <summary>Wall-clock hours on two cores of what was run; NaN where the trials do not say.</summary>
    public double Hours => Results.Count == 0 ? double.NaN : Results.SelectMany(r => r.Trials).Sum(t => t.Seconds) / 2 / 3600;

    /// <summary>Mean and spread of a measure over the draws of a split.</summary>
    /// <param name="result">The result under a <see cref="RandomHoldOut"/>.</param>
    /// <param name="uar">UAR rather than accuracy.</param>
    public static MeanAndSpread OfSplits(SystemResult result, bool uar) => MeanAndSpread.Of(Splits(result, uar));

    /// <summary>A measure of each draw of a split, in [0, 1].</summary>
    /// <param name="result">The result under a <see cref="RandomHoldOut"/>.</param>
    /// <param name="uar">UAR rather than accuracy.</param>
    public static IReadOnlyList<double> Splits(SystemResult result, bool uar)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Trials.Select(t => Evaluation.ClassificationScores.From(t.Test)).Select(s => uar ? s.Uar : s.Accuracy)];
    }
}
