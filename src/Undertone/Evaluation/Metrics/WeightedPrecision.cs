namespace Undertone.Evaluation.Metrics;

/// <summary>
/// The mean precision of the classes, each weighted by its rows. A class that is never predicted counts 0 (see
/// <see cref="MacroPrecision"/>); a class that no row is truly of weighs nothing. scikit-learn's
/// <c>precision_score(average="weighted")</c> does the same.
/// </summary>
public sealed class WeightedPrecision : ConfusionMetric
{
    /// <inheritdoc/>
    public override string Name => "weighted-precision";

    /// <inheritdoc/>
    public override string Title => "weighted precision";

    /// <inheritdoc/>
    public override string Description => "mean precision weighted by utterances";

    /// <inheritdoc/>
    public override bool IsShare => true;

    /// <inheritdoc/>
    public override double Score(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        double sum = 0;
        for (var c = 0; c < confusion.Classes.Count; c++)
        {
            if (confusion.Predicted(c) is > 0 and var predicted)
            {
                sum += confusion.Support(c) * (confusion[c, c] / (double)predicted);
            }
        }

        return sum / confusion.Total;
    }
}
