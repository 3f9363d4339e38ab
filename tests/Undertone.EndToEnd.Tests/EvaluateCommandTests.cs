using System.Diagnostics;
using System.Text.Json;
using Undertone.Experiments;

namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone evaluate</c> as its user meets it: a process, its output and its exit code.</summary>
public sealed class EvaluateCommandTests : IDisposable
{
    private const string Header = "utterance,speaker,true,predicted\n";

    // Of the four rows three are right; the surest two are.
    private const string Probable = "utterance,speaker,true,predicted,p(anger),p(neutral)\nu1,03,anger,anger,0.9,0.1\nu2,03,neutral,neutral,0.2,0.8\n"
        + "u3,08,anger,anger,0.55,0.45\nu4,08,neutral,anger,0.6,0.4\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-evaluate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Prints_scores_of_pooled_folds()
    {
        var first = Write("a.csv", Header + "u1,03,anger,anger\nu2,03,anger,neutral\nu3,03,neutral,neutral\n");
        var second = Write("b.csv", Header + "u4,08,neutral,neutral\nu5,08,anger,anger\n");
        var (code, output, error) = Run("evaluate", first, second);
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        output.ShouldContain("5 utterances of 2 speakers, 2 classes");
        output.ShouldContain("badge: unknown");
        output.ShouldNotContain("\u001b");
        var lines = output.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        lines.ShouldContain(l => l.StartsWith("UAR 83.3 % 75.0 % to 100.0 % mean recall of the classes; intervals: 2 speakers drawn anew"));
        lines.ShouldContain("accuracy 80.0 % 66.7 % to 100.0 % 4 of 5");
        lines.ShouldContain("anger 100.0 % 66.7 % 80.0 % 3 2");
        lines.ShouldContain("anger 2 1");
        lines.ShouldContain("03 75.0 % 66.7 % 3 2");
    }

    [Fact]
    public void Prints_json()
    {
        var file = Write("a.csv", Header + "u1,03,anger,anger\nu2,03,anger,surprise\nu3,03,neutral,neutral\n");
        var (code, output, _) = Run("evaluate", file, "--json");
        code.ShouldBe(0);
        var json = JsonDocument.Parse(output).RootElement;
        json.GetProperty("uar").GetDouble().ShouldBe(0.75, 1e-12);
        json.GetProperty("uar_interval").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("classes")[2].GetProperty("recall").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("intervals").GetProperty("mcc").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("confusion")[0][2].GetInt32().ShouldBe(1);
    }

    [Fact]
    public void A_malformed_file_is_the_users_mistake()
    {
        var (code, output, error) = Run("evaluate", Write("a.csv", "utterance,speaker,true,predictd\nu1,03,a,a\n"));
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain("a.csv, line 1: unknown column 'predictd'; did you mean 'predicted'?");
        Run("evaluate", Path.Combine(_folder, "none.csv")).Code.ShouldBe(2);
        Run("evaluate").Code.ShouldBe(2);
    }

    [Fact]
    public void A_trials_badge_is_printed_and_badges_are_not_mixed()
    {
        var first = Trial("one", "u1", "speaker-independent, adapted");
        var second = Trial("two", "u2", "speaker-independent, adapted");
        Run("evaluate", first, second).Output.ShouldContain("badge: speaker-independent, adapted\n");

        var leaky = Run("evaluate", first, Trial("three", "u3", "speaker-dependent"));
        leaky.Code.ShouldBe(2);
        leaky.Error.ShouldContain("different badges (speaker-independent, adapted; speaker-dependent)");

        File.WriteAllText(Path.Combine(_folder, "two", "trial.json"), "{");
        var damaged = Run("evaluate", second);
        damaged.Code.ShouldBe(2);
        damaged.Error.ShouldContain("trial.json: the file is damaged");
    }

    [Fact]
    public void Probabilities_bring_more_scores_and_calibration()
    {
        var file = Write("a.csv", Probable);
        var lines = Lines(Run("evaluate", file, "--confusion", "truth").Output);
        lines.ShouldContain(l => l.StartsWith("Cohen's kappa 0.500 ") && l.EndsWith("agreement beyond chance"));
        lines.ShouldContain(l => l.StartsWith("MCC 0.577 ") && l.EndsWith("Matthews correlation of truth and prediction"));
        lines.ShouldContain(l => l.StartsWith("AUC 0.750 ") && l.EndsWith("area under the ROC curve, one class against the rest"));
        lines.ShouldContain(l => l.StartsWith("Brier score 0.306 ") && l.EndsWith("squared error of the probabilities, 0 to 2"));
        lines.ShouldContain("neutral 100.0 % 50.0 % 66.7 % 0.750 2 1");
        lines.ShouldContain("true \\ predicted, of the true anger neutral");
        lines.ShouldContain("neutral 50.0 % 50.0 %");
        lines.ShouldContain("53.3 % to 60.0 % 57.5 % 50.0 % 2");
        lines.ShouldContain("50.0 % 80.0 % 100.0 % 100.0 % 2 2");

        var json = JsonDocument.Parse(Run("evaluate", file, "--json").Output).RootElement;
        json.GetProperty("task").GetString().ShouldBe("classification");
        json.GetProperty("intervals").GetProperty("brier").GetProperty("high").GetDouble().ShouldBe(0.5625, 1e-9);
        json.GetProperty("auc_ovo").GetDouble().ShouldBe(0.75, 1e-12);
        json.GetProperty("classes")[0].GetProperty("auc").GetDouble().ShouldBe(0.75, 1e-12);
        json.GetProperty("confusion_of_prediction")[1][0].GetDouble().ShouldBe(1 / 3.0, 1e-12);
        json.GetProperty("calibration").GetProperty("reliability").GetArrayLength().ShouldBe(15);
        json.GetProperty("calibration").GetProperty("coverage")[0].GetProperty("threshold").GetDouble().ShouldBe(0.9);
        json.GetProperty("temperature_scaling").ValueKind.ShouldBe(JsonValueKind.Null);

        var bare = JsonDocument.Parse(Run("evaluate", Write("b.csv", Header + "u1,03,anger,anger\nu2,03,neutral,anger\n"), "--json").Output).RootElement;
        bare.GetProperty("log_loss").ValueKind.ShouldBe(JsonValueKind.Null);
        bare.GetProperty("calibration").ValueKind.ShouldBe(JsonValueKind.Null);
        bare.GetProperty("mcc").GetDouble().ShouldBe(0);
    }

    [Fact]
    public void A_temperature_is_fitted_on_validation_rows()
    {
        var test = Write("a.csv", Probable);
        var validation = Write("validation.csv", Probable.Replace("\nu", "\nv").Replace(",03,", ",09,").Replace(",08,", ",10,"));
        var (code, output, error) = Run("evaluate", test, "--validation", validation);
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        output.ShouldContain("temperature fitted on validation rows: 0.");
        Lines(output).ShouldContain(l => l.StartsWith("log loss 0.461 0.4"));
        output.ShouldNotContain("tested on too");
        var scaling = JsonDocument.Parse(Run("evaluate", test, "--validation", validation, "--json").Output).RootElement.GetProperty("temperature_scaling");
        scaling.GetProperty("temperatures").GetArrayLength().ShouldBe(1);
        scaling.GetProperty("after").GetProperty("log_loss").GetDouble().ShouldBeLessThan(0.4606);

        Refused("a.csv: utterance 'u1' is also in", "evaluate", test, "--validation", test);
        Refused("2 validation files for 1 file of predictions", "evaluate", test, "--validation", validation, validation);
        Refused("no probabilities; a temperature", "evaluate", test, "--validation", Write("bare.csv", Header + "v1,09,anger,anger\n"));
        Refused("its classes (anger, fear) are not those of", "evaluate", test, "--validation", Write("other.csv", File.ReadAllText(validation).Replace("neutral", "fear")));
        Refused("did you mean 'truth'?", "evaluate", test, "--confusion", "thruth");
        var speakers = Write("speakers.csv", Probable.Replace("\nu", "\nv"));
        Run("evaluate", test, "--validation", speakers).Output.ShouldContain("note: 2 speakers of the validation rows are tested on too");
    }

    [Fact]
    public void A_regression_is_told_by_its_columns()
    {
        var first = Write("a.csv", "utterance,speaker,true(arousal),predicted(arousal)\nu1,03,1,1\nu2,03,2,2\n");
        var second = Write("b.csv", "utterance,speaker,true(arousal),predicted(arousal)\nu3,08,3,4\nu4,08,4,3\n");
        var (code, output, error) = Run("evaluate", first, second);
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        output.ShouldContain("4 utterances of 2 speakers, 1 target");
        output.ShouldContain("badge: unknown");
        Lines(output).ShouldContain(l => l.StartsWith("arousal 0.800 -1.000 to 1.000 0.800 0.500 0.707 0.500 1.250"));
        var json = JsonDocument.Parse(Run("evaluate", first, second, "--json").Output).RootElement;
        json.GetProperty("task").GetString().ShouldBe("regression");
        json.GetProperty("mean_ccc").GetDouble().ShouldBe(0.8, 1e-12);
        json.GetProperty("targets")[0].GetProperty("ccc_interval").GetProperty("speakers").GetInt32().ShouldBe(2);
        json.GetProperty("speakers")[1].GetProperty("targets")[0].GetProperty("mae").GetDouble().ShouldBe(1, 1e-12);

        Refused("Evaluate them apart", "evaluate", first, Write("c.csv", Header + "u9,03,a,a\n"));
        Refused("no column 'predicted(valence)'", "evaluate", Write("d.csv", "utterance,speaker,true(valence)\nu1,03,1\n"));
        Refused("a temperature is fitted for classes only", "evaluate", first, "--validation", second);
    }

    private static IReadOnlyList<string> Lines(string output) =>
        [.. output.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    private static void Refused(string message, params string[] arguments)
    {
        var (code, output, error) = Run(arguments);
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain(message);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "Undertone.Cli.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private string Trial(string name, string utterance, string badge)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var record = new TrialRecord
        {
            Trial = name,
            Spec = new TrialSpec
            {
                Corpus = "emodb",
                CorpusFingerprint = "",
                System = "cnn",
                SystemName = "cnn",
                Protocol = "loso",
                ProtocolKind = "leave-one-speaker-out",
                ProtocolParameters = [],
                Fold = name,
                Seed = 0,
                ValidationSpeakers = 2,
                Settings = [],
            },
            SpecHash = "",
            Classes = ["anger", "neutral"],
            Split = new TrialSplit([], [], []),
            Badge = badge,
            Audit = new TrialAudit([], 0, 0, false),
            Timings = new TrialTimings("", 0, 0, 0, 0),
            Versions = new TrialVersions("", null, "", "", ""),
            Command = "",
        };
        (record with { SpecHash = record.Spec.Hash() }).Write(Path.Combine(folder, "trial.json"));
        return Write(Path.Combine(name, "predictions.csv"), $"{Header}{utterance},03,anger,anger\n");
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
