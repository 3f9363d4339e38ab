using Undertone.Evaluation;
using Undertone.Evaluation.Regression;
using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>Computes regressions' results from the prediction rows of trials.</summary>
public static class RegressionCalculator
{
    /// <summary>Computes one result for each (corpus, protocol, targets, system, variant, badge), in that order.</summary>
    /// <param name="trials">Finished trials of regressions.</param>
    public static IReadOnlyList<RegressionResult> Of(IReadOnlyList<RegressionTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var folds = trials
            .GroupBy(t => (t.Corpus, t.Protocol))
            .ToDictionary(g => g.Key, g => g.Select(t => t.Fold).Distinct().Count());
        return
        [
            .. trials
                .GroupBy(t => (t.Corpus, t.Protocol, t.ProtocolKind, Targets: string.Join(',', t.Test.Targets), t.System, t.Variant, t.Badge))
                .OrderBy(g => g.Key.Corpus, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Protocol, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Targets, StringComparer.Ordinal)
                .ThenBy(g => g.Key.System, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Variant, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Badge.ToString(), StringComparer.Ordinal)
                .Select(g => Result([.. g.OrderBy(t => t.Seed).ThenBy(t => t.Fold, StringComparer.Ordinal)], folds[(g.Key.Corpus, g.Key.Protocol)])),
        ];
    }

    private static RegressionResult Result(IReadOnlyList<RegressionTrial> trials, int folds)
    {
        var first = trials[0];
        var chosen = DevelopmentSpeakers.Of(first.Corpus);
        var rows = trials.SelectMany(t => t.Test.Rows).ToList();
        return new RegressionResult
        {
            Corpus = first.Corpus,
            System = first.System,
            Variant = first.Variant,
            Protocol = first.Protocol,
            ProtocolKind = first.ProtocolKind,
            Badge = first.Badge,
            Targets = first.Test.Targets,
            Seeds = [.. trials.GroupBy(t => t.Seed).Select(g => Seed([.. g], chosen, folds))],
            Pooled = RegressionScores.From(rows, first.Test.Targets),
            Intervals = Intervals(rows, first.Test.Targets),
            Trials = trials,
        };
    }

    private static RegressionSeed Seed(List<RegressionTrial> trials, IReadOnlySet<string> chosen, int folds)
    {
        var targets = trials[0].Test.Targets;
        var rows = trials.SelectMany(t => t.Test.Rows).ToList();
        var unchosen = rows.Where(r => !chosen.Contains(r.Speaker)).ToList();
        var validation = trials.SelectMany(t => t.Validation?.Rows ?? []).ToList();
        return new RegressionSeed
        {
            Seed = trials[0].Seed,
            Trials = trials.Count,
            MissingTrials = folds - trials.Count,
            Scores = RegressionScores.From(rows, targets),
            Intervals = Intervals(rows, targets),
            Unchosen = unchosen.Count > 0 ? RegressionScores.From(unchosen, targets) : null,
            Validation = validation.Count > 0 ? RegressionScores.From(validation, targets) : null,
        };
    }

    private static IReadOnlyList<Interval?> Intervals(List<RegressionRow> rows, IReadOnlyList<string> targets) =>
        [.. targets.Select((_, t) => RegressionBootstrap.Of(new ConcordanceCorrelation(), rows, t))];
}
