using Undertone.Corpora;
using Undertone.Experiments;

namespace Undertone.Tests.Experiments;

public sealed class TrialGridTests
{
    [Fact]
    public void NamesAreReadable() =>
        RunFixture.Grid("seeds: [0, 7]\nfolds: [\"03\"]\nvariants: { clean: {}, wiener: { denoise.kind: wiener } }\n").Select(t => t.Name).ShouldBe(
        [
            "emodb.guess.clean.loso-03.seed-0", "emodb.guess.clean.loso-03.seed-7",
            "emodb.guess.wiener.loso-03.seed-0", "emodb.guess.wiener.loso-03.seed-7",
        ]);

    [Fact]
    public void WithoutVariantsTheNameHasNone() =>
        RunFixture.Grid().Select(t => t.Name).ShouldBe(Enumerable.Range(1, 4).Select(s => $"emodb.guess.loso-0{s}.seed-0"));

    [Fact]
    public void NamesAreUnique()
    {
        var grid = RunFixture.Grid("seeds: [0, 1]\nvariants: { clean: {}, wiener: { denoise.kind: wiener } }\n");
        grid.Count.ShouldBe(16);
        grid.Select(t => t.Name).Distinct().Count().ShouldBe(16);
    }

    [Fact]
    public void TheBadgeFollowsTheAuditAndTheSettings()
    {
        RunFixture.Grid().ShouldAllBe(t => t.Badge.ToString() == "speaker-independent");
        RunFixture.Grid("overrides: { normalisation: speaker }\n").ShouldAllBe(t => t.Badge.ToString() == "speaker-independent, adapted");
        var leaky = ExperimentFile.Parse("e.yaml", RunFixture.File.Replace("[loso]", "[{ kind: random-k-fold, folds: 2 }]"), RunFixture.Systems);
        TrialGrid.Build(leaky, new Dictionary<string, CorpusData> { ["emodb"] = RunFixture.Corpus() })
            .ShouldAllBe(t => t.Badge.ToString() == "speaker-dependent");
    }

    [Fact]
    public void AnUnknownFoldIsRefusedByItsLine() =>
        Should.Throw<UndertoneException>(() => RunFixture.Grid("folds: [\"3\"]\n")).Message
            .ShouldStartWith("e.yaml:6: no protocol of the experiment has a fold '3'; did you mean '03'?");

    [Fact]
    public void TheSpecTellsTrialsApartByAllThatDecidesTheirPredictions()
    {
        var trial = RunFixture.Grid()[0];
        trial.Spec().Hash().ShouldBe(RunFixture.Grid()[0].Spec().Hash());
        RunFixture.Grid("workers: 2\n")[0].Spec().Hash().ShouldBe(trial.Spec().Hash());
        RunFixture.Grid("overrides: { training.epochs: 4 }\n")[0].Spec().Hash().ShouldNotBe(trial.Spec().Hash());
        RunFixture.Grid(speakers: 5)[0].Spec().Hash().ShouldNotBe(trial.Spec().Hash());
    }
}
