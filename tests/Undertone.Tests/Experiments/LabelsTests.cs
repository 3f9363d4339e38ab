using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Tests.Protocols;

namespace Undertone.Tests.Experiments;

/// <summary>Label schemes and cross-corpus pairs in an experiment, from its file to its trials.</summary>
public sealed class LabelsTests
{
    private const string Three = "name: test\ncorpora: [emodb, ravdess, urdu]\nlabels: big-four\nprotocols: [cross-corpus]\nsystems: [guess]\nvalidation: { speakers: 1 }\n";

    private static readonly CorpusData[] Corpora =
    [
        Corpus("emodb", 4, "anger", "boredom", "happiness", "neutral", "sadness"),
        Corpus("ravdess", 6, "neutral", "calm", "happiness", "sadness", "anger", "surprise"),
        Corpus("urdu", 5, "anger", "happiness", "neutral", "sadness"),
    ];

    [Fact]
    public void AFileNamesASchemeOrChangesItsTable()
    {
        Read(Three).Labels.Harmonisation.Scheme.Name.ShouldBe("big-four");
        Read(Three.Replace("labels: big-four\n", "")).Labels.Harmonisation.IsNative.ShouldBeTrue();
        var changed = Read(Three.Replace("big-four", "{ scheme: big-four, map: { calm: neutral, boredom: null, urdu: { neutral: null } }, classes: [anger, neutral] }")).Labels.Harmonisation;
        changed.ClassOf("ravdess", "calm").ShouldBe("neutral");
        changed.ClassOf("urdu", "neutral").ShouldBeNull();
        changed.ClassOf("emodb", "sadness").ShouldBeNull();
        changed.Classes.ShouldBe(["anger", "neutral"]);
    }

    [Theory]
    [InlineData("native")]
    [InlineData("big-four")]
    [InlineData("{ scheme: big-four, map: { calm: neutral, boredom: null, urdu: { neutral: null } }, classes: [anger, neutral] }")]
    public void TheResolvedFileReadsAsTheSame(string labels)
    {
        var experiment = Read(Three.Replace("big-four", labels));
        var again = ExperimentFile.Parse("resolved.yaml", ResolvedExperiment.Write(experiment), RunFixture.Systems);
        again.Labels.Harmonisation.Scheme.Name.ShouldBe(experiment.Labels.Harmonisation.Scheme.Name);
        again.Labels.Harmonisation.Overrides.ShouldBe(experiment.Labels.Harmonisation.Overrides);
        again.Labels.Harmonisation.Chosen.ShouldBe(experiment.Labels.Harmonisation.Chosen);
        ResolvedExperiment.Write(again).ShouldBe(ResolvedExperiment.Write(experiment));
    }

    [Theory]
    [InlineData("big-for", "e.yaml:3: there is no label scheme 'big-for'; did you mean 'big-four'?")]
    [InlineData("{ schema: big-four }", "e.yaml:3: there is no key 'schema' in labels; did you mean 'scheme'?")]
    [InlineData("{ scheme: big-four, map: { calm: netural } }", "e.yaml:3: 'netural' is no class of the label scheme 'big-four'; did you mean 'neutral'?")]
    [InlineData("{ scheme: big-four, classes: [anger, fear] }", "e.yaml:3: 'fear' is no class of the label scheme 'big-four'")]
    [InlineData("{ scheme: big-four, classes: [anger] }", "e.yaml:3: labels.classes has one class only, 'anger'; expected at least two.")]
    [InlineData("{ scheme: big-four, map: { udru: { neutral: null } } }", "e.yaml:3: labels.map: 'udru' is none of the experiment's corpora; did you mean 'urdu'?")]
    public void MistakesInTheFileHaveTheirLine(string labels, string expected) =>
        Should.Throw<UndertoneException>(() => Read(Three.Replace("big-four", labels))).Message.ShouldStartWith(expected);

    [Theory]
    [InlineData("{ scheme: big-four, map: { clam: neutral } }", "e.yaml:3: no corpus of the experiment has a label 'clam'; did you mean 'calm'?")]
    [InlineData("{ scheme: big-four, map: { urdu: { calm: neutral } } }", "e.yaml:3: the corpus 'urdu' has no label 'calm'")]
    [InlineData("{ scheme: six-basic, map: {} }", "e.yaml:3: the class 'disgust' of the label scheme 'six-basic' vanishes: no utterance of emodb, ravdess, urdu is mapped to it. Left out are ")]
    [InlineData("{ scheme: big-four, map: { sadness: null } }", "e.yaml:3: the class 'sadness' of the label scheme 'big-four' vanishes")]
    [InlineData("{ scheme: big-four, map: { urdu: { anger: neutral, sadness: null, happiness: null } } }", "e.yaml:3: under the label scheme 'big-four' the corpus 'urdu' is left with one class, 'neutral'; expected at least two.")]
    public void ATableThatDoesNotFitTheCorporaIsRefusedByItsLine(string labels, string expected) =>
        Should.Throw<UndertoneException>(() => Read(Three.Replace("big-four", labels)).Labels.Apply(Corpora)).Message.ShouldStartWith(expected);

    [Fact]
    public void AClassLeftOutOnPurposeIsNoMistake() =>
        Read(Three.Replace("big-four", "{ scheme: six-basic, classes: [anger, happiness, sadness] }")).Labels.Apply(Corpora).ShouldAllBe(c => c.Classes.Count == 3);

    [Fact]
    public void ACrossCorpusGridHasEveryOrderedPair()
    {
        var trials = Grid(Three);
        trials.Select(t => t.Name).ShouldBe(
        [
            "emodb.guess.cross-corpus-ravdess-to-emodb.seed-0", "emodb.guess.cross-corpus-urdu-to-emodb.seed-0",
            "ravdess.guess.cross-corpus-emodb-to-ravdess.seed-0", "ravdess.guess.cross-corpus-urdu-to-ravdess.seed-0",
            "urdu.guess.cross-corpus-emodb-to-urdu.seed-0", "urdu.guess.cross-corpus-ravdess-to-urdu.seed-0",
        ]);
        trials.ShouldAllBe(t => t.Badge.ToString() == "cross-corpus");
        trials.ShouldAllBe(t => t.Classes.SequenceEqual(new[] { "anger", "happiness", "neutral", "sadness" }));
    }

    [Theory]
    [InlineData("utterance", "cross-corpus")]
    [InlineData("global", "cross-corpus")]
    [InlineData("speaker", "cross-corpus, adapted")]
    [InlineData("corpus", "cross-corpus, adapted")]
    public void TheBadgeFollowsTheNormalisation(string normalisation, string badge) =>
        Grid(Three + $"overrides: {{ normalisation: {normalisation} }}\n").ShouldAllBe(t => t.Badge.ToString() == badge);

    [Fact]
    public void WithOwnLabelsAPairHasTheClassesOfBothSides()
    {
        var trials = Grid(Three.Replace("big-four", "native"));
        trials[0].Classes.ShouldBe(["anger", "happiness", "neutral", "sadness"]);
        var rows = LabelsFile.Rows(Corpora, trials);
        rows.ShouldContain(new LabelsRow("emodb", "native", "ravdess-to-emodb", "boredom", null, 4));
        rows.ShouldContain(new LabelsRow("ravdess", "native", "ravdess-to-emodb", "calm", null, 6));
        rows.ShouldAllBe(r => r.Corpus != "urdu");
    }

    [Fact]
    public void NamedCorporaThatTheExperimentLacksAreRefusedByLine() =>
        Should.Throw<UndertoneException>(() => Read(Three.Replace("[cross-corpus]", "\n  - { kind: cross-corpus, train: [emodb], test: [tess] }"))).Message
            .ShouldStartWith("e.yaml:5: protocol 'cross-corpus-chosen', test: 'tess' is none of the experiment's corpora");

    [Fact]
    public void TheSpecTellsSchemesAndTrainingCorporaApartAndIsAsBeforeWithoutThem()
    {
        var native = Grid(Three.Replace("big-four", "native").Replace("[cross-corpus]", "[loso]"))[0].Spec().Canonical();
        native.ShouldNotContain("\"labels\"");
        native.ShouldNotContain("training_corpora");
        var four = Grid(Three)[0].Spec();
        four.TrainingCorpora!["ravdess"]!.GetValue<string>().ShouldBe("fingerprint of ravdess");
        four.Labels!["ravdess"]!["calm"].ShouldBeNull();
        four.Labels!["ravdess"]!["anger"]!.GetValue<string>().ShouldBe("anger");
        Grid(Three.Replace("big-four", "{ scheme: big-four, map: { calm: neutral } }"))[0].Spec().Hash().ShouldNotBe(four.Hash());
    }

    [Fact]
    public void ARunWritesWhatBecameOfEachLabelAndResumes()
    {
        var folder = Directory.CreateTempSubdirectory("undertone-test-").FullName;
        try
        {
            var experiment = Read(Three);
            var corpora = experiment.Labels.Apply(Corpora);
            using (var run = ExperimentRun.Open(experiment, corpora, folder))
            {
                File.ReadAllLines(run.Folder.LabelsFile).Take(3).ShouldBe(
                    ["corpus,scheme,fold,label,class,utterances", "emodb,big-four,,anger,anger,4", "emodb,big-four,,boredom,,4"]);
                TrialRunner.Run(run.Pending[0], run.Folder, new TrialRunOptions { Features = new(null), Command = "undertone trial" });
            }

            using var again = ExperimentRun.Open(experiment, corpora, folder);
            again.Pending.Count.ShouldBe(5);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Experiment Read(string text) => ExperimentFile.Parse("e.yaml", text, RunFixture.Systems);

    private static IReadOnlyList<Trial> Grid(string text)
    {
        var experiment = Read(text);
        return TrialGrid.Build(experiment, experiment.Labels.Apply(Corpora).ToDictionary(c => c.Card.Name));
    }

    private static CorpusData Corpus(string name, int speakers, params string[] classes) => TestCorpora.Of(
        [.. from s in Enumerable.Range(1, speakers) from c in classes select TestCorpora.Utterance($"{s:00}", c, gender: s % 2 == 0 ? "female" : "male", corpus: name)],
        name) with
    { Fingerprint = $"fingerprint of {name}" };
}
