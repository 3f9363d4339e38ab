namespace Undertone.Evaluation.Metrics;

/// <summary>A metric that the confusion matrix alone decides.</summary>
public abstract class ConfusionMetric : AdditiveMetric
{
    /// <summary>Computes the number.</summary>
    /// <param name="confusion">Counts of at least one row; a class that occurs neither in truth nor in prediction changes nothing.</param>
    public abstract double Score(ConfusionMatrix confusion);

    /// <inheritdoc/>
    public sealed override int Length(int classes) => classes * classes;

    /// <inheritdoc/>
    public sealed override void Add(PredictionRow row, int truth, int predicted, Span<double> sums) =>
        sums[(truth * (int)Math.Sqrt(sums.Length)) + predicted]++;

    /// <inheritdoc/>
    public sealed override double FromSums(ReadOnlySpan<double> sums, int classes)
    {
        var counts = new int[classes, classes];
        for (var t = 0; t < classes; t++)
        {
            for (var p = 0; p < classes; p++)
            {
                counts[t, p] = (int)sums[(t * classes) + p];
            }
        }

        return Score(new ConfusionMatrix(new string[classes], counts));
    }
}
