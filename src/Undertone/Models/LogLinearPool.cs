using Undertone.Models.Mixtures;

namespace Undertone.Models;

/// <summary>
/// Joins what several systems say of one utterance: p(c) ∝ Π pₘ(c)^wₘ, the logarithmic opinion pool (Genest &amp; Zidek 1986,
/// doi:10.1214/ss/1177013825), with weights of at least 0 that are learned from utterances which no system heard. Weights
/// need not sum to 1: together they also say how sure the pool may be.
/// </summary>
public sealed class LogLinearPool
{
    // No validation set is large enough to show that a class is impossible.
    private const double LeastProbability = 1e-4;
    private const int Steps = 2000;
    private const double Enough = 1e-9;

    private readonly double[] _weights;

    /// <summary>Makes a pool of known weights.</summary>
    /// <param name="weights">The weight of each system, M, at least 0.</param>
    /// <exception cref="UndertoneException">There is none, or one is negative or not finite.</exception>
    public LogLinearPool(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights.Count > 0 && weights.All(w => w >= 0 && double.IsFinite(w))
            ? [.. weights]
            : throw new UndertoneException($"a pool needs at least one weight, each at least 0; found [{string.Join(", ", weights)}].");
    }

    /// <summary>The weight of each system, M.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>All systems alike, their geometric mean: what is to be had without utterances to learn from.</summary>
    /// <param name="systems">The number of systems M, at least 1.</param>
    public static LogLinearPool Equal(int systems) => new([.. Enumerable.Repeat(1.0 / systems, systems)]);

    /// <summary>
    /// Learns the weights: they minimise the log loss, every class counting the same, and their squared distance to equal
    /// weights. Both are convex, so there is one minimum; it is found by projected gradients.
    /// </summary>
    /// <param name="rows">N utterances × M systems × C probabilities.</param>
    /// <param name="labels">N indices of classes.</param>
    /// <param name="shrinkage">How strongly weights are drawn to equal ones, above 0.</param>
    /// <param name="systems">The number of systems M.</param>
    /// <returns>The pool; <see cref="Equal"/> where there are no rows.</returns>
    public static LogLinearPool Fit(IReadOnlyList<float[][]> rows, IReadOnlyList<int> labels, double shrinkage, int systems)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shrinkage);
        if (rows.Count == 0)
        {
            return Equal(systems);
        }

        double[][][] logs = [.. rows.Select(r => r.Select(Logs).ToArray())];
        var costs = ClassifierData.BalancedWeights(labels, logs[0][0].Length);
        var weights = Equal(systems)._weights;
        var (loss, slope) = Loss(logs, labels, costs, weights, shrinkage);
        var step = 1.0;
        for (var i = 0; i < Steps; i++)
        {
            double[] next = [.. weights.Select((w, m) => Math.Max(0, w - (step * slope[m])))];
            var distance = next.Zip(weights, (a, b) => (a - b) * (a - b)).Sum();
            if (distance < Enough * Enough)
            {
                break;
            }

            var (nextLoss, nextSlope) = Loss(logs, labels, costs, next, shrinkage);
            if (nextLoss > loss - (0.25 * distance / step))
            {
                step /= 2;
                continue;
            }

            (weights, loss, slope) = (next, nextLoss, nextSlope);
            step *= 1.5;
        }

        return new LogLinearPool(weights);
    }

    /// <summary>Joins the systems' probabilities of one utterance.</summary>
    /// <param name="rows">M systems × C probabilities.</param>
    /// <returns>C probabilities that sum to 1.</returns>
    public double[] Apply(float[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Pool([.. rows.Select(Logs)], _weights);
    }

    private static double[] Logs(float[] probabilities) => Array.ConvertAll(probabilities, p => Math.Log(Math.Max(p, LeastProbability)));

    private static double[] Pool(double[][] logs, double[] weights)
    {
        var shares = new double[logs[0].Length];
        for (var c = 0; c < shares.Length; c++)
        {
            for (var m = 0; m < weights.Length; m++)
            {
                shares[c] += weights[m] * logs[m][c];
            }
        }

        LogDomain.Normalise(shares);
        return shares;
    }

    private static (double Loss, double[] Slope) Loss(double[][][] logs, IReadOnlyList<int> labels, double[] costs, double[] weights, double shrinkage)
    {
        var loss = 0.0;
        var slope = new double[weights.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            var (truth, cost) = (labels[i], costs[labels[i]] / logs.Length);
            var shares = Pool(logs[i], weights);
            loss -= cost * Math.Log(Math.Max(shares[truth], double.Epsilon));
            for (var m = 0; m < weights.Length; m++)
            {
                slope[m] += cost * (shares.Select((p, c) => p * logs[i][m][c]).Sum() - logs[i][m][truth]);
            }
        }

        for (var m = 0; m < weights.Length; m++)
        {
            var difference = weights[m] - (1.0 / weights.Length);
            loss += shrinkage / 2 * difference * difference;
            slope[m] += shrinkage * difference;
        }

        return (loss, slope);
    }
}
