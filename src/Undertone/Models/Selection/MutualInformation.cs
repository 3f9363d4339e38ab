using MathNet.Numerics;

namespace Undertone.Models.Selection;

/// <summary>
/// The mutual information of a value and the class, by nearest neighbours: any dependence counts, not that of means alone.
/// Each value is judged by itself.
/// </summary>
/// <remarks>
/// Ross 2014, doi:10.1371/journal.pone.0087357: how far the third neighbour of the same class lies, and how many of all
/// classes lie nearer than that. It is the estimate of scikit-learn's <c>mutual_info_classif</c> without the noise that this
/// adds against ties. Classes of a single row are left out, as there.
/// </remarks>
public sealed class MutualInformation : FeatureSelection
{
    /// <summary>Which neighbour of the same class is looked for.</summary>
    public const int Neighbours = 3;

    /// <inheritdoc/>
    public override string Name => "mutual-information";

    /// <inheritdoc/>
    public override string Summary => "Values that tell most about the class, each by itself (mutual information by nearest neighbours)";

    /// <inheritdoc/>
    public override string Citation => "Ross 2014, doi:10.1371/journal.pone.0087357";

    /// <inheritdoc/>
    public override int[] Choose(ClassifierData data, int count)
    {
        ArgumentNullException.ThrowIfNull(data);
        var scores = new double[data.Dimensions];
        var columns = Columns(data);
        var digamma = Digamma(data.Labels.Count);
        for (var d = 0; d < scores.Length; d++)
        {
            data.Cancellation.ThrowIfCancellationRequested();
            scores[d] = Score(columns[d], data.Labels, data.Classes, digamma);
        }

        return Greatest(scores, count);
    }

    /// <summary>The mutual information of one column and the class.</summary>
    /// <param name="column">N values.</param>
    /// <param name="labels">N indices of classes.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>Nats, at least 0.</returns>
    public static double Score(double[] column, IReadOnlyList<int> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(labels);
        return Score(column, labels, classes, Digamma(column.Length));
    }

    private static double[] Digamma(int rows) => [.. Enumerable.Range(0, rows + 1).Select(n => n == 0 ? 0 : SpecialFunctions.DiGamma(n))];

    private static double Score(double[] column, IReadOnlyList<int> labels, int classes, double[] digamma)
    {
        var byClass = new List<double>[classes];
        for (var c = 0; c < classes; c++)
        {
            byClass[c] = [];
        }

        for (var n = 0; n < column.Length; n++)
        {
            byClass[labels[n]].Add(column[n]);
        }

        double[][] kept = [.. byClass.Where(c => c.Count > 1).Select(c => c.ToArray())];
        double[] all = [.. kept.SelectMany(c => c)];
        Array.Sort(all);
        double sum = 0;
        foreach (var own in kept)
        {
            Array.Sort(own);
            var neighbours = Math.Min(Neighbours, own.Length - 1);
            for (var p = 0; p < own.Length; p++)
            {
                // Those nearer than the last neighbour; of equal values, those equal.
                var radius = Radius(own, p, neighbours);
                radius = radius > 0 ? Math.BitDecrement(radius) : 0;
                sum += digamma[neighbours] - digamma[own.Length] - digamma[Within(all, own[p], radius)];
            }
        }

        return all.Length == 0 ? 0 : Math.Max(0, digamma[all.Length] + (sum / all.Length));
    }

    /// <summary>The distance to the k-th neighbour: the nearest k lie side by side in sorted values.</summary>
    private static double Radius(double[] sorted, int at, int neighbours)
    {
        var least = double.PositiveInfinity;
        for (var first = Math.Max(0, at - neighbours); first <= at && first + neighbours < sorted.Length; first++)
        {
            least = Math.Min(least, Math.Max(sorted[at] - sorted[first], sorted[first + neighbours] - sorted[at]));
        }

        return least;
    }

    private static int Within(double[] sorted, double centre, double radius)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = centre - sorted[middle] > radius ? (middle + 1, high) : (low, middle);
        }

        var first = low;
        high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] - centre <= radius ? (middle + 1, high) : (low, middle);
        }

        return low - first;
    }
}
