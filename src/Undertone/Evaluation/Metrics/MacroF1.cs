namespace Undertone.Evaluation.Metrics;

/// <summary>
/// The mean F1 of the classes that occur in truth or prediction. F1 is 2 TP / (2 TP + FP + FN), so a class that occurs
/// in only one of the two has an F1 of 0; scikit-learn's <c>f1_score</c> does the same.
/// </summary>
public sealed class MacroF1 : ConfusionMetric
{
    /// <inheritdoc/>
    public override string Name => "macro-f1";

    /// <inheritdoc/>
    public override string Title => "macro F1";

    /// <inheritdoc/>
    public override string Description => "mean F1 of the classes";

    /// <inheritdoc/>
    public override bool IsShare => true;

    /// <inheritdoc/>
    public override double Score(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        double sum = 0;
        var present = 0;
        for (var c = 0; c < confusion.Classes.Count; c++)
        {
            if (confusion.Support(c) + confusion.Predicted(c) is > 0 and var below)
            {
                sum += 2.0 * confusion[c, c] / below;
                present++;
            }
        }

        return sum / present;
    }
}
