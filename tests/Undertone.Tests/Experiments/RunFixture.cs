using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Features;
using Undertone.Systems;
using Undertone.Tests.Protocols;

namespace Undertone.Tests.Experiments;

/// <summary>A run in a folder of its own, over a corpus of names.</summary>
internal sealed class RunFixture : IDisposable
{
    public const string File = "name: test\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\nvalidation: { speakers: 1 }\n";

    public static readonly SystemCatalog Systems = new([new GuessingSystem()]);

    public string Folder { get; } = Directory.CreateTempSubdirectory("undertone-test-").FullName;

    public RunFolder Run => new(Path.Combine(Folder, "test"));

    public static CorpusData Corpus(int speakers = 4) => TestCorpora.Balanced(speakers, name: "emodb") with { Fingerprint = $"fingerprint-{speakers}" };

    public static Experiment Experiment(string more = "") => ExperimentFile.Parse("e.yaml", File + more, Systems);

    public static IReadOnlyList<Trial> Grid(string more = "", int speakers = 4) =>
        TrialGrid.Build(Experiment(more), new Dictionary<string, CorpusData> { ["emodb"] = Corpus(speakers) });

    public ExperimentRun Open(string more = "", int speakers = 4) => ExperimentRun.Open(Experiment(more), [Corpus(speakers)], Folder);

    public TrialRecord RunTrial(Trial trial) => TrialRunner.Run(trial, Run, new TrialRunOptions { Features = new FeatureCache(null), Command = "undertone trial" });

    public void RunAll(string more = "")
    {
        using var run = Open(more);
        foreach (var trial in run.Pending)
        {
            RunTrial(trial);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
