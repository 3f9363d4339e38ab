namespace Undertone.Models.Selection;

/// <summary>
/// Fisher's F of the one-way analysis of variance: how far the classes' means lie apart, measured by the spread within
/// classes. Each value is judged by itself.
/// </summary>
/// <remarks>F = (S_b / (C − 1)) / (S_w / (N − C)) over the C classes that are present; what scikit-learn's <c>f_classif</c> gives.</remarks>
public sealed class AnovaF : FeatureSelection
{
    /// <inheritdoc/>
    public override string Name => "anova-f";

    /// <inheritdoc/>
    public override string Summary => "Values whose class means lie far apart for their spread (F of the analysis of variance)";

    /// <inheritdoc/>
    public override string Citation => "Fisher 1925, Statistical Methods for Research Workers";

    /// <inheritdoc/>
    public override int[] Choose(ClassifierData data, int count)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Greatest([.. Columns(data).Select(c => Score(c, data.Labels, data.Classes))], count);
    }

    /// <summary>F of one column.</summary>
    /// <param name="column">N values.</param>
    /// <param name="labels">N indices of classes.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>F; 0 where nothing varies, infinite where nothing varies within classes.</returns>
    public static double Score(double[] column, IReadOnlyList<int> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(labels);
        var (counts, sums) = (new int[classes], new double[classes]);
        for (var n = 0; n < column.Length; n++)
        {
            counts[labels[n]]++;
            sums[labels[n]] += column[n];
        }

        var present = counts.Count(c => c > 0);
        var mean = sums.Sum() / column.Length;
        double between = 0, within = 0;
        for (var n = 0; n < column.Length; n++)
        {
            var own = sums[labels[n]] / counts[labels[n]];
            between += (own - mean) * (own - mean);
            within += (column[n] - own) * (column[n] - own);
        }

        // Rounding leaves a trace of spread in a value that does not vary, and the ratio of two traces means nothing.
        if (present < 2 || column.Max() - column.Min() == 0)
        {
            return 0;
        }

        return within == 0 ? double.PositiveInfinity : between / (present - 1) / (within / (column.Length - present));
    }
}
