using System.Text.Json.Nodes;
using Undertone.Experiments;

namespace Undertone.Tests.Reports;

/// <summary>
/// A run small enough to be computed by hand: EMO-DB's speakers 03 (used for choosing defaults), 10 and 11, two
/// classes, leave-one-speaker-out.
/// <code>
/// test rows      03: anger→anger, anger→neutral, neutral→neutral
///                10: anger→anger, neutral→anger, neutral→neutral
///                11: anger→anger, anger→anger,   neutral→neutral
/// recall         anger 4 of 5, neutral 3 of 4
/// validation     in each fold: anger→anger, and neutral→neutral in the first fold alone: anger 3 of 3, neutral 1 of 3
/// </code>
/// </summary>
internal sealed class TinyRun : IDisposable
{
    public static readonly string[] Classes = ["anger", "neutral"];

    private static readonly (string Speaker, string True, string Predicted)[] Test =
    [
        ("03", "anger", "anger"), ("03", "anger", "neutral"), ("03", "neutral", "neutral"),
        ("10", "anger", "anger"), ("10", "neutral", "anger"), ("10", "neutral", "neutral"),
        ("11", "anger", "anger"), ("11", "anger", "anger"), ("11", "neutral", "neutral"),
    ];

    public string Location { get; } = Path.Combine(Path.GetTempPath(), "undertone-" + Guid.NewGuid().ToString("N"));

    public RunFolder Folder => new(Location);

    /// <summary>The run with one system of one seed.</summary>
    public static TinyRun OneSystem()
    {
        var run = new TinyRun();
        run.Prepare("tiny");
        run.AddTrials("cnn", null, 0, "speaker-independent", flips: 0);
        return run;
    }

    public void Prepare(string name)
    {
        Folder.Create();
        File.WriteAllText(Folder.ExperimentFile, $"name: {name}\ndescription: A run <b>by hand</b> & checked.\ncorpora: [emodb]\n");
        var rows = Test.Select((r, i) => $"emodb,u{i},{r.Speaker},male,31,de,a01,,2,00");
        File.WriteAllText(Folder.UtterancesFile, "corpus,utterance,speaker,gender,age,language,text,session,seconds,audio_hash\n" + string.Join('\n', rows) + "\n");
    }

    /// <summary>Adds a system's three folds; the first <paramref name="flips"/> right test rows of each fold are made wrong.</summary>
    public void AddTrials(string system, string? variant, int seed, string badge, int flips, double seconds = 10, string protocol = "loso", string kind = "leave-one-speaker-out")
    {
        foreach (var (fold, number) in new[] { "03", "10", "11" }.Select((f, i) => (f, i)))
        {
            var name = $"emodb.{system}.{(variant is null ? "" : variant + ".")}{protocol}-{fold}.seed-{seed}";
            Directory.CreateDirectory(Folder.TrialFolder(name));
            var left = flips;
            var test = Test.Select((r, i) => (r.Speaker, r.True, r.Predicted, Id: $"u{i}")).Where(r => r.Speaker == fold).Select(r =>
                r.True == r.Predicted && left-- > 0 ? r with { Predicted = r.True == "anger" ? "neutral" : "anger" } : r);
            WriteRows(Folder.TrialFile(name, TrialFiles.Predictions), test);
            WriteRows(
                Folder.TrialFile(name, TrialFiles.Validation),
                [("99", "anger", "anger", "v1"), ("99", "neutral", number == 0 ? "neutral" : "anger", "v2")]);
            File.WriteAllText(Folder.TrialFile(name, TrialFiles.History), "epoch,train_loss,validation_loss,validation_uar,seconds\n1,0.7,0.6,0.5,1\n2,0.5,,,2\n");
            var record = Record(name, system, variant, fold, seed, badge, seconds, number);
            record = record with { Spec = record.Spec with { Protocol = protocol, ProtocolKind = kind } };
            (record with { SpecHash = record.Spec.Hash() }).Write(Folder.TrialFile(name, TrialFiles.Record));
        }
    }

    public void Dispose() => Directory.Delete(Location, recursive: true);

    private static TrialRecord Record(string name, string system, string? variant, string fold, int seed, string badge, double seconds, int number) => new()
    {
        Trial = name,
        Spec = new TrialSpec
        {
            Corpus = "emodb",
            CorpusFingerprint = "00",
            System = system,
            SystemName = system,
            Variant = variant,
            Protocol = "loso",
            ProtocolKind = "leave-one-speaker-out",
            ProtocolParameters = [],
            Fold = fold,
            Seed = seed,
            ValidationSpeakers = 1,
            Settings = new JsonObject { ["normalisation"] = "global" },
        },
        SpecHash = string.Empty,
        Classes = Classes,
        Split = new TrialSplit(["t1"], ["v1", "v2"], ["u0"]),
        Badge = badge,
        Audit = new TrialAudit([], 0, 0, false),

        // Two at once: the third starts when the first has ended.
        Timings = new TrialTimings($"2026-01-01T00:00:{(number == 2 ? 10 : 0):00}Z", 1, seconds - 2, 1, seconds),
        Versions = new TrialVersions("0.1.0", "1.13.1", ".NET 10", "Debian 12", "auto"),
        Command = "undertone trial",
    };

    private static void WriteRows(string path, IEnumerable<(string Speaker, string True, string Predicted, string Id)> rows) => File.WriteAllText(
        path,
        "utterance,speaker,true,predicted,p(anger),p(neutral)\n"
        + string.Concat(rows.Select(r => $"{r.Id},{r.Speaker},{r.True},{r.Predicted},{(r.Predicted == "anger" ? "0.75,0.25" : "0.125,0.875")}\n")));
}
