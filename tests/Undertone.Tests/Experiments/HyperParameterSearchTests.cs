using Undertone.Experiments;
using Undertone.Systems;

namespace Undertone.Tests.Experiments;

public sealed class HyperParameterSearchTests : IDisposable
{
    private const string Trial = "emodb.guess.loso-02.seed-0";
    private readonly RunFixture _fixture = new();
    private readonly GuessingSystem _system = new();

    [Fact]
    public void TheBestCandidateOfTheTrainingSpeakersIsTrained()
    {
        var record = Run("search: { over: { insight: [0, 50, 2], training.epochs: [1, 2] }, groups: 3 }\n");
        record.Chosen!.ToJsonString().ShouldBe("""{"insight":"50","training.epochs":"1"}""");
        File.ReadAllLines(_fixture.Run.TrialFile(Trial, "search.csv"))[0].ShouldBe("candidate,insight,training.epochs,inner_uar,chosen");
        var rows = File.ReadAllLines(_fixture.Run.TrialFile(Trial, "search.csv"))[1..];
        rows.Length.ShouldBe(6);
        rows[0].ShouldStartWith("1,0,1,0.");
        rows[2].ShouldBe("3,50,1,1,yes");
        rows[3].ShouldBe("4,50,2,1,no", "equal candidates: the first is taken");
        var last = (GuessingSettings)_system.Requests[^1].Settings;
        (last.Insight, last.Training.Epochs).ShouldBe((50, 1));
    }

    [Fact]
    public void TestSpeakersHaveNoPartInTheChoice()
    {
        Run("search: { over: { insight: [0, 1] }, groups: 3 }\n");
        _system.Requests.Count.ShouldBe((2 * 3) + 1);
        _system.Requests.ShouldAllBe(r => r.Train.Concat(r.Validation).All(u => u.Speaker != "02"));

        // Inner training parts leave out a group that the candidate is scored on; the last training has all speakers back.
        _system.Requests[..6].ShouldAllBe(r => r.Train.Concat(r.Validation).Select(u => u.Speaker).Distinct().Count() == 2);
        _system.Requests[^1].Train.Concat(_system.Requests[^1].Validation).Select(u => u.Speaker).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void RandomDrawsStayInTheirRangesAndRepeatWithTheSeed()
    {
        var plan = Read("search: { over: { training.learning-rate: { from: 1e-4, to: 1e-2, scale: log }, insight: [1, 2] }, draws: 40 }\n").Search!;
        var candidates = plan.Candidates(7);
        candidates.Select(c => c.Label).ShouldBe(plan.Candidates(7).Select(c => c.Label));
        candidates.Select(c => c.Label).ShouldNotBe(plan.Candidates(8).Select(c => c.Label));
        var rates = candidates.Select(c => ((GuessingSettings)c.Apply(new GuessingSettings())).Training.LearningRate).ToList();
        rates.ShouldAllBe(r => r >= 1e-4 && r <= 1e-2);

        // Even in the logarithm: about half of the draws lie below the geometric mean.
        rates.Count(r => r < 1e-3).ShouldBeInRange(10, 30);
    }

    [Fact]
    public void TheResolvedExperimentSearchesTheSame()
    {
        var experiment = Read("search: { over: { training.learning-rate: { from: 1e-4, to: 1e-2, scale: log }, channels: [[8], [16, 32]] }, draws: 5, groups: 4 }\n");
        var again = ExperimentFile.Parse("resolved.yaml", ResolvedExperiment.Write(experiment), RunFixture.Systems);
        ResolvedExperiment.Write(again).ShouldBe(ResolvedExperiment.Write(experiment));
        again.Search!.Candidates(0).Select(c => c.Label).ShouldBe(experiment.Search!.Candidates(0).Select(c => c.Label));
    }

    [Fact]
    public void ATrialWithoutASearchKeepsItsSpec()
    {
        RunFixture.Grid()[0].Spec().Canonical().ShouldNotContain("search");
        RunFixture.Grid("search: { over: { insight: [1] } }\n")[0].Spec().Canonical().ShouldContain("\"search\"");
    }

    [Theory]
    [InlineData("search: { over: { insigt: [1] } }\n", "e.yaml:6: there is no setting 'insigt'", "insight")]
    [InlineData("search: { over: { training.epochs: [1, 0] } }\n", "e.yaml:6", "epochs must be at least 1")]
    [InlineData("search: { over: {} }\n", "e.yaml:6", "nothing to search over")]
    [InlineData("search: { ovr: {} }\n", "e.yaml:6", "'over'")]
    [InlineData("search: { over: { insight: { from: 2, to: 1 } }, draws: 3 }\n", "e.yaml:6", "A less than B")]
    [InlineData("search: { over: { insight: { from: 0, to: 1, scale: log } }, draws: 3 }\n", "e.yaml:6", "more than 0 on a log scale")]
    [InlineData("search: { over: { insight: { from: 0, to: 1 } } }\n", "e.yaml:6", "expected draws: N")]
    [InlineData("search: { over: { insight: [1] }, draws: 0 }\n", "e.yaml:6", "search.draws must be a whole number of at least 1")]
    public void AnImpossibleSearchIsRefused(string more, string where, string what)
    {
        var message = Should.Throw<UndertoneException>(() => Read(more)).Message;
        message.ShouldContain(where);
        message.ShouldContain(what);
    }

    [Fact]
    public void TooFewTrainingSpeakersAreRefusedByFold()
    {
        Should.Throw<UndertoneException>(() => Run("search: { over: { insight: [1] }, groups: 9 }\n"))
            .Message.ShouldSatisfyAllConditions(m => m.ShouldContain("fold '02'"), m => m.ShouldContain("search.groups (now 9)"));
    }

    public void Dispose() => _fixture.Dispose();

    private static Experiment Read(string more) => ExperimentFile.Parse("e.yaml", RunFixture.File + more, RunFixture.Systems);

    private TrialRecord Run(string more)
    {
        var experiment = ExperimentFile.Parse("e.yaml", RunFixture.File + more, new SystemCatalog([_system]));
        using var run = ExperimentRun.Open(experiment, [RunFixture.Corpus()], _fixture.Folder);
        return _fixture.RunTrial(run.Pending.Single(t => t.Name == Trial));
    }
}
