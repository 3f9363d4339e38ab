using System.Text.Json.Nodes;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Evaluation;
using Undertone.Evaluation.Regression;

namespace Undertone.Cli.Commands;

/// <summary>What <c>undertone evaluate</c> says of a regression: each target's scores, over all rows and by speaker.</summary>
internal static class RegressionEvaluation
{
    public static JsonObject Json(IReadOnlyList<string> files, string badge, RegressionScores scores, IReadOnlyList<Interval?> intervals) => new()
    {
        ["format"] = EvaluationJson.Format,
        ["task"] = "regression",
        ["files"] = EvaluationJson.List(files, f => JsonValue.Create(f)),
        ["badge"] = badge,
        ["utterances"] = scores.Count,
        ["mean_ccc"] = EvaluationJson.Number(scores.MeanCcc),
        ["targets"] = EvaluationJson.List(scores.Targets.Zip(intervals), t =>
        {
            var target = Target(t.First);
            target["ccc_interval"] = EvaluationJson.Interval(t.Second);
            return target;
        }),
        ["speakers"] = EvaluationJson.List(scores.Speakers, s => new JsonObject
        {
            ["speaker"] = s.Speaker,
            ["utterances"] = s.Count,
            ["targets"] = EvaluationJson.List(s.Targets, Target),
        }),
    };

    public static void Print(string badge, RegressionScores scores, IReadOnlyList<Interval?> intervals)
    {
        var console = ScoreTables.CreateConsole();
        console.WriteLine($"{Figures.Count(scores.Count, "utterance")} of {Figures.Count(scores.Speakers.Count, "speaker")}, {Figures.Count(scores.Targets.Count, "target")}");
        console.WriteLine($"badge: {badge}");
        console.WriteLine();
        console.Write(Targets(scores, intervals));
        console.WriteLine();
        console.Write(Speakers(scores));
    }

    private static Table Targets(RegressionScores scores, IReadOnlyList<Interval?> intervals)
    {
        var table = ScoreTables.Empty("target", "CCC", "95 % interval", "Pearson", "MSE", "RMSE", "MAE", "MSE of the mean");
        foreach (var (t, interval) in scores.Targets.Zip(intervals))
        {
            var bounds = interval is null ? "one speaker" : $"{Figures.Decimal(interval.Low)} to {Figures.Decimal(interval.High)}";
            ScoreTables.Row(table, t.Target, Figures.Decimal(t.Ccc), bounds, Figures.Decimal(t.Pearson), Figures.Decimal(t.Mse), Figures.Decimal(t.Rmse), Figures.Decimal(t.Mae), Figures.Decimal(t.TrueVariance));
        }

        return table;
    }

    private static Table Speakers(RegressionScores scores)
    {
        var table = ScoreTables.Empty(["speaker", .. scores.Targets.SelectMany(t => new[] { $"CCC {t.Target}", $"MAE {t.Target}" }), "utterances"]);
        foreach (var s in scores.Speakers)
        {
            ScoreTables.Row(table, [s.Speaker, .. s.Targets.SelectMany(t => new[] { Figures.Decimal(t.Ccc), Figures.Decimal(t.Mae) }), ScoreTables.Number(s.Count)]);
        }

        return table;
    }

    private static JsonObject Target(TargetScores t) => new()
    {
        ["target"] = t.Target,
        ["ccc"] = EvaluationJson.Number(t.Ccc),
        ["pearson"] = EvaluationJson.Number(t.Pearson),
        ["mse"] = EvaluationJson.Number(t.Mse),
        ["rmse"] = EvaluationJson.Number(t.Rmse),
        ["mae"] = EvaluationJson.Number(t.Mae),
        ["true_variance"] = EvaluationJson.Number(t.TrueVariance),
    };
}
