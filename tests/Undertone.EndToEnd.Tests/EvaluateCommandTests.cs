using System.Diagnostics;
using System.Text.Json;
using Undertone.Experiments;

namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone evaluate</c> as its user meets it: a process, its output and its exit code.</summary>
public sealed class EvaluateCommandTests : IDisposable
{
    private const string Header = "utterance,speaker,true,predicted\n";
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
        lines.ShouldContain(l => l.StartsWith("UAR 83.3 % 95 % interval"));
        lines.ShouldContain("accuracy 80.0 % 4 of 5");
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
