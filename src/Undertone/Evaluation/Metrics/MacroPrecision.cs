namespace Undertone.Evaluation.Metrics;

/// <summary>
/// The mean precision of the classes that occur in truth or prediction. A class that is never predicted has no
/// precision; here it counts 0, since leaving it out would reward a system that gives up a hard class. scikit-learn's
/// <c>precision_score</c> does the same.
/// </summary>
public sealed class MacroPrecision : ConfusionMetric
{
    /// <inheritdoc/>
    public override string Name => "macro-precision";

    /// <inheritdoc/>
    public override string Title => "macro precision";

    /// <inheritdoc/>
    public override string Description => "mean precision of the classes";

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
            var predicted = confusion.Predicted(c);
            sum += predicted > 0 ? confusion[c, c] / (double)predicted : 0;
            present += confusion.Support(c) + predicted > 0 ? 1 : 0;
        }

        return sum / present;
    }
}
