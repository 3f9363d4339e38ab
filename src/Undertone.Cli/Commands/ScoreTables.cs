using System.Globalization;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Evaluation;
using Undertone.Evaluation.Metrics;

namespace Undertone.Cli.Commands;

/// <summary>Scores as tables for people.</summary>
internal static class ScoreTables
{
    private const int WideEnough = 250;

    private static bool Plain => Console.IsOutputRedirected;

    /// <summary>A console that, where its output goes into a file or pipe, writes plain text and wraps nothing.</summary>
    public static IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Plain ? AnsiSupport.No : AnsiSupport.Detect });
        if (Plain)
        {
            console.Profile.Width = WideEnough;
        }

        return console;
    }

    public static Table Overall(Evaluated evaluation)
    {
        var scores = evaluation.Scores;
        var table = Empty("", "score", "95 % interval", "");
        foreach (var metric in evaluation.Metrics)
        {
            var interval = evaluation.IntervalOf(metric) is { } i ? $"{Score(metric, i.Low)} to {Score(metric, i.High)}" : "one speaker";
            Row(table, metric.Title, Score(metric, metric.Evaluate(evaluation.Table.Rows, evaluation.Table.Classes)), interval, metric.Name switch
            {
                "uar" when evaluation.Interval is { } u => $"{metric.Description}; intervals: {u.Clusters} speakers drawn anew",
                "accuracy" => $"{scores.Correct} of {scores.Count}",
                _ => metric.Description,
            });
        }

        Row(table, "UAR by speaker", Figures.Percent(scores.SpeakerUar.Mean), "",
            $"spread {Figures.Percent(scores.SpeakerUar.StandardDeviation)}, from {Figures.Percent(scores.SpeakerUar.Min)} to {Figures.Percent(scores.SpeakerUar.Max)}");
        Row(table, "chance", Figures.Percent(scores.Chance), "", "UAR of a guess");
        return table;
    }

    public static Table Classes(Evaluated evaluation)
    {
        var auc = evaluation.Table.HasProbabilities;
        var table = Empty(["class", "precision", "recall", "F1", .. auc ? ["AUC"] : Array.Empty<string>(), "utterances", "predicted"]);
        foreach (var (c, area) in evaluation.Scores.Classes.Zip(evaluation.ClassAuc))
        {
            Row(table, [c.Class, Figures.Percent(c.Precision), Figures.Percent(c.Recall), Figures.Percent(c.F1), .. auc ? [Figures.Decimal(area)] : Array.Empty<string>(), Number(c.Support), Number(c.Predicted)]);
        }

        return table;
    }

    /// <summary>The confusion matrix: counts, or shares where it is said of what.</summary>
    public static Table Confusion(ClassificationScores scores, ConfusionShare? by)
    {
        var confusion = scores.Confusion;
        var shares = by is { } share ? confusion.Normalised(share) : null;
        var table = Empty([$"true \\ predicted{by switch { ConfusionShare.OfTruth => ", of the true", ConfusionShare.OfPrediction => ", of the predicted", ConfusionShare.OfAll => ", of all", _ => "" }}", .. confusion.Classes]);
        for (var t = 0; t < confusion.Classes.Count; t++)
        {
            Row(table, [confusion.Classes[t], .. Enumerable.Range(0, confusion.Classes.Count).Select(p => shares is null ? Number(confusion[t, p]) : Figures.Percent(shares[t, p]))]);
        }

        return table;
    }

    public static Table Speakers(ClassificationScores scores)
    {
        var table = Empty("speaker", "UAR", "accuracy", "utterances", "classes");
        foreach (var s in scores.Speakers)
        {
            Row(table, s.Speaker, Figures.Percent(s.Uar), Figures.Percent(s.Accuracy), Number(s.Count), Number(s.ClassesPresent));
        }

        return table;
    }

    /// <summary>A number of a metric as people read it.</summary>
    public static string Score(Metric metric, double value) => metric.IsShare ? Figures.Percent(value) : Figures.Decimal(value);

    /// <summary>A table without rows; all columns but the first and those without a heading are numbers.</summary>
    public static Table Empty(params string[] columns)
    {
        var table = new Table().Border(Plain ? TableBorder.None : TableBorder.Simple);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn(new Text(columns[i])).NoWrap();
            table.AddColumn(i == 0 || columns[i].Length == 0 ? column.LeftAligned() : column.RightAligned());
        }

        return table;
    }

    /// <summary>Adds a row.</summary>
    public static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(c => new Text(c))]);

    /// <summary>A whole number.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
