using MathNet.Numerics.Statistics;

namespace Undertone.Evaluation.Regression;

/// <summary>
/// How far a regression's number would move with other speakers: the bootstrap with speakers drawn in place of rows, as
/// <see cref="ClusterBootstrap"/> does for classes and with the same draws for the same seed and number of speakers.
/// A draw in which the number has no value is passed over; where that happens to more than half of the draws the bounds
/// are NaN.
/// </summary>
public static class RegressionBootstrap
{
    /// <summary>The interval of one target's number.</summary>
    /// <param name="metric">The number.</param>
    /// <param name="rows">Rows in any order, at least one.</param>
    /// <param name="target">The position of the target in the rows' values.</param>
    /// <param name="seed">Chooses the draws.</param>
    /// <param name="resamples">How many draws of as many speakers as there are.</param>
    /// <param name="confidence">The share of draws inside the interval, in (0, 1).</param>
    /// <returns>The interval, or null where there are fewer than two speakers to draw from.</returns>
    public static Interval? Of(
        RegressionMetric metric, IReadOnlyCollection<RegressionRow> rows, int target, int seed = 0, int resamples = 2000, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Expected a share between 0 and 1.");
        }

        // A speaker's rows by name, so that the order of rows shows in no bit.
        var speakers = rows.GroupBy(r => r.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.OrderBy(r => r.Utterance, StringComparer.Ordinal).Select(r => (r.True[target], r.Predicted[target])).ToArray())
            .ToArray();
        if (speakers.Length < 2)
        {
            return null;
        }

        var random = SeededRandom.From(seed, "cluster-bootstrap");
        var values = new List<double>(resamples);
        var drawn = new int[speakers.Length];
        for (var b = 0; b < resamples; b++)
        {
            for (var s = 0; s < drawn.Length; s++)
            {
                drawn[s] = random.NextInt(speakers.Length);
            }

            if (Score(drawn) is var value && !double.IsNaN(value))
            {
                values.Add(value);
            }
        }

        var sorted = values.Order().ToArray();
        var estimate = Score([.. Enumerable.Range(0, speakers.Length)]);
        return 2 * sorted.Length < resamples
            ? new Interval(estimate, double.NaN, double.NaN, confidence, speakers.Length)
            : new Interval(estimate, Bound((1 - confidence) / 2), Bound((1 + confidence) / 2), confidence, speakers.Length);

        double Bound(double q) => SortedArrayStatistics.QuantileCustom(sorted, q, QuantileDefinition.R7);

        double Score(int[] taken)
        {
            var count = taken.Sum(s => speakers[s].Length);
            var (truth, predicted) = (new double[count], new double[count]);
            var at = 0;
            foreach (var s in taken)
            {
                foreach (var (t, p) in speakers[s])
                {
                    (truth[at], predicted[at]) = (t, p);
                    at++;
                }
            }

            return metric.Score(truth, predicted);
        }
    }
}
