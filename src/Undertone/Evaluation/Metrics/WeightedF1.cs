namespace Undertone.Evaluation.Metrics;

/// <summary>
/// The mean F1 of the classes, each weighted by its rows. A class that no row is truly of weighs nothing;
/// scikit-learn's <c>f1_score(average="weighted")</c> does the same.
/// </summary>
public sealed class WeightedF1 : ConfusionMetric
{
    /// <inheritdoc/>
    public override string Name => "weighted-f1";

    /// <inheritdoc/>
    public override string Title => "weighted F1";

    /// <inheritdoc/>
    public override string Description => "mean F1 weighted by utterances";

    /// <inheritdoc/>
    public override bool IsShare => true;

    /// <inheritdoc/>
    public override double Score(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        double sum = 0;
        for (var c = 0; c < confusion.Classes.Count; c++)
        {
            if (confusion.Support(c) is > 0 and var support)
            {
                sum += support * (2.0 * confusion[c, c] / (support + confusion.Predicted(c)));
            }
        }

        return sum / confusion.Total;
    }
}
