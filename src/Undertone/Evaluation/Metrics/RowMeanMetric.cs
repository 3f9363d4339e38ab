namespace Undertone.Evaluation.Metrics;

/// <summary>A metric that is the mean of one number of each row's probabilities, such as a proper score.</summary>
public abstract class RowMeanMetric : AdditiveMetric
{
    /// <inheritdoc/>
    public sealed override bool NeedsProbabilities => true;

    /// <summary>The number of one row.</summary>
    /// <param name="probabilities">Its probabilities, length C.</param>
    /// <param name="truth">The position of its true class.</param>
    public abstract double OfRow(IReadOnlyList<double> probabilities, int truth);

    /// <inheritdoc/>
    public sealed override int Length(int classes) => 2;

    /// <inheritdoc/>
    public sealed override void Add(PredictionRow row, int truth, int predicted, Span<double> sums)
    {
        ArgumentNullException.ThrowIfNull(row);
        sums[0] += OfRow(row.Probabilities!, truth);
        sums[1]++;
    }

    /// <inheritdoc/>
    public sealed override double FromSums(ReadOnlySpan<double> sums, int classes) => sums[0] / sums[1];
}
