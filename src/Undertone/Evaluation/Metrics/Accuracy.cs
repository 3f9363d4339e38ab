namespace Undertone.Evaluation.Metrics;

/// <summary>The share of rows whose prediction is right; the field also calls it weighted accuracy, WA. Weighted recall is the same number.</summary>
public sealed class Accuracy : ConfusionMetric
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override string Title => "accuracy";

    /// <inheritdoc/>
    public override string Description => "share of utterances that are right";

    /// <inheritdoc/>
    public override bool IsShare => true;

    /// <inheritdoc/>
    public override double Score(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        return confusion.Correct / (double)confusion.Total;
    }
}
