using Undertone.Evaluation;
using Undertone.Evaluation.Calibration;

namespace Undertone.Reports;

/// <summary>
/// How far a system's probabilities can be believed, over the test rows of all its trials; and again after temperature
/// scaling, one temperature a trial, fitted on that trial's own validation rows.
/// </summary>
/// <param name="Result">The system.</param>
/// <param name="Before">Calibration as the system says it.</param>
/// <param name="After">Calibration after scaling; null where a trial lacks validation rows with probabilities.</param>
/// <param name="Temperatures">The temperature of each trial, in their order; empty where there are none.</param>
public sealed record CalibrationResult(SystemResult Result, CalibrationScores Before, CalibrationScores? After, IReadOnlyList<double> Temperatures)
{
    /// <summary>Judges a system; null where its rows carry no probabilities.</summary>
    /// <param name="result">The system.</param>
    public static CalibrationResult? Of(SystemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Trials.Any(t => !t.Test.HasProbabilities))
        {
            return null;
        }

        var before = CalibrationScores.From(Pool(result.Trials, t => t.Test));
        if (result.Trials.Any(t => t.Validation is not { HasProbabilities: true }))
        {
            return new CalibrationResult(result, before, null, []);
        }

        var scalings = result.Trials.ToDictionary(t => t.Name, t => TemperatureScaling.Fit(t.Validation!));
        return new CalibrationResult(
            result, before, CalibrationScores.From(Pool(result.Trials, t => scalings[t.Name].Apply(t.Test))), [.. result.Trials.Select(t => scalings[t.Name].Temperature)]);
    }

    // Each seed tests the same utterances again: the trial's name tells the rows apart.
    private static PredictionTable Pool(IReadOnlyList<ReportTrial> trials, Func<ReportTrial, PredictionTable> rows) => PredictionTable.Pool(
    [
        .. trials.Select(t =>
        {
            var table = rows(t);
            return (t.Name, new PredictionTable(table.Classes, [.. table.Rows.Select(r => r with { Utterance = $"{t.Name}/{r.Utterance}" })]));
        }),
    ]);
}
