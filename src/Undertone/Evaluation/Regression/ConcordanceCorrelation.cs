namespace Undertone.Evaluation.Regression;

/// <summary>
/// The concordance correlation coefficient, CCC (Lin 1989, doi:10.2307/2532051), in [-1, 1]: how near the points lie to
/// the line on which truth and prediction are equal. Variances and covariance have n below, as in Lin. 0 is a guess, 1
/// is perfect. Where truth or prediction is constant there is no covariance and it is 0; where both are the same
/// constant there is nothing to agree on, and no value (NaN).
/// </summary>
public sealed class ConcordanceCorrelation : RegressionMetric
{
    /// <inheritdoc/>
    public override string Name => "ccc";

    /// <inheritdoc/>
    public override string Title => "CCC";

    /// <inheritdoc/>
    public override string Description => "concordance correlation";

    /// <inheritdoc/>
    protected override double Compute(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        if (IsConstant(truth) || IsConstant(predicted))
        {
            return IsConstant(truth) && IsConstant(predicted) && truth[0] == predicted[0] ? double.NaN : 0;
        }

        var moments = Moments.Of(truth, predicted);
        var shift = moments.TruthMean - moments.PredictedMean;
        return 2 * moments.Covariance / (moments.TruthVariance + moments.PredictedVariance + (shift * shift));
    }
}
