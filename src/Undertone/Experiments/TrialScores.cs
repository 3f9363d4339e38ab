using Undertone.Evaluation;
using Undertone.Evaluation.Regression;

namespace Undertone.Experiments;

/// <summary>The score of one finished trial, read from its predictions.</summary>
/// <param name="Uar">Unweighted average recall over the classes of the test part, in [0, 1]; NaN in a regression.</param>
/// <param name="Ccc">A regression's mean CCC over targets, in [-1, 1]; NaN where classes are told apart.</param>
public sealed record TrialScores(double Uar, double Ccc = double.NaN)
{
    /// <summary>The score that the trial has: <see cref="Uar"/>, or in a regression <see cref="Ccc"/>.</summary>
    public double Value => double.IsNaN(Uar) ? Ccc : Uar;

    /// <summary>Reads a trial's predictions.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="trial">The trial's name.</param>
    /// <exception cref="UndertoneException">The file is missing or damaged.</exception>
    public static TrialScores Read(RunFolder folder, string trial)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = folder.TrialFile(trial, TrialFiles.Predictions);
        return RegressionTable.IsRegression(path)
            ? new TrialScores(double.NaN, RegressionScores.From(RegressionTable.Read(path)).MeanCcc)
            : new TrialScores(ClassificationScores.From(PredictionTable.Read(path)).Uar);
    }
}
