namespace Undertone.Evaluation.Regression;

/// <summary>
/// Pearson's correlation of truth and prediction, in [-1, 1]. It forgives a wrong mean and a wrong scale, which
/// <see cref="ConcordanceCorrelation"/> does not. Where truth or prediction is constant it has no value (NaN), as in SciPy.
/// </summary>
public sealed class PearsonCorrelation : RegressionMetric
{
    /// <inheritdoc/>
    public override string Name => "pearson";

    /// <inheritdoc/>
    public override string Title => "Pearson";

    /// <inheritdoc/>
    public override string Description => "correlation";

    /// <inheritdoc/>
    protected override double Compute(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        if (IsConstant(truth) || IsConstant(predicted))
        {
            return double.NaN;
        }

        var moments = Moments.Of(truth, predicted);

        // Rounding may carry it a little past 1.
        return Math.Clamp(moments.Covariance / (Math.Sqrt(moments.TruthVariance) * Math.Sqrt(moments.PredictedVariance)), -1, 1);
    }
}
