using Undertone.Experiments;

namespace Undertone.Tests.Experiments;

public sealed class TrialReuseTests : IDisposable
{
    private readonly RunFixture _here = new();
    private readonly RunFixture _there = new();

    [Fact]
    public void TheSameWorkUnderAnotherVariantIsTakenOver()
    {
        _there.RunAll();
        using var run = _here.Open("variants:\n  plain: {}\n  longer: { training.epochs: 9 }\n");
        run.Pending.Count.ShouldBe(8);
        var taken = run.Reuse(_there.Run);
        taken.Select(t => t.Name).ShouldBe(run.Trials.Take(4).Select(t => t.Name), ignoreOrder: true);
        run.Pending.ShouldAllBe(t => t.Variant!.Name == "longer");
        var name = "emodb.guess.plain.loso-02.seed-0";
        var record = TrialRecord.Read(_here.Run.TrialFile(name, "trial.json"));
        record.TakenFrom.ShouldBe("test/emodb.guess.loso-02.seed-0");
        record.Trial.ShouldBe(name);
        record.SpecHash.ShouldBe(run.Trials[1].Spec().Hash());
        File.ReadAllBytes(_here.Run.TrialFile(name, "predictions.csv"))
            .ShouldBe(File.ReadAllBytes(_there.Run.TrialFile("emodb.guess.loso-02.seed-0", "predictions.csv")));
    }

    [Fact]
    public void ATakenTrialIsFinished()
    {
        _there.RunAll();
        using (var run = _here.Open())
        {
            run.Reuse(_there.Run).Count.ShouldBe(4);
        }

        using var again = _here.Open();
        again.Pending.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("overrides: { training.epochs: 9 }\n")]
    [InlineData("seeds: [1]\n")]
    public void OtherWorkIsLeft(string more)
    {
        _there.RunAll();
        using var run = _here.Open(more);
        run.Reuse(_there.Run).ShouldBeEmpty();
        run.Pending.Count.ShouldBe(4);
    }

    [Fact]
    public void AnotherSplitIsLeft()
    {
        _there.RunAll();
        using var run = _here.Open(speakers: 5);
        run.Reuse(_there.Run).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("guess/0", 3)]
    [InlineData(null, 4)]
    public void ATrialOnFeaturesOfAnotherVersionIsLeft(string? features, int taken)
    {
        _there.RunAll();
        Age(_there, features);
        using var run = _here.Open();
        run.Reuse(_there.Run).Count.ShouldBe(taken);
    }

    [Fact]
    public void ARunWhoseFeaturesAreOfAnotherVersionIsNotGoneOnWith()
    {
        _here.RunAll();
        Age(_here, "guess/0");
        var message = Should.Throw<UndertoneException>(() => _here.Open()).Message;
        message.ShouldContain("features: stored \"guess/0\", now \"guess/1\"");
        message.ShouldContain("computes these features in another way");
    }

    private static void Age(RunFixture run, string? features)
    {
        var path = run.Run.TrialFile("emodb.guess.loso-02.seed-0", "trial.json");
        var record = TrialRecord.Read(path);
        var spec = record.Spec with { Features = features };
        (record with { Spec = spec, SpecHash = spec.Hash() }).Write(path);
    }

    [Fact]
    public void ADamagedTrialIsRefusedByName()
    {
        _there.RunAll();
        File.WriteAllText(_there.Run.TrialFile("emodb.guess.loso-02.seed-0", "predictions.csv"), "utterance");
        using var run = _here.Open();
        Should.Throw<UndertoneException>(() => run.Reuse(_there.Run)).Message.ShouldContain("emodb.guess.loso-02.seed-0");
    }

    [Fact]
    public void AFolderThatIsNoRunIsRefused()
    {
        using var run = _here.Open();
        Should.Throw<UndertoneException>(() => run.Reuse(new RunFolder(_here.Folder))).Message.ShouldContain("this is no run folder");
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }
}
