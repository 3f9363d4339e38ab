using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Undertone.Cli.Progress;
using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Systems;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone run EXPERIMENT</c>: every trial that is not finished yet, in worker processes; then the table and the report.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var experiment = RunOptions.Experiment();
        var corpora = RunOptions.Corpora();
        var set = RunOptions.Set();
        var runs = new Option<string>("--runs")
        {
            Description = "The folder of run folders.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "runs",
        };
        var workers = new Option<int?>("--workers") { Description = "Worker processes of one thread each; otherwise as the file says, then one a processor.", HelpName = "N" };
        var plain = new Option<bool>("--plain") { Description = "Plain lines instead of live progress." };
        var prepare = new Option<bool>("--prepare") { Description = "Check everything, make the run folder and list the trials to run, but run none (for a scheduler: undertone trial)." };
        var reuse = new Option<string[]>("--reuse")
        {
            Description = "Take finished trials that are the same work (corpus, split, seed, settings) from another run folder; may be given several times.",
            HelpName = "RUN",
        };
        var command = new Command("run", "Run an experiment; the same command again finishes what is missing.")
        {
            experiment, corpora, runs, workers, set, reuse, plain, prepare,
        };
        command.SetAction(parsed => new RunSession
        {
            ExperimentFile = parsed.GetValue(experiment)!,
            Corpora = parsed.GetValue(corpora),
            Runs = parsed.GetValue(runs)!,
            Workers = parsed.GetValue(workers),
            Changes = RunOptions.Changes(parsed, set),
            Reuse = parsed.GetValue(reuse) ?? [],
            Plain = parsed.GetValue(plain),
            Prepare = parsed.GetValue(prepare),
        }.Run());
        return command;
    }
}

/// <summary>One call of <c>undertone run</c>.</summary>
internal sealed class RunSession
{
    public required string ExperimentFile { get; init; }

    public required string? Corpora { get; init; }

    public required string Runs { get; init; }

    public required int? Workers { get; init; }

    public required IReadOnlyList<SettingChange> Changes { get; init; }

    public required IReadOnlyList<string> Reuse { get; init; }

    public required bool Plain { get; init; }

    public required bool Prepare { get; init; }

    public int Run()
    {
        if (Workers is < 1)
        {
            throw new UndertoneException($"--workers {Workers}: expected a whole number of at least 1.");
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return Run(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine();
            Console.Error.WriteLine("Interrupted. Finished trials are kept; this continues:");
            Console.Error.WriteLine($"  {ThisCommand()}");
            return ErrorReporting.Interrupted;
        }
        catch (RunStoppedException e)
        {
            throw new RunStoppedException($"{e.Message}\nFinished trials are kept; when that is mended, this continues:\n  {ThisCommand()}", e);
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private int Run(CancellationToken stop)
    {
        var experiment = Experiments.ExperimentFile.Read(ExperimentFile, SystemCatalog.Default, Changes);
        var live = !Plain && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
        var corpora = ExperimentRun.ReadCorpora(experiment, Corpora, live ? new ReadingLine() : null, stop);
        CorporaOpening.Write(corpora);
        using var run = ExperimentRun.Open(experiment, corpora, Runs);
        foreach (var other in Reuse)
        {
            var taken = run.Reuse(new RunFolder(other));
            Console.WriteLine($"{Progress.Figures.Count(taken.Count, "trial")} taken from {other}");
        }

        var workers = Workers ?? experiment.Workers ?? Environment.ProcessorCount;
        RunOpening.Write(run, workers);
        if (Prepare)
        {
            foreach (var trial in run.Pending)
            {
                Console.WriteLine(Invocation.Line(["trial", run.Folder.Location, trial.Name, .. Corpora is null ? (string[])[] : ["--corpora", Corpora]]));
            }

            return ErrorReporting.Done;
        }

        var clock = Stopwatch.StartNew();
        var failures = run.Pending.Count == 0 ? [] : Work(run, workers, live, stop);
        var closing = RunClosing.Write(run, failures, clock.Elapsed, ThisCommand());
        return failures.Count == 0 ? closing : ErrorReporting.Failure;
    }

    private IReadOnlyList<TrialFailure> Work(ExperimentRun run, int workers, bool live, CancellationToken stop)
    {
        var pool = new WorkerPool(TrialProcess(), workers);
        if (live)
        {
            return LiveProgress.Run(run, workers, observer => pool.RunAsync(run.Folder, run.Pending, observer, stop));
        }

        return pool.RunAsync(run.Folder, run.Pending, new PlainProgress(run, workers), stop).GetAwaiter().GetResult();
    }

    /// <summary>The command line of <c>undertone trial</c> in a process like this one.</summary>
    private WorkerCommand TrialProcess()
    {
        var program = Environment.ProcessPath ?? "dotnet";
        var assembly = typeof(RunSession).Assembly.Location;
        IReadOnlyList<string> options = Corpora is null ? ["--json"] : ["--json", "--corpora", Path.GetFullPath(Corpora)];
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new WorkerCommand(program, ["exec", assembly, "trial"], options)
            : new WorkerCommand(program, ["trial"], options);
    }

    private string ThisCommand()
    {
        var parts = new List<string> { "run", ExperimentFile };
        if (Corpora is not null)
        {
            parts.AddRange(["--corpora", Corpora]);
        }

        if (Runs != "runs")
        {
            parts.AddRange(["--runs", Runs]);
        }

        if (Workers is { } workers)
        {
            parts.AddRange(["--workers", FormattableString.Invariant($"{workers}")]);
        }

        parts.AddRange(Reuse.SelectMany(r => new[] { "--reuse", r }));
        parts.AddRange(Changes.SelectMany(c => new[] { "--set", $"{c.Path}={c.Text}" }));
        return Invocation.Line(parts);
    }
}
