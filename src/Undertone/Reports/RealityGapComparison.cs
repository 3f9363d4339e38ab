using Undertone.Evaluation;
using Undertone.Evaluation.Metrics;
using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>
/// What systems reach where the test speakers were trained on, beside what the same systems reach where none was: the
/// reality gap of one corpus. Both sides score the same utterances, and speakers are drawn once for both and for all
/// systems, so that the gap's interval is that of a paired difference (<see cref="ClusterBootstrap"/>).
/// </summary>
public sealed record RealityGapComparison
{
    /// <summary>The corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>The protocol that trains on the test speakers: <c>random-5-fold</c>.</summary>
    public required string LeakyProtocol { get; init; }

    /// <summary>The badge of its scores.</summary>
    public required Badge LeakyBadge { get; init; }

    /// <summary>The protocol that does not: <c>leave-one-speaker-out</c>.</summary>
    public required string IndependentProtocol { get; init; }

    /// <summary>The badge of its scores.</summary>
    public required Badge IndependentBadge { get; init; }

    /// <summary>One row a system, by name.</summary>
    public required IReadOnlyList<RealityGapRow> Rows { get; init; }

    /// <summary>The mean gap over the systems, each with the same weight; null with one system.</summary>
    public required UarInterval? MeanGap { get; init; }

    /// <summary>What could not be paired, and why: sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Pairs sections of one corpus that differ in their badge's kind alone: each leaky one with each speaker-independent one. Points of learning curves are left out.</summary>
    /// <param name="sections">The sections of one run, or of one page of results.</param>
    /// <returns>The comparisons in the sections' order; one that could pair nothing has notes alone.</returns>
    public static IReadOnlyList<RealityGapComparison> Of(IReadOnlyList<ResultSection> sections)
    {
        ArgumentNullException.ThrowIfNull(sections);
        // Drawn shares do not test the corpus whole; PublishedTable sets them beside independent scores.
        var whole = sections.Where(s => !s.IsPartOfCurve && !s.IsHoldOut).ToList();
        return
        [
            .. from leaky in whole
               where leaky.Badge.Kind == BadgeKind.SpeakerDependent
               from independent in whole
               where independent.Corpus == leaky.Corpus && independent.Badge == leaky.Badge with { Kind = BadgeKind.SpeakerIndependent }
               select Of(leaky, independent),
        ];
    }

    private static RealityGapComparison Of(ResultSection leaky, ResultSection independent)
    {
        var notes = new List<string>();
        var pairs = new List<PairedRows>();
        foreach (var result in leaky.Results)
        {
            if (Counterpart(result, leaky, independent) is not { } other)
            {
                notes.Add($"{result.Label} has no counterpart under {Short(independent)}.");
            }
            else if (PairedRows.Of(Name(result, leaky, independent), result, other, notes) is { } pair)
            {
                pairs.Add(pair);
            }
        }

        notes.AddRange(independent.Results.Where(r => Counterpart(r, independent, leaky) is null).Select(r => $"{r.Label} has no counterpart under {Short(leaky)}."));
        pairs.Sort((a, b) => string.CompareOrdinal(a.Label, b.Label));
        var uar = new UnweightedAverageRecall();
        var draws = pairs.Count == 0 ? null : ClusterBootstrap.Draw([.. pairs.SelectMany(p => new[] { p.Leaky, p.Independent })], [uar]);
        var rows = pairs.Select((p, i) => p.Row(uar, draws, 2 * i)).ToList();
        return new RealityGapComparison
        {
            Corpus = leaky.Corpus,
            LeakyProtocol = Short(leaky),
            LeakyBadge = leaky.Badge,
            IndependentProtocol = Short(independent),
            IndependentBadge = independent.Badge,
            Rows = rows,
            MeanGap = rows.Count < 2 ? null : Mean(rows, uar, draws),
            Notes = notes,
        };
    }

    private static UarInterval Mean(List<RealityGapRow> rows, UnweightedAverageRecall uar, BootstrapDraws? draws)
    {
        var mean = rows.Average(r => r.Gap.Estimate);
        if (draws is null)
        {
            return new UarInterval(mean, double.NaN, double.NaN);
        }

        double[] means =
        [
            .. Enumerable.Range(0, draws.Resamples).Select(d => Enumerable.Range(0, rows.Count).Average(i => draws.Values(2 * i, uar)[d] - draws.Values((2 * i) + 1, uar)[d]))
                .Where(double.IsFinite).Order(),
        ];
        return means.Length < draws.Resamples / 2
            ? new UarInterval(mean, double.NaN, double.NaN)
            : new UarInterval(mean, ClusterBootstrap.Quantile(means, 0.025), ClusterBootstrap.Quantile(means, 0.975));
    }

    // The adaptation is told by the badge, so a variant that is there for nothing else may bear another name in another run.
    private static SystemResult? Counterpart(SystemResult result, ResultSection of, ResultSection among) =>
        among.Results.FirstOrDefault(r => r.Label == result.Label)
        ?? (IsAlone(result.System, of) && IsAlone(result.System, among) ? among.Results.First(r => r.System == result.System) : null);

    private static string Name(SystemResult result, ResultSection leaky, ResultSection independent) =>
        IsAlone(result.System, leaky) && IsAlone(result.System, independent) ? result.System : result.Label;

    private static bool IsAlone(string system, ResultSection section) => section.Results.Count(r => r.System == system) == 1;

    private static string Short(ResultSection section) => section.Protocol == "loso" ? section.ProtocolKind : section.Protocol;

    /// <summary>The rows of both sides for the utterances and seeds that both have.</summary>
    private sealed record PairedRows(string Label, ScoredRows Leaky, ScoredRows Independent, int Utterances, int LeftOut)
    {
        public static PairedRows? Of(string label, SystemResult leaky, SystemResult independent, List<string> notes)
        {
            int[] seeds = [.. leaky.Seeds.Select(s => s.Seed).Intersect(independent.Seeds.Select(s => s.Seed))];
            var (first, second) = (Rows(leaky), Rows(independent));
            var truths = second.ToLookup(r => r.Row.Utterance, r => (r.Row.True, r.Row.Speaker));
            if (first.FirstOrDefault(r => truths[r.Row.Utterance].Any(t => t != (r.Row.True, r.Row.Speaker))) is { Row: { } odd })
            {
                notes.Add($"{label} is not paired: utterance '{odd.Utterance}' has another label or speaker on the other side. Run both with the same label scheme.");
                return null;
            }

            var shared = first.Select(r => (r.Seed, r.Row.Utterance)).Intersect(second.Select(r => (r.Seed, r.Row.Utterance))).ToHashSet();
            if (shared.Count == 0)
            {
                notes.Add(seeds.Length == 0
                    ? $"{label} is not paired: its two sides share no seed. Run both with the same seeds."
                    : $"{label} is not paired: its two sides share no tested utterance. Finish both runs.");
                return null;
            }

            var utterances = shared.Select(s => s.Utterance).Distinct().Count();
            var all = first.Concat(second).Select(r => r.Row.Utterance).Distinct().Count();
            return new PairedRows(label, Scored(first, leaky), Scored(second, independent), utterances, all - utterances);

            List<(int Seed, PredictionRow Row)> Rows(SystemResult result) =>
                [.. result.Trials.Where(t => seeds.Contains(t.Seed)).SelectMany(t => t.Test.Rows.Select(r => (t.Seed, r)))];

            ScoredRows Scored(List<(int Seed, PredictionRow Row)> rows, SystemResult result) =>
                new([.. rows.Where(r => shared.Contains((r.Seed, r.Row.Utterance))).Select(r => r.Row)], result.Classes);
        }

        public RealityGapRow Row(UnweightedAverageRecall uar, BootstrapDraws? draws, int at)
        {
            var (leaky, independent) = (uar.Evaluate(Leaky.Rows, Leaky.Classes), uar.Evaluate(Independent.Rows, Independent.Classes));
            return new RealityGapRow(
                Label,
                Ends(leaky, draws?.Of(at, uar)),
                Ends(independent, draws?.Of(at + 1, uar)),
                Ends(leaky - independent, draws?.Difference(at, at + 1, uar)),
                Utterances,
                LeftOut,
                Leaky.Rows.Select(r => r.Speaker).Distinct().Count());
        }

        private static UarInterval Ends(double estimate, Interval? interval) => new(estimate, interval?.Low ?? double.NaN, interval?.High ?? double.NaN);
    }
}

/// <summary>One system's reality gap.</summary>
/// <param name="Label">The system, with its variant where that tells more than the badge.</param>
/// <param name="Leaky">UAR where test speakers were trained on, over the shared utterances and seeds.</param>
/// <param name="Independent">UAR where none was, over the same.</param>
/// <param name="Gap">Leaky less independent, with the interval of the paired difference.</param>
/// <param name="Utterances">The utterances that both sides tested.</param>
/// <param name="LeftOut">Utterances that one side alone tested.</param>
/// <param name="Speakers">The speakers of the shared utterances.</param>
public sealed record RealityGapRow(string Label, UarInterval Leaky, UarInterval Independent, UarInterval Gap, int Utterances, int LeftOut, int Speakers);
