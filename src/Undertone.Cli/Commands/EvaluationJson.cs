using System.Text.Json.Nodes;
using Undertone.Evaluation;
using Undertone.Evaluation.Metrics;

namespace Undertone.Cli.Commands;

/// <summary>An evaluation as JSON: shares in [0, 1] at full precision, null where a number has no value.</summary>
internal static class EvaluationJson
{
    /// <summary>The version of both forms, of a classification and of a regression; a key more is no new version.</summary>
    public const int Format = 1;

    public static JsonObject Of(Evaluated evaluation)
    {
        var (table, scores) = (evaluation.Table, evaluation.Scores);
        var json = new JsonObject
        {
            ["format"] = Format,
            ["task"] = "classification",
            ["files"] = List(evaluation.Files, f => JsonValue.Create(f)),
            ["badge"] = evaluation.Badge,
            ["utterances"] = scores.Count,
        };
        foreach (var metric in MetricCatalog.Default.All)
        {
            json[Key(metric.Name)] = table.HasProbabilities || !metric.NeedsProbabilities ? Number(metric.Evaluate(table.Rows, table.Classes)) : null;
        }

        json["uar_interval"] = Interval(evaluation.Interval);
        json["intervals"] = new JsonObject(evaluation.Metrics.Select(m => KeyValuePair.Create(Key(m.Name), (JsonNode?)Interval(evaluation.IntervalOf(m)))));
        json["chance"] = Number(scores.Chance);
        json["rows_not_most_probable"] = table.NotMostProbable;
        json["speaker_uar"] = new JsonObject
        {
            ["mean"] = Number(scores.SpeakerUar.Mean),
            ["standard_deviation"] = Number(scores.SpeakerUar.StandardDeviation),
            ["min"] = Number(scores.SpeakerUar.Min),
            ["max"] = Number(scores.SpeakerUar.Max),
        };
        json["classes"] = List(scores.Classes.Zip(evaluation.ClassAuc), c => Class(c.First, c.Second));
        json["confusion"] = List(scores.Classes.Index(), t => List(scores.Classes.Index(), p => JsonValue.Create(scores.Confusion[t.Index, p.Index])));
        json["confusion_of_truth"] = Shares(scores.Confusion, ConfusionShare.OfTruth);
        json["confusion_of_prediction"] = Shares(scores.Confusion, ConfusionShare.OfPrediction);
        json["confusion_of_all"] = Shares(scores.Confusion, ConfusionShare.OfAll);
        json["speakers"] = List(scores.Speakers, s => new JsonObject
        {
            ["speaker"] = s.Speaker,
            ["utterances"] = s.Count,
            ["classes"] = s.ClassesPresent,
            ["uar"] = Number(s.Uar),
            ["accuracy"] = Number(s.Accuracy),
        });
        json["calibration"] = evaluation.Calibration is { } calibration ? CalibrationJson.Of(calibration) : null;
        json["temperature_scaling"] = CalibrationJson.Of(evaluation.Recalibration);
        return json;
    }

    /// <summary>A list.</summary>
    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> of) => new([.. items.Select(of)]);

    /// <summary>A number, or null where it has no value.</summary>
    public static JsonNode? Number(double value) => double.IsNaN(value) ? null : JsonValue.Create(value);

    /// <summary>An interval, or null where there is none.</summary>
    public static JsonObject? Interval(Interval? interval) => interval is null ? null : new()
    {
        ["low"] = Number(interval.Low),
        ["high"] = Number(interval.High),
        ["confidence"] = interval.Confidence,
        ["speakers"] = interval.Clusters,
    };

    private static string Key(string name) => name.Replace('-', '_');

    private static JsonObject Class(ClassScores scores, double auc) => new()
    {
        ["class"] = scores.Class,
        ["precision"] = Number(scores.Precision),
        ["recall"] = Number(scores.Recall),
        ["f1"] = Number(scores.F1),
        ["auc"] = Number(auc),
        ["support"] = scores.Support,
        ["predicted"] = scores.Predicted,
    };

    private static JsonArray Shares(ConfusionMatrix confusion, ConfusionShare by)
    {
        var shares = confusion.Normalised(by);
        return List(confusion.Classes.Index(), t => List(confusion.Classes.Index(), p => Number(shares[t.Index, p.Index])));
    }
}
