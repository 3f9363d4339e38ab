namespace Undertone.Evaluation.Metrics;

/// <summary>
/// The Matthews correlation coefficient of any number of classes, R_K of Gorodkin 2004
/// (doi:10.1016/j.compbiolchem.2004.09.006), in [-1, 1]: the correlation of truth and prediction as indicator vectors.
/// 0 is a guess, 1 is perfect. Where truth or prediction is one class throughout there is no correlation; the number
/// is then 0, as in scikit-learn.
/// </summary>
public sealed class MatthewsCorrelation : ConfusionMetric
{
    /// <inheritdoc/>
    public override string Name => "mcc";

    /// <inheritdoc/>
    public override string Title => "MCC";

    /// <inheritdoc/>
    public override string Description => "Matthews correlation of truth and prediction";

    /// <inheritdoc/>
    public override double Score(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        double total = confusion.Total;
        double both = 0, truth = 0, predicted = 0;
        for (var c = 0; c < confusion.Classes.Count; c++)
        {
            double t = confusion.Support(c), p = confusion.Predicted(c);
            both += t * p;
            truth += t * t;
            predicted += p * p;
        }

        var spread = ((total * total) - truth) * ((total * total) - predicted);
        return spread > 0 ? ((confusion.Correct * total) - both) / Math.Sqrt(spread) : 0;
    }
}
