using Undertone.Evaluation;
using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>
/// What systems reach across corpora, under one protocol and badge: a score for each pair and the mean over the pairs.
/// Rows of different pairs are never pooled: they come from other models, and often from other sets of classes.
/// </summary>
/// <param name="Protocol">The protocol's short name: <c>cross-corpus</c>.</param>
/// <param name="Badge">The badge of every score in it.</param>
/// <param name="Pairs">The pairs that any system has, by tested corpus and training side.</param>
/// <param name="Rows">One row a system and variant, by label.</param>
public sealed record CrossCorpusMatrix(string Protocol, Badge Badge, IReadOnlyList<CorpusPair> Pairs, IReadOnlyList<CrossCorpusRow> Rows)
{
    /// <summary>What it holds, in words.</summary>
    public string Title => $"{Protocol}, mean over {Figures.Of(Pairs.Count, "ordered pair")}: {Badge}";

    /// <summary>The row with the highest mean validation UAR among those that have every pair; null where none was validated.</summary>
    public CrossCorpusRow? Best => Rows.Where(r => r.Missing == 0 && double.IsFinite(r.ValidationUar)).MaxBy(r => r.ValidationUar);

    /// <summary>The headline: what validation chose, and its mean over the pairs.</summary>
    public string Headline => Best is { } best
        ? $"{best.Label}: {Figures.PercentSign(best.Uar.Estimate)} UAR {Figures.Interval(best.Uar.Low, best.Uar.High)}, the mean over {Figures.Of(Pairs.Count, "ordered pair")} ({Badge}); "
            + $"chance is {Figures.PercentSign(best.Chance)}. Chosen among {Rows.Count} by a mean validation UAR of {Figures.PercentSign(best.ValidationUar)}, on speakers of the training corpora."
        : $"No system of {Title} has all pairs and was validated, so none is named best.";

    /// <summary>Gathers the results that were reached across corpora.</summary>
    /// <param name="results">All results of a run.</param>
    /// <returns>One matrix a protocol and badge, in the order of their names, not adapted first; none without cross-corpus results.</returns>
    public static IReadOnlyList<CrossCorpusMatrix> Of(IReadOnlyList<SystemResult> results) =>
    [
        .. results.Where(r => CrossCorpus.IsKind(r.ProtocolKind))
            .GroupBy(r => (Protocol: r.Trials[0].Protocol, r.Badge))
            .OrderBy(g => g.Key.Protocol, StringComparer.Ordinal).ThenByDescending(g => g.Key.Badge.Kind).ThenBy(g => g.Key.Badge.Adapted)
            .Select(g => Matrix(g.Key.Protocol, g.Key.Badge, [.. g])),
    ];

    private static CrossCorpusMatrix Matrix(string protocol, Badge badge, List<SystemResult> results)
    {
        var pairs = results.Select(CorpusPair.Of).Distinct()
            .OrderBy(p => p.Test, StringComparer.Ordinal).ThenBy(p => p.Train, StringComparer.Ordinal).ToList();
        return new CrossCorpusMatrix(
            protocol,
            badge,
            pairs,
            [.. results.GroupBy(r => r.Label).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Row(g.Key, pairs, [.. g]))]);
    }

    private static CrossCorpusRow Row(string label, List<CorpusPair> pairs, List<SystemResult> results)
    {
        var byPair = results.ToDictionary(CorpusPair.Of);
        var mean = MeanAndSpread.Of(results.Select(r => r.OverSeeds(s => s.Uar.Estimate).Mean)).Mean;
        var interval = CrossCorpusBootstrap.MeanUar(
            [.. results.OrderBy(r => r.Corpus, StringComparer.Ordinal).Select(r => (r.Corpus, (IReadOnlyList<PredictionRow>)[.. r.Trials.SelectMany(t => t.Test.Rows)]))]);
        return new CrossCorpusRow(
            label,
            [.. pairs.Select(byPair.GetValueOrDefault)],
            new UarInterval(mean, interval?.Low ?? double.NaN, interval?.High ?? double.NaN),
            MeanAndSpread.Of(results.Select(r => r.ValidationUar().Mean)).Mean,
            results.Average(r => r.Chance),
            pairs.Count - results.Count);
    }
}

/// <summary>An ordered pair: what was trained on, and what was tested.</summary>
/// <param name="Train">The training corpora: <c>emodb</c>; <c>all others</c> under leave-one-corpus-out.</param>
/// <param name="Test">The tested corpus.</param>
public sealed record CorpusPair(string Train, string Test)
{
    /// <summary>The pair of a result.</summary>
    /// <param name="result">A result reached across corpora.</param>
    public static CorpusPair Of(SystemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new CorpusPair(CrossCorpus.TrainingSide(result.Trials[0].Fold, result.Corpus) ?? "all others", result.Corpus);
    }

    /// <summary>As a column's head: <c>emodb → urdu</c>.</summary>
    public override string ToString() => $"{Train} → {Test}";
}

/// <summary>A system's scores across corpora.</summary>
/// <param name="Label">System and variant.</param>
/// <param name="Results">The result of each pair, in the matrix's order; null where it is missing.</param>
/// <param name="Uar">The mean over its pairs of the mean UAR over seeds, with its interval (<see cref="CrossCorpusBootstrap"/>).</param>
/// <param name="ValidationUar">The same of the validation UAR; NaN where nothing was validated.</param>
/// <param name="Chance">The mean over its pairs of the UAR of guessing.</param>
/// <param name="Missing">Pairs that other systems have and this one lacks.</param>
public sealed record CrossCorpusRow(
    string Label, IReadOnlyList<SystemResult?> Results, UarInterval Uar, double ValidationUar, double Chance, int Missing);
