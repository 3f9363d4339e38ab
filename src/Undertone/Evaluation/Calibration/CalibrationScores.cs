namespace Undertone.Evaluation.Calibration;

/// <summary>All that is said of how far a system's probabilities can be believed.</summary>
public sealed record CalibrationScores
{
    private CalibrationScores(PredictionTable table)
    {
        ExpectedError = new ExpectedCalibrationError().Evaluate(table.Rows, table.Classes);
        Brier = new BrierScore().Evaluate(table.Rows, table.Classes);
        LogLoss = new LogLoss().Evaluate(table.Rows, table.Classes);
        EqualWidth = ReliabilityDiagram.EqualWidth(table);
        EqualCount = ReliabilityDiagram.EqualCount(table);
        Coverage = CoverageCurve.Of(table);
    }

    /// <summary>ECE in bins of equal width, in [0, 1] (<see cref="ExpectedCalibrationError"/>).</summary>
    public double ExpectedError { get; }

    /// <summary>Brier score, in [0, 2] (<see cref="BrierScore"/>).</summary>
    public double Brier { get; }

    /// <summary>Log loss (<see cref="Calibration.LogLoss"/>).</summary>
    public double LogLoss { get; }

    /// <summary>The reliability diagram in bins of equal width.</summary>
    public ReliabilityDiagram EqualWidth { get; }

    /// <summary>The reliability diagram in bins of equally many rows.</summary>
    public ReliabilityDiagram EqualCount { get; }

    /// <summary>Accuracy against coverage.</summary>
    public CoverageCurve Coverage { get; }

    /// <summary>Computes the scores.</summary>
    /// <param name="table">Predictions with probabilities, at least one row.</param>
    /// <exception cref="UndertoneException">There are no rows, or no probabilities.</exception>
    public static CalibrationScores From(PredictionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new CalibrationScores(table);
    }
}
