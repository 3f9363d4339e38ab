namespace Undertone.Evaluation.Metrics;

/// <summary>
/// Cohen's kappa (Cohen 1960, doi:10.1177/001316446002000104) of truth and prediction, in [-1, 1]: the agreement beyond
/// that of chance, given how often each class is true and predicted. 0 is a guess, 1 is perfect. Where every row is
/// truly of one class and predicted as this class, chance alone agrees fully and kappa has no value (NaN), as in
/// scikit-learn.
/// </summary>
public sealed class CohensKappa : ConfusionMetric
{
    /// <inheritdoc/>
    public override string Name => "kappa";

    /// <inheritdoc/>
    public override string Title => "Cohen's kappa";

    /// <inheritdoc/>
    public override string Description => "agreement beyond chance";

    /// <inheritdoc/>
    public override double Score(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        double total = confusion.Total;
        double byChance = 0;
        for (var c = 0; c < confusion.Classes.Count; c++)
        {
            byChance += (double)confusion.Support(c) * confusion.Predicted(c);
        }

        // Both sides times the squared count, which are whole numbers: 0 / 0 stays exactly that.
        return ((confusion.Correct * total) - byChance) / ((total * total) - byChance);
    }
}
