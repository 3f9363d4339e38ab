namespace Undertone.Evaluation.Regression;

/// <summary>The mean squared error, MSE, in the target's unit squared; 0 is perfect.</summary>
public sealed class MeanSquaredError : RegressionMetric
{
    /// <inheritdoc/>
    public override string Name => "mse";

    /// <inheritdoc/>
    public override string Title => "MSE";

    /// <inheritdoc/>
    public override string Description => "mean squared error";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    protected override double Compute(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted)
    {
        double sum = 0;
        for (var i = 0; i < truth.Length; i++)
        {
            sum += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
        }

        return sum / truth.Length;
    }
}
