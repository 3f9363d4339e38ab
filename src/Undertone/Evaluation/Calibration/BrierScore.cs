using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation.Calibration;

/// <summary>
/// The Brier score of any number of classes in its first form (Brier 1950,
/// doi:10.1175/1520-0493(1950)078&lt;0001:VOFEIT&gt;2.0.CO;2): the mean over rows of the sum over classes of
/// (probability - truth)², in [0, 2]; 0 is perfect. With two classes it is twice scikit-learn's
/// <c>brier_score_loss</c>, which looks at one class only. The probabilities are taken as they stand.
/// </summary>
public sealed class BrierScore : RowMeanMetric
{
    /// <inheritdoc/>
    public override string Name => "brier";

    /// <inheritdoc/>
    public override string Title => "Brier score";

    /// <inheritdoc/>
    public override string Description => "squared error of the probabilities, 0 to 2";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override double OfRow(IReadOnlyList<double> probabilities, int truth)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        double sum = 0;
        for (var c = 0; c < probabilities.Count; c++)
        {
            var error = probabilities[c] - (c == truth ? 1 : 0);
            sum += error * error;
        }

        return sum;
    }
}
