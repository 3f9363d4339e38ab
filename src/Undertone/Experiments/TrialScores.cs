namespace Undertone.Experiments;

/// <summary>The scores of one finished trial, read from its predictions.</summary>
/// <param name="Uar">Unweighted average recall over the classes of the test part, in [0, 1].</param>
public sealed record TrialScores(double Uar)
{
    /// <summary>Reads a trial's predictions.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="trial">The trial's name.</param>
    public static TrialScores Read(RunFolder folder, string trial)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var rows = File.ReadLines(folder.TrialFile(trial, TrialFiles.Predictions)).Skip(1).Select(l => l.Split(',')).ToList();
        return new TrialScores(rows.GroupBy(r => r[2]).Average(c => c.Average(r => r[3] == r[2] ? 1.0 : 0.0)));
    }
}
