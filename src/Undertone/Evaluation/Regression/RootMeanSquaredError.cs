namespace Undertone.Evaluation.Regression;

/// <summary>The root of the mean squared error, RMSE, in the target's unit; 0 is perfect.</summary>
public sealed class RootMeanSquaredError : RegressionMetric
{
    /// <inheritdoc/>
    public override string Name => "rmse";

    /// <inheritdoc/>
    public override string Title => "RMSE";

    /// <inheritdoc/>
    public override string Description => "root of the mean squared error";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    protected override double Compute(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted) =>
        Math.Sqrt(new MeanSquaredError().Score(truth, predicted));
}
