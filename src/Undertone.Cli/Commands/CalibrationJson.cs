using System.Text.Json.Nodes;
using Undertone.Evaluation.Calibration;

namespace Undertone.Cli.Commands;

/// <summary>Calibration as JSON.</summary>
internal static class CalibrationJson
{
    private const int MostPoints = 200;

    public static JsonObject Of(CalibrationScores scores) => new()
    {
        ["ece"] = EvaluationJson.Number(scores.ExpectedError),
        ["ece_equal_count"] = EvaluationJson.Number(scores.EqualCount.ExpectedError),
        ["maximum_error"] = EvaluationJson.Number(scores.EqualWidth.MaximumError),
        ["brier"] = EvaluationJson.Number(scores.Brier),
        ["log_loss"] = EvaluationJson.Number(scores.LogLoss),
        ["area_under_risk_coverage"] = EvaluationJson.Number(scores.Coverage.AreaUnderRisk),
        ["reliability"] = Bins(scores.EqualWidth),
        ["reliability_equal_count"] = Bins(scores.EqualCount),
        ["coverage"] = EvaluationJson.List(Thinned(scores.Coverage.Points), p => new JsonObject
        {
            ["coverage"] = p.Coverage,
            ["threshold"] = p.Threshold,
            ["utterances"] = p.Count,
            ["classes"] = p.ClassesPresent,
            ["accuracy"] = EvaluationJson.Number(p.Accuracy),
            ["uar"] = EvaluationJson.Number(p.Uar),
        }),
    };

    public static JsonObject? Of(Recalibration? recalibration) => recalibration is null ? null : new()
    {
        ["temperatures"] = EvaluationJson.List(recalibration.Temperatures, t => JsonValue.Create(t)),
        ["shared_speakers"] = EvaluationJson.List(recalibration.SharedSpeakers, s => JsonValue.Create(s)),
        ["after"] = Of(recalibration.After),
    };

    private static JsonArray Bins(ReliabilityDiagram diagram) => EvaluationJson.List(diagram.Bins, b => new JsonObject
    {
        ["low"] = b.Low,
        ["high"] = b.High,
        ["utterances"] = b.Count,
        ["confidence"] = EvaluationJson.Number(b.Confidence),
        ["accuracy"] = EvaluationJson.Number(b.Accuracy),
    });

    /// <summary>A curve of a hundred thousand points is no clearer than one of two hundred; the last point is all rows.</summary>
    private static IEnumerable<CoveragePoint> Thinned(IReadOnlyList<CoveragePoint> points) => points.Count <= MostPoints
        ? points
        : Enumerable.Range(1, MostPoints).Select(i => points[(int)((long)i * points.Count / MostPoints) - 1]);
}
