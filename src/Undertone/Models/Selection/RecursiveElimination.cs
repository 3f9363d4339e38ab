using Undertone.Models.SupportVectors;

namespace Undertone.Models.Selection;

/// <summary>
/// Recursive feature elimination: a linear support vector machine is fitted, the values that it weighs least are dropped, and
/// so on with those that are left. Values are judged together, by what a classifier makes of them.
/// </summary>
/// <remarks>
/// Guyon et al. 2002, doi:10.1023/A:1012487302797: the criterion is the squared weight, summed here over the pairs of
/// classes. A fifth of what is left is dropped a round, at least one. An error costs 1 / (mean squared length of a row), since
/// the cost that fits a machine depends on how many values there are.
/// </remarks>
public sealed class RecursiveElimination : FeatureSelection
{
    private const double DroppedARound = 0.2;

    /// <inheritdoc/>
    public override string Name => "recursive-elimination";

    /// <inheritdoc/>
    public override string Summary => "Values that a linear support vector machine weighs most, the least dropped round by round";

    /// <inheritdoc/>
    public override string Citation => "Guyon et al. 2002, doi:10.1023/A:1012487302797";

    /// <inheritdoc/>
    public override int[] Choose(ClassifierData data, int count)
    {
        ArgumentNullException.ThrowIfNull(data);
        var rows = data.Rows("feature selection");
        int[] left = [.. Enumerable.Range(0, data.Dimensions)];
        int[] everyRow = [.. Enumerable.Range(0, rows.Length)];
        while (true)
        {
            data.Cancellation.ThrowIfCancellationRequested();
            float[][] narrow = [.. rows.Select(r => Array.ConvertAll(left, d => r[d]))];
            using var problem = new SvmProblem(narrow, SvmKernel.Linear, 0, data.Cancellation);
            var length = everyRow.Average(i => problem[i, i]);
            var fit = problem.Fit(everyRow, data.Labels, data.ClassWeights, length > 0 ? 1 / length : 1);
            var directions = SupportVectorMachine.Directions(
                fit.Labels.Length, [.. fit.Support.Select(s => Array.IndexOf(fit.Labels, data.Labels[s]))], [.. fit.Support.Select(s => narrow[s])], fit.Coefficients);
            double[] weights = [.. left.Select((_, d) => directions.Sum(w => w[d] * w[d]))];
            var keep = left.Length == count ? count : Math.Max(count, left.Length - Math.Max(1, (int)(left.Length * DroppedARound)));
            int[] ranked = [.. Greatest(weights, keep).Select(d => left[d])];
            if (left.Length == count)
            {
                return ranked;
            }

            left = [.. ranked.Order()];
        }
    }
}
