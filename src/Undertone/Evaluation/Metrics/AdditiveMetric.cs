namespace Undertone.Evaluation.Metrics;

/// <summary>
/// A metric of sums over rows. The sums of several speakers together are the sums of each added up, so a bootstrap
/// that draws speakers adds a few numbers a draw and never looks at the rows again.
/// </summary>
public abstract class AdditiveMetric : Metric
{
    /// <summary>How many sums it needs.</summary>
    /// <param name="classes">How many classes there are.</param>
    public abstract int Length(int classes);

    /// <summary>Adds one row to the sums.</summary>
    /// <param name="row">The row.</param>
    /// <param name="truth">The position of its true class.</param>
    /// <param name="predicted">The position of its predicted class.</param>
    /// <param name="sums">The sums, as many as <see cref="Length"/>.</param>
    public abstract void Add(PredictionRow row, int truth, int predicted, Span<double> sums);

    /// <summary>The metric of the sums of at least one row.</summary>
    /// <param name="sums">The sums, as many as <see cref="Length"/>.</param>
    /// <param name="classes">How many classes there are.</param>
    public abstract double FromSums(ReadOnlySpan<double> sums, int classes);

    /// <summary>The sums of rows.</summary>
    /// <param name="rows">The rows; each true and predicted class is among the classes.</param>
    /// <param name="classes">The classes, in the order of the rows' probabilities.</param>
    public double[] Sums(IEnumerable<PredictionRow> rows, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(classes);
        var position = Positions(classes);
        var sums = new double[Length(classes.Count)];
        foreach (var row in rows)
        {
            Add(row, position[row.True], position[row.Predicted], sums);
        }

        return sums;
    }

    /// <inheritdoc/>
    protected override double Compute(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes) =>
        FromSums(Sums(rows, classes), classes.Count);
}
