namespace Undertone.Training;

/// <summary>One row of <c>history.csv</c>.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean training loss.</param>
/// <param name="ValidationLoss">Mean validation loss; NaN without validation utterances.</param>
/// <param name="ValidationUar">Validation UAR in [0, 1]; NaN without validation utterances, and in a regression.</param>
/// <param name="Seconds">Wall-clock seconds since training began.</param>
public sealed record EpochRecord(int Epoch, double TrainLoss, double ValidationLoss, double ValidationUar, double Seconds)
{
    /// <summary>The mean over targets of a regression's validation CCC, in [-1, 1]; NaN without validation utterances, and where classes are learned.</summary>
    public double ValidationCcc { get; init; } = double.NaN;
}
