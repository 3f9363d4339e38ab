using System.Globalization;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Evaluation;

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
        var table = Empty("", "score", "");
        Row(table, "UAR", Figures.Percent(scores.Uar), evaluation.Interval is { } i
            ? $"95 % interval {Figures.Percent(i.Low)} to {Figures.Percent(i.High)}, {i.Clusters} speakers drawn"
            : "no interval: one speaker");
        Row(table, "accuracy", Figures.Percent(scores.Accuracy), $"{scores.Correct} of {scores.Count}");
        Row(table, "macro F1", Figures.Percent(scores.MacroF1), "");
        Row(table, "weighted F1", Figures.Percent(scores.WeightedF1), "");
        Row(table, "UAR by speaker", Figures.Percent(scores.SpeakerUar.Mean),
            $"spread {Figures.Percent(scores.SpeakerUar.StandardDeviation)}, from {Figures.Percent(scores.SpeakerUar.Min)} to {Figures.Percent(scores.SpeakerUar.Max)}");
        Row(table, "chance", Figures.Percent(scores.Chance), "UAR of a guess");
        return table;
    }

    public static Table Classes(ClassificationScores scores)
    {
        var table = Empty("class", "precision", "recall", "F1", "utterances", "predicted");
        foreach (var c in scores.Classes)
        {
            Row(table, c.Class, Figures.Percent(c.Precision), Figures.Percent(c.Recall), Figures.Percent(c.F1), Number(c.Support), Number(c.Predicted));
        }

        return table;
    }

    public static Table Confusion(ClassificationScores scores)
    {
        var confusion = scores.Confusion;
        var table = Empty(["true \\ predicted", .. confusion.Classes]);
        for (var t = 0; t < confusion.Classes.Count; t++)
        {
            Row(table, [confusion.Classes[t], .. Enumerable.Range(0, confusion.Classes.Count).Select(p => Number(confusion[t, p]))]);
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

    private static Table Empty(params string[] columns)
    {
        var table = new Table().Border(Plain ? TableBorder.None : TableBorder.Simple);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn(new Text(columns[i])).NoWrap();
            table.AddColumn(i == 0 || columns[i].Length == 0 ? column.LeftAligned() : column.RightAligned());
        }

        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(c => new Text(c))]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
