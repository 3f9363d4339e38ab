using Undertone.Evaluation;

namespace Undertone.Experiments;

/// <summary>The scores of one finished trial, read from its predictions.</summary>
/// <param name="Uar">Unweighted average recall over the classes of the test part, in [0, 1].</param>
public sealed record TrialScores(double Uar)
{
    /// <summary>Reads a trial's predictions.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="trial">The trial's name.</param>
    /// <exception cref="UndertoneException">The file is missing or damaged.</exception>
    public static TrialScores Read(RunFolder folder, string trial)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new TrialScores(ClassificationScores.From(PredictionTable.Read(folder.TrialFile(trial, TrialFiles.Predictions))).Uar);
    }
}
