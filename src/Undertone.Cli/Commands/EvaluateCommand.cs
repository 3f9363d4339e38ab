using System.CommandLine;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Evaluation;
using Undertone.Evaluation.Analysers;
using Undertone.Experiments;
using Undertone.Protocols;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone evaluate FILE.csv...</c>: every number of any tool's predictions, from the rows alone.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "CSV files with the columns utterance,speaker,true,predicted and, where there are probabilities, p(<class>)...; several files (folds) are pooled",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object; numbers without a value are null" };
        var command = new Command("evaluate", "Score predictions of any tool: accuracy, UAR with its interval, F1, per class and speaker, confusion matrix")
        {
            files, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] files, bool json)
    {
        var table = PredictionTable.Pool([.. files.Select(f => (f, PredictionTable.Read(f)))]);
        var evaluation = new Evaluated(files, table, ClassificationScores.From(table), ClusterBootstrap.Uar(table.Rows), BadgeOf(files));
        if (json)
        {
            Console.WriteLine(EvaluationJson.Of(evaluation).ToJsonString(new() { WriteIndented = true }));
        }
        else
        {
            Print(evaluation);
        }

        return ErrorReporting.Done;
    }

    private static void Print(Evaluated evaluation)
    {
        var scores = evaluation.Scores;
        var console = ScoreTables.CreateConsole();
        console.WriteLine($"{Figures.Count(scores.Count, "utterance")} of {Figures.Count(scores.Speakers.Count, "speaker")}, {scores.ClassesPresent} {(scores.ClassesPresent == 1 ? "class" : "classes")}");
        console.WriteLine($"badge: {evaluation.Badge}");
        if (evaluation.Table.NotMostProbable is > 0 and var odd)
        {
            console.WriteLine($"{Figures.Count(odd, "row")} predict another class than the most probable one; 'predicted' is taken at its word.");
        }

        foreach (var part in new[] { ScoreTables.Overall(evaluation), ScoreTables.Classes(scores), ScoreTables.Confusion(scores), ScoreTables.Speakers(scores) })
        {
            console.WriteLine();
            console.Write(part);
        }

        var findings = AnalyserCatalog.Analyse(new AnalysisInput { Test = scores, Interval = evaluation.Interval });
        foreach (var finding in findings)
        {
            console.WriteLine();
            console.WriteLine($"{(finding.Level == FindingLevel.Warning ? "warning" : "note")}: {finding.Message}");
        }
    }

    /// <summary>The badge that the trials' own records give; the rows alone cannot tell how they came about.</summary>
    private static string BadgeOf(IReadOnlyList<string> files)
    {
        var badges = new List<string>();
        foreach (var file in files)
        {
            var record = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "trial.json");
            if (!File.Exists(record))
            {
                return "unknown (the rows alone do not tell whether test speakers were trained on)";
            }

            if (Path.GetFileName(file) != "predictions.csv")
            {
                return $"unknown (the record beside '{Path.GetFileName(file)}' speaks of predictions.csv)";
            }

            badges.Add(Badge.Parse(TrialRecord.Read(record).Badge).ToString());
        }

        return badges.Distinct().ToList() is [var badge]
            ? badge
            : throw new UndertoneException($"the files carry different badges ({string.Join("; ", badges.Distinct())}), and such scores are not to be mixed; expected trials of one protocol and setting.");
    }
}

/// <summary>Predictions with all that is said of them.</summary>
/// <param name="Files">Where they came from.</param>
/// <param name="Table">The pooled rows.</param>
/// <param name="Scores">Their scores.</param>
/// <param name="Interval">The interval of UAR; null with one speaker.</param>
/// <param name="Badge">The badge, or why it is unknown.</param>
internal sealed record Evaluated(IReadOnlyList<string> Files, PredictionTable Table, ClassificationScores Scores, Interval? Interval, string Badge);
