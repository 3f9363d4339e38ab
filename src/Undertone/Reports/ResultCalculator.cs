using Undertone.Evaluation;
using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>Computes results from the prediction rows of trials.</summary>
public static class ResultCalculator
{
    /// <summary>
    /// Computes one result for each (corpus, protocol, system, variant, badge), in that order. Folds of a protocol are pooled,
    /// but those across corpora, which stand for themselves: their protocol is called <c>cross-corpus-emodb-to-urdu</c>.
    /// </summary>
    /// <param name="trials">Finished trials.</param>
    public static IReadOnlyList<SystemResult> Of(IReadOnlyList<ReportTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var folds = trials
            .GroupBy(t => (t.Corpus, Protocol: ProtocolOf(t)))
            .ToDictionary(g => g.Key, g => g.Select(t => t.Fold).Distinct().Count());
        return
        [
            .. trials
                .GroupBy(t => (t.Corpus, Protocol: ProtocolOf(t), t.ProtocolKind, t.System, t.Variant, t.Badge))
                .OrderBy(g => g.Key.Corpus, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Protocol, StringComparer.Ordinal)
                .ThenBy(g => g.Key.System, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Variant, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Badge.ToString(), StringComparer.Ordinal)
                .Select(g => Result(
                    [.. g.OrderBy(t => t.Seed).ThenBy(t => t.Fold, StringComparer.Ordinal)], folds[(g.Key.Corpus, g.Key.Protocol)])),
        ];
    }

    private static string ProtocolOf(ReportTrial trial) => CrossCorpus.IsKind(trial.ProtocolKind) ? $"{trial.Protocol}-{trial.Fold}" : trial.Protocol;

    private static SystemResult Result(IReadOnlyList<ReportTrial> trials, int folds)
    {
        var first = trials[0];
        var chosen = DevelopmentSpeakers.Of(first.Corpus);
        var rows = trials.SelectMany(t => t.Test.Rows).ToList();
        var pooled = ClassificationScores.From(rows, first.Test.Classes);
        return new SystemResult
        {
            Corpus = first.Corpus,
            System = first.System,
            Variant = first.Variant,
            Protocol = ProtocolOf(first),
            ProtocolKind = first.ProtocolKind,
            Badge = first.Badge,
            Classes = pooled.Confusion.Classes,
            Seeds = [.. trials.GroupBy(t => t.Seed).Select(g => Seed([.. g], chosen, folds))],
            Pooled = pooled,
            Uar = UarOf(rows),
            Unchosen = UarOf(Unchosen(rows, chosen)),
            Speakers = [.. pooled.Speakers.Select(s => new SpeakerResult(s.Speaker, s.Count, s.ClassesPresent, s.Uar, chosen.Contains(s.Speaker)))],
            FoldUars = FoldUars(trials),
            Trials = trials,
        };
    }

    private static SeedResult Seed(List<ReportTrial> trials, IReadOnlySet<string> chosen, int folds)
    {
        var rows = trials.SelectMany(t => t.Test.Rows).ToList();
        var unchosen = Unchosen(rows, chosen);
        var validation = trials.SelectMany(t => t.Validation?.Rows ?? []).ToList();
        var scores = ClassificationScores.From(rows, trials[0].Test.Classes);
        return new SeedResult
        {
            Seed = trials[0].Seed,
            Trials = trials.Count,
            MissingTrials = folds - trials.Count,
            Utterances = rows.Count,
            Scores = scores,
            Uar = UarOf(rows),
            Unchosen = UarOf(unchosen),
            UnchosenUtterances = unchosen.Count,
            ValidationUar = validation.Count > 0 ? ClassificationScores.From(validation).Uar : double.NaN,
            SpeakerUar = MeanAndSpread.Of(scores.Speakers.Select(s => s.Uar)),
            FoldUar = MeanAndSpread.Of(FoldUars(trials)),
        };
    }

    private static List<double> FoldUars(IReadOnlyList<ReportTrial> trials) => [.. trials.Select(t => ClassificationScores.From(t.Test).Uar)];

    private static List<PredictionRow> Unchosen(List<PredictionRow> rows, IReadOnlySet<string> chosen) => [.. rows.Where(r => !chosen.Contains(r.Speaker))];

    // One speaker gives a score and no interval, no speaker gives neither.
    private static UarInterval UarOf(List<PredictionRow> rows)
    {
        if (rows.Count == 0)
        {
            return new UarInterval(double.NaN, double.NaN, double.NaN);
        }

        return ClusterBootstrap.Uar(rows) is { } interval
            ? new UarInterval(interval.Estimate, interval.Low, interval.High)
            : new UarInterval(ClassificationScores.From(rows).Uar, double.NaN, double.NaN);
    }
}
