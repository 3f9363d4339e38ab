namespace Undertone.Evaluation;

/// <summary>
/// How far a UAR would move with other speakers: the bootstrap (Efron 1979, doi:10.1214/aos/1176344552) with speakers
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
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Expected a share between 0 and 1.");
        }

        var classes = rows.Select(r => r.True).Distinct().Order(StringComparer.Ordinal).Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i);
        var speakers = rows.GroupBy(r => r.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (speakers.Count < 2)
        {
            return null;
        }

        // UAR needs no more of a speaker than rows and hits a class.
        var counts = new int[speakers.Count][];
        for (var s = 0; s < counts.Length; s++)
        {
            counts[s] = new int[2 * classes.Count];
            foreach (var row in speakers[s])
            {
                var c = classes[row.True];
                counts[s][2 * c]++;
                counts[s][(2 * c) + 1] += row.Predicted == row.True ? 1 : 0;
            }
        }

        var random = SeededRandom.From(seed, "cluster-bootstrap");
        var draws = new double[resamples];
        var sum = new int[2 * classes.Count];
        for (var b = 0; b < resamples; b++)
        {
            Array.Clear(sum);
            for (var s = 0; s < counts.Length; s++)
            {
                Add(sum, counts[random.NextInt(counts.Length)]);
            }

            draws[b] = UarOf(sum);
        }

        Array.Sort(draws);
        Array.Clear(sum);
        foreach (var speaker in counts)
        {
            Add(sum, speaker);
        }

        return new Interval(UarOf(sum), Quantile(draws, (1 - confidence) / 2), Quantile(draws, (1 + confidence) / 2), confidence, speakers.Count);
    }

    private static void Add(int[] sum, int[] counts)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += counts[i];
        }
    }

    // A draw may lack a class; its UAR is over those it has, as everywhere.
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
