using System.Text.Json.Nodes;
using Undertone.Evaluation;

namespace Undertone.Cli.Commands;

/// <summary>An evaluation as JSON: shares in [0, 1] at full precision, null where a number has no value.</summary>
internal static class EvaluationJson
{
    private const int Format = 1;

    public static JsonObject Of(Evaluated evaluation)
    {
        var scores = evaluation.Scores;
        return new JsonObject
        {
            ["format"] = Format,
            ["files"] = List(evaluation.Files, f => JsonValue.Create(f)),
            ["badge"] = evaluation.Badge,
            ["utterances"] = scores.Count,
            ["uar"] = Number(scores.Uar),
            ["uar_interval"] = evaluation.Interval is { } i
                ? new JsonObject { ["low"] = i.Low, ["high"] = i.High, ["confidence"] = i.Confidence, ["speakers"] = i.Clusters }
                : null,
            ["chance"] = Number(scores.Chance),
            ["accuracy"] = Number(scores.Accuracy),
            ["macro_f1"] = Number(scores.MacroF1),
            ["weighted_f1"] = Number(scores.WeightedF1),
            ["rows_not_most_probable"] = evaluation.Table.NotMostProbable,
            ["speaker_uar"] = new JsonObject
            {
                ["mean"] = Number(scores.SpeakerUar.Mean),
                ["standard_deviation"] = Number(scores.SpeakerUar.StandardDeviation),
                ["min"] = Number(scores.SpeakerUar.Min),
                ["max"] = Number(scores.SpeakerUar.Max),
            },
            ["classes"] = List(scores.Classes, c => new JsonObject
            {
                ["class"] = c.Class,
                ["precision"] = Number(c.Precision),
                ["recall"] = Number(c.Recall),
                ["f1"] = Number(c.F1),
                ["support"] = c.Support,
                ["predicted"] = c.Predicted,
            }),
            ["confusion"] = List(scores.Classes.Index(), t => List(scores.Classes.Index(), p => JsonValue.Create(scores.Confusion[t.Index, p.Index]))),
            ["speakers"] = List(scores.Speakers, s => new JsonObject
            {
                ["speaker"] = s.Speaker,
                ["utterances"] = s.Count,
                ["classes"] = s.ClassesPresent,
                ["uar"] = Number(s.Uar),
                ["accuracy"] = Number(s.Accuracy),
            }),
        };
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> of) => new([.. items.Select(of)]);

    private static JsonNode? Number(double value) => double.IsNaN(value) ? null : JsonValue.Create(value);
}
