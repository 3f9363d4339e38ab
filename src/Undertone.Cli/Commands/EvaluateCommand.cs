using System.CommandLine;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Evaluation;
using Undertone.Evaluation.Analysers;
using Undertone.Evaluation.Calibration;
using Undertone.Evaluation.Metrics;
using Undertone.Evaluation.Regression;
using Undertone.Experiments;
using Undertone.Protocols;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone evaluate FILE.csv...</c>: every number of any tool's predictions, from the rows alone.</summary>
internal static class EvaluateCommand
{
    private static readonly Dictionary<string, ConfusionShare?> Confusions = new()
    {
        ["counts"] = null,
        ["truth"] = ConfusionShare.OfTruth,
        ["prediction"] = ConfusionShare.OfPrediction,
        ["all"] = ConfusionShare.OfAll,
    };

    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "CSV files with the columns utterance,speaker,true,predicted and, where there are probabilities, p(<class>)...; "
                + "or, of a regression, utterance,speaker,true(<target>),predicted(<target>)...; several files (folds) are pooled",
            Arity = ArgumentArity.OneOrMore,
        };
        var validation = new Option<string[]>("--validation")
        {
            Description = "Validation rows to fit a temperature on, one file for each file of predictions in the same order; shows calibration before and after",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE.csv",
        };
        var confusion = new Option<string>("--confusion")
        {
            Description = "What the confusion matrix shows: counts, or shares of the true class (truth), of the predicted class (prediction) or of all",
            DefaultValueFactory = _ => "counts",
            HelpName = "counts|truth|prediction|all",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object; numbers without a value are null" };
        var command = new Command("evaluate", "Score predictions of any tool: UAR with its interval and every other metric, per class and speaker, confusion matrix, calibration; CCC and errors of a regression")
        {
            files, validation, confusion, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(validation) ?? [], parsed.GetValue(confusion)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] files, string[] validations, string confusion, bool json)
    {
        if (!Confusions.TryGetValue(confusion, out var by))
        {
            throw new UndertoneException($"--confusion: '{confusion}' is no way to show it{NearestName.Hint(confusion, Confusions.Keys)}");
        }

        var regressions = files.ToLookup(RegressionTable.IsRegression);
        if (regressions[true].FirstOrDefault() is { } regression)
        {
            if (regressions[false].FirstOrDefault() is { } classification)
            {
                throw new UndertoneException($"'{regression}' holds a regression and '{classification}' none; expected files of one system. Evaluate them apart.");
            }

            return validations.Length == 0
                ? Regression(files, json)
                : throw new UndertoneException($"--validation: '{regression}' holds a regression, which has no probabilities; a temperature is fitted for classes only.");
        }

        var tables = files.Select(f => (f, PredictionTable.Read(f))).ToList();
        var table = PredictionTable.Pool(tables);
        var evaluation = new Evaluated(files, table, ClassificationScores.From(table), BadgeOf(files))
        {
            Calibration = table.HasProbabilities ? CalibrationScores.From(table) : null,
            Recalibration = validations.Length > 0 ? Recalibration.Of(tables, validations) : null,
        };
        if (json)
        {
            Console.WriteLine(EvaluationJson.Of(evaluation).ToJsonString(new() { WriteIndented = true }));
        }
        else
        {
            Print(evaluation, by);
        }

        return ErrorReporting.Done;
    }

    private static int Regression(string[] files, bool json)
    {
        var table = RegressionTable.Pool([.. files.Select(f => (f, RegressionTable.Read(f)))]);
        var scores = RegressionScores.From(table);
        var intervals = table.Targets.Select((_, t) => RegressionBootstrap.Of(new ConcordanceCorrelation(), table.Rows, t)).ToList();
        if (json)
        {
            Console.WriteLine(RegressionEvaluation.Json(files, BadgeOf(files), scores, intervals).ToJsonString(new() { WriteIndented = true }));
        }
        else
        {
            RegressionEvaluation.Print(BadgeOf(files), scores, intervals);
        }

        return ErrorReporting.Done;
    }

    private static void Print(Evaluated evaluation, ConfusionShare? by)
    {
        var scores = evaluation.Scores;
        var console = ScoreTables.CreateConsole();
        console.WriteLine($"{Figures.Count(scores.Count, "utterance")} of {Figures.Count(scores.Speakers.Count, "speaker")}, {scores.ClassesPresent} {(scores.ClassesPresent == 1 ? "class" : "classes")}");
        console.WriteLine($"badge: {evaluation.Badge}");
        if (evaluation.Table.NotMostProbable is > 0 and var odd)
        {
            console.WriteLine($"{Figures.Count(odd, "row")} predict another class than the most probable one; 'predicted' is taken at its word.");
        }

        foreach (var part in new[] { ScoreTables.Overall(evaluation), ScoreTables.Classes(evaluation), ScoreTables.Confusion(scores, by), ScoreTables.Speakers(scores) })
        {
            console.WriteLine();
            console.Write(part);
        }

        PrintCalibration(console, evaluation);
        var findings = AnalyserCatalog.Analyse(new AnalysisInput { Test = scores, Interval = evaluation.Interval });
        foreach (var finding in findings)
        {
            console.WriteLine();
            console.WriteLine($"{(finding.Level == FindingLevel.Warning ? "warning" : "note")}: {finding.Message}");
        }
    }

    private static void PrintCalibration(IAnsiConsole console, Evaluated evaluation)
    {
        if (evaluation.Calibration is not { } calibration)
        {
            return;
        }

        if (evaluation.Recalibration is { } recalibration)
        {
            console.WriteLine();
            console.WriteLine($"temperature fitted on validation rows: {string.Join(", ", recalibration.Temperatures.Select(Figures.Decimal))} (above 1: the system is surer than it should be)");
            if (recalibration.SharedSpeakers.Count > 0)
            {
                console.WriteLine($"note: {Figures.Count(recalibration.SharedSpeakers.Count, "speaker")} of the validation rows are tested on too, which makes the calibration look better than it is for new speakers.");
            }

            console.Write(CalibrationTables.Temperature(calibration, recalibration.After));
        }

        foreach (var part in new[] { CalibrationTables.Reliability(calibration.EqualWidth), CalibrationTables.Coverage(calibration.Coverage) })
        {
            console.WriteLine();
            console.Write(part);
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
/// <param name="Badge">The badge, or why it is unknown.</param>
internal sealed record Evaluated(IReadOnlyList<string> Files, PredictionTable Table, ClassificationScores Scores, string Badge)
{
    private readonly BootstrapDraws? _draws = ClusterBootstrap.Draw([ScoredRows.Of(Table)], MetricsOf(Table));

    /// <summary>The metrics that these rows have: without probabilities, fewer.</summary>
    public IReadOnlyList<Metric> Metrics { get; } = MetricsOf(Table);

    /// <summary>The interval of UAR; null with one speaker.</summary>
    public Interval? Interval => IntervalOf(MetricCatalog.Default.Get("uar"));

    /// <summary>The area under each class's curve, in the scores' order; NaN where there are no probabilities.</summary>
    public IReadOnlyList<double> ClassAuc { get; } = Table.HasProbabilities
        ? AreaUnderCurve.ByClass(Table.Rows, Table.Classes)
        : [.. Scores.Classes.Select(_ => double.NaN)];

    /// <summary>Calibration, where there are probabilities.</summary>
    public CalibrationScores? Calibration { get; init; }

    /// <summary>What temperatures fitted on validation rows change, where there were such rows.</summary>
    public Recalibration? Recalibration { get; init; }

    /// <summary>The interval of a metric, from the same draws of speakers for all; null with one speaker.</summary>
    public Interval? IntervalOf(Metric metric) => _draws?.Of(0, metric);

    private static IReadOnlyList<Metric> MetricsOf(PredictionTable table) =>
        [.. MetricCatalog.Default.All.Where(m => table.HasProbabilities || !m.NeedsProbabilities)];
}
