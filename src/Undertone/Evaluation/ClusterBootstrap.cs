using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation;

/// <summary>
/// How far a number would move with other speakers: the bootstrap (Efron 1979, doi:10.1214/aos/1176344552) with speakers
/// drawn in place of rows, because the rows of one speaker are not independent (Ren et al. 2010, Nonparametric
/// bootstrapping for hierarchical data, Journal of Applied Statistics 37(9), doi:10.1080/02664760903046102: draw the
/// highest level with replacement, keep all below). The interval is the percentile one; with few speakers, ten say,
/// it is somewhat too narrow.
/// </summary>
public static class ClusterBootstrap
{
    /// <summary>The interval of the pooled UAR.</summary>
    /// <param name="rows">Prediction rows in any order, at least one.</param>
    /// <param name="seed">Chooses the draws.</param>
    /// <param name="resamples">How many draws of as many speakers as there are.</param>
    /// <param name="confidence">The share of draws inside the interval, in (0, 1).</param>
    /// <returns>The interval, or null where there are fewer than two speakers to draw from.</returns>
    public static Interval? Uar(IReadOnlyCollection<PredictionRow> rows, int seed = 0, int resamples = 2000, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(rows);

        // The order of classes is that of the recalls' sum: by name, so that the order of rows never shows.
        string[] classes = [.. rows.SelectMany(r => (string[])[r.True, r.Predicted]).Distinct().Order(StringComparer.Ordinal)];
        return Of(new UnweightedAverageRecall(), rows, classes, new BootstrapOptions { Seed = seed, Resamples = resamples, Confidence = confidence });
    }

    /// <summary>The interval of any metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="rows">Prediction rows in any order, at least one.</param>
    /// <param name="classes">The classes, in the order of the rows' probabilities.</param>
    /// <param name="options">How to draw.</param>
    /// <returns>The interval, or null where there are fewer than two speakers to draw from.</returns>
    /// <exception cref="UndertoneException">The rows lack the probabilities that the metric needs.</exception>
    public static Interval? Of(Metric metric, IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes, BootstrapOptions? options = null) =>
        Draw([new ScoredRows(rows, classes)], [metric], options)?.Of(0, metric);

    /// <summary>
    /// Draws speakers once for several systems (or parts of the utterances) and metrics, so that what they have in common
    /// leaves their difference.
    /// </summary>
    /// <param name="systems">The rows of each; speakers that one of them lacks have no rows there.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="options">How to draw.</param>
    /// <returns>The draws, or null where there are fewer than two speakers to draw from.</returns>
    /// <exception cref="UndertoneException">A system has no rows, or lacks the probabilities that a metric needs.</exception>
    public static BootstrapDraws? Draw(IReadOnlyList<ScoredRows> systems, IReadOnlyList<Metric> metrics, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(systems);
        ArgumentNullException.ThrowIfNull(metrics);
        options ??= new BootstrapOptions();
        options.Check();
        string[] speakers = [.. systems.SelectMany(s => s.Rows).Select(r => r.Speaker).Distinct().Order(StringComparer.Ordinal)];
        return speakers.Length < 2 ? null : new BootstrapDraws(systems, metrics, speakers, options);
    }

    /// <summary>The UAR of pairs of rows and hits, one a class; a draw may lack a class, and its UAR is over those it has.</summary>
    internal static double UarOf(int[] sum)
    {
        double recalls = 0;
        var present = 0;
        for (var i = 0; i < sum.Length; i += 2)
        {
            if (sum[i] > 0)
            {
                recalls += sum[i + 1] / (double)sum[i];
                present++;
            }
        }

        return recalls / present;
    }

    /// <summary>Linear between order statistics: type 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566.</summary>
    internal static double Quantile(double[] sorted, double q)
    {
        var position = q * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}

/// <summary>A number with its uncertainty.</summary>
/// <param name="Estimate">The number itself, from all rows.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
/// <param name="Confidence">The share of draws between the bounds: 0.95.</param>
/// <param name="Clusters">How many speakers it was drawn from.</param>
public sealed record Interval(double Estimate, double Low, double High, double Confidence, int Clusters);
