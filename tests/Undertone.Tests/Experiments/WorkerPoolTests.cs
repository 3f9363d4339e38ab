using Undertone.Experiments;
using Undertone.Models.Pretraining;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Tests.Experiments;

/// <summary>The pool against real processes: a shell script that takes the part of <c>undertone trial</c>.</summary>
public sealed class WorkerPoolTests : IDisposable
{
    private const string Finish = """mkdir "$1/trials/$2"; echo '{"event":"pretraining","stage":"layer 1","epoch":2,"epochs":3,"train_loss":0.5}'; echo '{"event":"epoch","epoch":1,"train_loss":1.5}'; echo '{"event":"finished","uar":0.5}'""";
    private readonly RunFixture _fixture = new();
    private readonly Log _log = new();

    [Fact]
    public async Task RunsEveryTrialAndReportsEpochs()
    {
        var failures = await RunAsync($"echo a native library speaks; {Finish}");
        failures.ShouldBeEmpty();
        _log.Lines.Where(l => l.StartsWith("finished", StringComparison.Ordinal)).Count().ShouldBe(4);
        _log.Lines.Where(l => l.StartsWith("epoch 1", StringComparison.Ordinal)).Count().ShouldBe(4);
        _log.Lines.Where(l => l.StartsWith("layer 1, 2 of 3, error 0.5 of", StringComparison.Ordinal)).Count().ShouldBe(4);
        _fixture.Run.FinishedTrials().Count.ShouldBe(4);
    }

    [Fact]
    public async Task AWarningOfSeveralWorkersIsToldOnceAndEndsNothing()
    {
        var failures = await RunAsync($$"""echo '{"event":"warning","reason":"the cache is full"}'; {{Finish}}; echo '{"event":"warning","reason":"the cache is full"}'""");
        failures.ShouldBeEmpty();
        _log.Lines.Count(l => l == "warned the cache is full").ShouldBe(1);
        _fixture.Run.FinishedTrials().Count.ShouldBe(4);
    }

    [Fact]
    public async Task WorkersHaveOneThread()
    {
        await RunAsync($"""echo "$OMP_NUM_THREADS $OPENBLAS_NUM_THREADS" > "$1/threads"; {Finish}""");
        File.ReadAllText(Path.Combine(_fixture.Run.Location, "threads")).ShouldBe("1 1\n");
    }

    [Fact]
    public async Task AKilledProcessIsTriedOnceMore()
    {
        var failures = await RunAsync($"""case $2 in *loso-03*) if [ ! -e "$1/once" ]; then touch "$1/once"; kill -9 $$; fi;; esac; {Finish}""");
        failures.ShouldBeEmpty();
        _log.Lines.Count(l => l == "retried emodb.guess.loso-03.seed-0: the process was killed (SIGKILL; the machine may have run out of memory)").ShouldBe(1);
        _fixture.Run.FinishedTrials().Count.ShouldBe(4);
    }

    [Fact]
    public async Task AProcessThatIsKilledTwiceFailsWithItsLogAndTheOthersGoOn()
    {
        var failures = await RunAsync($"""case $2 in *loso-03*) mkdir "$1/trials/.$2.partial-$$"; echo last words >&2; kill -9 $$;; esac; {Finish}""");
        failures.Select(f => f.Trial).ShouldBe(["emodb.guess.loso-03.seed-0"]);
        File.ReadAllText(failures[0].Log).ShouldContain("last words");
        failures[0].Reason.ShouldContain("SIGKILL");
        _fixture.Run.FinishedTrials().Count.ShouldBe(3);
        Directory.GetDirectories(_fixture.Run.TrialsFolder).ShouldNotContain(d => d.Contains("partial"));
    }

    [Fact]
    public async Task ATrialThatEndsWithAReasonIsNotTriedAgain()
    {
        var failures = await RunAsync("""echo x >> "$1/tries"; echo '{"event":"failed","reason":"the loss is not a number"}'; exit 2""");
        failures.Count.ShouldBe(4);
        failures.ShouldAllBe(f => f.Reason == "the loss is not a number");
        File.ReadAllLines(Path.Combine(_fixture.Run.Location, "tries")).Length.ShouldBe(4);
    }

    [Fact]
    public async Task AFullDiskStopsTheRun()
    {
        var error = await Should.ThrowAsync<RunStoppedException>(() => RunAsync("""echo '{"event":"failed","reason":"no space left","stops":true}'; exit 1"""));
        error.Message.ShouldBe("no space left");
    }

    [Fact]
    public async Task CancellationStopsTheProcesses()
    {
        using var stop = new CancellationTokenSource();
        _log.OnStarted = () => stop.CancelAfter(100);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync("sleep 60", stop.Token));
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(20);
    }

    public void Dispose() => _fixture.Dispose();

    private async Task<IReadOnlyList<TrialFailure>> RunAsync(string script, CancellationToken stop = default)
    {
        using var run = _fixture.Open();
        var pool = new WorkerPool(new WorkerCommand("/bin/sh", ["-c", script, "trial"], []), 2);
        return await pool.RunAsync(run.Folder, run.Pending, _log, stop);
    }

    private sealed class Log : IRunObserver
    {
        public List<string> Lines { get; } = [];

        public Action? OnStarted { get; set; }

        public void Started(int worker, Trial trial) => OnStarted?.Invoke();

        public void Trained(int worker, Trial trial, EpochRecord epoch) => Lines.Add($"epoch {epoch.Epoch} of {trial.Name}");

        public void Pretrained(int worker, Trial trial, PretrainingEpoch epoch) =>
            Lines.Add(FormattableString.Invariant($"{epoch.Stage}, {epoch.Epoch} of {epoch.Epochs}, error {epoch.Error} of {trial.Name}"));

        public void Warned(string warning) => Lines.Add($"warned {warning}");

        public void Finished(int worker, Trial trial, double uar, double seconds) => Lines.Add($"finished {trial.Name}");

        public void Retried(int worker, Trial trial, string reason) => Lines.Add($"retried {trial.Name}: {reason}");

        public void Failed(int worker, Trial trial, TrialFailure failure) => Lines.Add($"failed {trial.Name}");
    }
}
