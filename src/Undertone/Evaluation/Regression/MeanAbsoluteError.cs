namespace Undertone.Evaluation.Regression;

/// <summary>The mean absolute error, MAE, in the target's unit; 0 is perfect.</summary>
public sealed class MeanAbsoluteError : RegressionMetric
{
    /// <inheritdoc/>
    public override string Name => "mae";

    /// <inheritdoc/>
    public override string Title => "MAE";

    /// <inheritdoc/>
    public override string Description => "mean absolute error";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    protected override double Compute(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        double sum = 0;
        for (var i = 0; i < truth.Length; i++)
        {
            sum += Math.Abs(truth[i] - predicted[i]);
        }

        return sum / truth.Length;
    }
}
