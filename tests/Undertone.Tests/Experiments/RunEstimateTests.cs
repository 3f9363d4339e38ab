using Undertone.Experiments;

namespace Undertone.Tests.Experiments;

public sealed class RunEstimateTests
{
    private readonly IReadOnlyList<Trial> _trials = RunFixture.Grid("seeds: [0, 1]\n");

    [Fact]
    public void NothingIsKnownAtFirst() => new RunEstimate(_trials, 2).Left().ShouldBeNull();

    [Fact]
    public void TrialsThatEndedTellOfThoseToCome()
    {
        var estimate = new RunEstimate(_trials, 2);
        estimate.Ended(_trials[0], 10);
        estimate.Ended(_trials[1], 20);
        estimate.Left()!.Value.TotalSeconds.ShouldBe(6 * 15 / 2.0, 1e-9);
    }

    [Fact]
    public void EpochsTellBeforeTheFirstTrialHasEnded()
    {
        var estimate = new RunEstimate(_trials, 1);
        estimate.AtWork(_trials[0], 5, 0.5);
        estimate.Left()!.Value.TotalSeconds.ShouldBe(5 + (7 * 10), 1e-9);
    }

    [Fact]
    public void AFailureSaysNothingOfOthers()
    {
        var estimate = new RunEstimate(_trials.Take(2), 1);
        estimate.Ended(_trials[0], 10);
        estimate.Ended(_trials[1], null);
        estimate.Left().ShouldBe(TimeSpan.Zero);
    }
}
