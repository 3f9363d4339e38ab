using System.Text.Json.Nodes;
using Undertone.Corpora;
using Undertone.Evaluation.Regression;
using Undertone.Experiments;
using Undertone.Features;
using Undertone.Protocols;
using Undertone.Systems;
using Undertone.Tests.Protocols;

namespace Undertone.Tests.Experiments;

/// <summary>The key <c>target</c>: regressions and intensities through experiment file, grid, runner and run folder.</summary>
public sealed class TargetTests : IDisposable
{
    private const string Text = "name: values\ncorpora: [emodb]\ntarget: [arousal, valence]\nprotocols: [loso]\nsystems: [guess-values]\nvalidation: { speakers: 1 }\n";

    private static readonly SystemCatalog Systems = new([new GuessingSystem(), new GuessingSystem("guess-values")]);

    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-target-").FullName;

    private static CorpusData Corpus
    {
        get
        {
            var corpus = TestCorpora.Balanced(4, name: "emodb");
            var random = new SeededRandom(3);
            return corpus with
            {
                Fingerprint = "f",
                Utterances = [.. corpus.Utterances.Select((u, i) => i == 5 ? u : u with { Arousal = Math.Round(random.NextGaussian(), 3), Valence = i, Intensity = i % 2 == 0 ? "strong" : "normal" })],
            };
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ARegressionRunsAndItsFolderIsReadAgain()
    {
        using (var run = Open(Text))
        {
            run.Trials.Count.ShouldBe(4);
            foreach (var trial in run.Trials)
            {
                trial.Task.Targets.ShouldBe(["arousal", "valence"]);
                var record = TrialRunner.Run(trial, run.Folder, Options);
                record.Classes.ShouldBeEmpty();
                record.Targets.ShouldBe(["arousal", "valence"]);
                record.Spec.Target!["columns"]!.ToJsonString().ShouldBe("[\"arousal\",\"valence\"]");
            }

            var name = run.Trials[0].Name;
            var table = RegressionTable.Read(run.Folder.TrialFile(name, TrialFiles.Predictions));
            table.Targets.ShouldBe(["arousal", "valence"]);
            table.Rows.Select(r => r.Utterance).ShouldBe(run.Trials[0].Split.Test.Select(u => u.Id));
            table.Rows.Select(r => r.True[1]).ShouldBe(run.Trials[0].Split.Test.Select(u => u.Valence!.Value));
            TrialScores.Read(run.Folder, name).Value.ShouldBe(RegressionScores.From(table).MeanCcc);
            File.ReadAllLines(run.Folder.TrialFile(name, TrialFiles.History))[..2].ShouldBe(["epoch,train_loss,validation_loss,validation_ccc,seconds", "1,1,,0.25,0.1"]);
            File.ReadAllText(run.Folder.TargetFile).ShouldBe("corpus,target,utterances,left_out\nemodb,\"arousal, valence\",23,1\n");
        }

        using (var again = Open(Text))
        {
            again.Pending.ShouldBeEmpty();
        }

        // Cut short, a file is found and named.
        var folder = new RunFolder(Path.Combine(_folder, "values"));
        var path = folder.TrialFile("emodb.guess-values.loso-01.seed-0", TrialFiles.Predictions);
        File.WriteAllLines(path, File.ReadAllLines(path)[..3]);
        Should.Throw<UndertoneException>(() => Open(Text)).Message.ShouldStartWith($"{path}: the file is damaged: 2 rows of the targets arousal, valence; expected");
    }

    [Fact]
    public void AnotherTargetIsAnotherExperiment()
    {
        using (var run = Open(Text))
        {
            TrialRunner.Run(run.Trials[0], run.Folder, Options);
        }

        Should.Throw<UndertoneException>(() => Open(Text.Replace("[arousal, valence]", "[valence]", StringComparison.Ordinal))).Message
            .ShouldContain("target.columns: stored [\"arousal\",\"valence\"], now [\"valence\"]");
    }

    [Fact]
    public void AnIntensityIsToldApartAsAnyClass()
    {
        using var run = Open("name: intensity\ncorpora: [emodb]\ntarget: intensity\nprotocols: [loso]\nsystems: [guess]\nvalidation: { speakers: 1 }\n");
        var record = TrialRunner.Run(run.Trials[0], run.Folder, Options);

        record.Classes.ShouldBe(["normal", "strong"]);
        record.Targets.ShouldBeNull();
        record.Spec.Target!["columns"]!.ToJsonString().ShouldBe("[\"intensity\"]");
        File.ReadAllText(run.Folder.TargetFile).ShouldBe("corpus,target,utterances,left_out\nemodb,intensity,23,1\n");
    }

    [Fact]
    public void WhatIsLearnedUnlessToldOtherwiseLeavesSpecsAsTheyWere()
    {
        var plain = Grid("name: e\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\n")[0].Spec();
        var told = Grid("name: e\ncorpora: [emodb]\ntarget: emotion\nprotocols: [loso]\nsystems: [guess]\n")[0].Spec();

        told.Hash().ShouldBe(plain.Hash());
        JsonNode.Parse(plain.Canonical())!.AsObject().ContainsKey("target").ShouldBeFalse();
    }

    [Fact]
    public void TheResolvedExperimentGivesTheSameTrials()
    {
        var experiment = ExperimentFile.Parse("e.yaml", Text, Systems);
        var resolved = ResolvedExperiment.Write(experiment);

        resolved.ShouldContain("target: [arousal, valence]\n");
        ExperimentFile.Parse("r.yaml", resolved, Systems).Target.Columns.ShouldBe(["arousal", "valence"]);
        ResolvedExperiment.Write(ExperimentFile.Parse("e.yaml", Text.Replace("target: [arousal, valence]\n", "", StringComparison.Ordinal), Systems)).ShouldContain("target: emotion\n");
        ExperimentFile.Parse("e.yaml", Text, Systems, [SettingChange.Parse("target=valence")]).Target.Columns.ShouldBe(["valence"]);
    }

    [Fact]
    public void ARegressionNeedsNoClassInEveryPart()
    {
        // The only angry speaker is tested, and one class is enough.
        var corpus = Corpus with { Utterances = [.. Corpus.Utterances.Select(u => u with { Emotion = u.Speaker == "01" ? "anger" : "neutral" })] };
        Grid(Text, corpus).Count.ShouldBe(4);
        Grid(Text, corpus with { Utterances = [.. corpus.Utterances.Select(u => u with { Emotion = "neutral" })] }).Count.ShouldBe(4);
        Should.Throw<UndertoneException>(() => Grid(Text.Replace("target: [arousal, valence]\n", "", StringComparison.Ordinal), corpus)).Message.ShouldContain("has no 'anger' to train on");
    }

    [Theory]
    [InlineData("target: [arousal, valence]", "target: arousel", "e.yaml:3: there is no target 'arousel'; did you mean 'arousal'?")]
    [InlineData("target: [arousal, valence]", "target: []", "e.yaml:3: target is empty; expected at least one.")]
    [InlineData("target: [arousal, valence]", "target: [intensity, valence]", "e.yaml:3: the target 'intensity' is a class and cannot stand beside others; expected target: intensity, or a list of arousal, valence, dominance.")]
    [InlineData("[emodb]\ntarget: [arousal, valence]\nprotocols: [loso]", "[emodb, urdu]\ntarget: [arousal]\nprotocols: [cross-corpus]", "e.yaml:3: target: arousal is rated on each corpus's own scale, and the protocol 'cross-corpus' tests on another corpus than it trains on; expected a protocol within a corpus, such as leave-one-speaker-out.")]
    public void WhatCannotBeLearnedIsRefusedWithItsLine(string part, string other, string message) =>
        Should.Throw<UndertoneException>(() => ExperimentFile.Parse("e.yaml", Text.Replace(part, other, StringComparison.Ordinal), Systems)).Message.ShouldBe(message);

    [Fact]
    public void ASystemThatOnlyTellsClassesApartIsRefusedBeforeAnythingRuns() =>
        Should.Throw<UndertoneException>(() => Grid(Text.Replace("guess-values", "guess", StringComparison.Ordinal))).Message
            .ShouldBe("e.yaml: the system 'guess' tells classes apart and cannot learn the values of arousal, valence; choose a deep system such as cnn, or target: emotion. (system 'guess')");

    [Fact]
    public void ASearchInsideTheTrainingSpeakersGoesByCcc()
    {
        var trial = Grid(Text + "search: { over: { insight: [0, 5] }, groups: 3 }\n")[0];
        var folder = new RunFolder(Path.Combine(_folder, "search"));
        folder.Create();
        TrialRunner.Run(trial, folder, Options).Chosen!["insight"]!.GetValue<string>().ShouldBe("5");
        File.ReadAllLines(folder.TrialFile(trial.Name, TrialFiles.Search))[0].ShouldBe("candidate,insight,inner_ccc,chosen");
    }

    private static TrialRunOptions Options => new() { Features = new FeatureCache(null), Command = "undertone trial" };

    private static IReadOnlyList<Trial> Grid(string text, CorpusData? corpus = null)
    {
        var experiment = ExperimentFile.Parse("e.yaml", text, Systems);
        return TrialGrid.Build(experiment, new Dictionary<string, CorpusData> { ["emodb"] = experiment.Target.Apply(corpus ?? Corpus) });
    }

    private ExperimentRun Open(string text)
    {
        var experiment = ExperimentFile.Parse("e.yaml", text, Systems);
        return ExperimentRun.Open(experiment, [experiment.Target.Apply(Corpus)], _folder);
    }
}
