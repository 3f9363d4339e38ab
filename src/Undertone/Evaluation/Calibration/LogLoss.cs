using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation.Calibration;

/// <summary>
/// Log loss, also called cross entropy or negative log likelihood: the mean over rows of the negative natural logarithm
/// of the probability of the true class (Good 1952, Rational decisions, Journal of the Royal Statistical Society B
/// 14(1)); 0 is perfect. A probability below <see cref="Least"/> counts as that, so one certain mistake costs 36 and
/// not infinity, and each row is divided by its sum, since files carry few digits; scikit-learn's <c>log_loss</c> does
/// both.
/// </summary>
public sealed class LogLoss : RowMeanMetric
{
    /// <summary>The least probability that is told from 0: 2⁻⁵².</summary>
    public const double Least = 2.220446049250313e-16;

    /// <inheritdoc/>
    public override string Name => "log-loss";

    /// <inheritdoc/>
    public override string Title => "log loss";

    /// <inheritdoc/>
    public override string Description => "negative logarithm of the true class's probability";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override double OfRow(IReadOnlyList<double> probabilities, int truth)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        double sum = 0;
        for (var c = 0; c < probabilities.Count; c++)
        {
            sum += Math.Max(probabilities[c], Least);
        }

        // A certain and right row is -log(1 / (1 + tiny)), which may round below 0.
        return Math.Max(0, Math.Log(sum) - Math.Log(Math.Max(probabilities[truth], Least)));
    }
}
