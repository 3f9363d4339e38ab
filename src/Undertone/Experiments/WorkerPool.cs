using System.Diagnostics;
using System.Globalization;
using System.Text;
using Undertone.Models.Pretraining;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Experiments;

/// <summary>The command that runs one trial in a process of its own.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments before the run folder and the trial's name.</param>
/// <param name="Options">Its arguments after them.</param>
public sealed record WorkerCommand(string FileName, IReadOnlyList<string> Arguments, IReadOnlyList<string> Options);

/// <summary>Is told how a run goes on. Calls never overlap; they must return quickly.</summary>
public interface IRunObserver
{
    /// <summary>A worker takes up a trial.</summary>
    /// <param name="worker">The worker, from 0.</param>
    /// <param name="trial">The trial.</param>
    void Started(int worker, Trial trial);

    /// <summary>A trial has trained an epoch.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="epoch">The epoch.</param>
    void Trained(int worker, Trial trial, EpochRecord epoch);

    /// <summary>A trial's network has learned an epoch without labels.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="epoch">The epoch.</param>
    void Pretrained(int worker, Trial trial, PretrainingEpoch epoch);

    /// <summary>Something slows the trials down, such as a cache that cannot be written; told once in a run.</summary>
    /// <param name="warning">What, and the way out.</param>
    void Warned(string warning);

    /// <summary>A trial is finished.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="score">Its test UAR, in [0, 1]; in a regression its mean test CCC over targets, in [-1, 1].</param>
    /// <param name="seconds">Its wall-clock seconds, the process's start included.</param>
    void Finished(int worker, Trial trial, double score, double seconds);

    /// <summary>A trial's process was killed or crashed; it is tried once more.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="reason">How the process ended.</param>
    void Retried(int worker, Trial trial, string reason);

    /// <summary>A trial failed for good.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="failure">Why.</param>
    void Failed(int worker, Trial trial, TrialFailure failure);
}

/// <summary>A run that cannot go on: no other trial could be run either. Finished trials are kept.</summary>
public sealed class RunStoppedException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Why it cannot go on, and the way out.</param>
    /// <param name="inner">The error underneath, where there is one.</param>
    public RunStoppedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>A trial that failed.</summary>
/// <param name="Trial">Its name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Log">The file with all that the process wrote.</param>
public sealed record TrialFailure(string Trial, string Reason, string Log);

/// <summary>
/// Runs trials in worker processes of one thread each, as many at once as there are workers. A process that is killed
/// or crashes is started once more; a trial that ends with a reason is not.
/// </summary>
public sealed class WorkerPool
{
    private readonly WorkerCommand _command;
    private readonly int _workers;
    private readonly HashSet<string> _warned = [];
    private readonly Lock _gate = new();

    /// <summary>Makes a pool.</summary>
    /// <param name="command">The command that runs a trial.</param>
    /// <param name="workers">How many processes at once, at least 1.</param>
    public WorkerPool(WorkerCommand command, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _command = command;
        _workers = workers;
    }

    /// <summary>Runs trials until all are finished or failed.</summary>
    /// <param name="folder">The run folder, made ready.</param>
    /// <param name="trials">The trials that are not finished yet.</param>
    /// <param name="observer">Is told how it goes on.</param>
    /// <param name="cancellation">Stops the processes; what they had not finished is lost, finished trials stay.</param>
    /// <returns>The trials that failed.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="RunStoppedException">No further trial can be run: the run folder is full or cannot be written, or libtorch is missing.</exception>
    public async Task<IReadOnlyList<TrialFailure>> RunAsync(
        RunFolder folder, IReadOnlyList<Trial> trials, IRunObserver observer, CancellationToken cancellation)
    {
        var failures = new List<TrialFailure>();
        var queue = new TrialQueue(trials);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var workers = Enumerable.Range(0, Math.Min(_workers, Math.Max(1, trials.Count)))
            .Select(worker => Task.Run(() => WorkAsync(worker, folder, queue, observer, failures, stop), CancellationToken.None))
            .ToArray();
        var broken = (Exception?)null;
        foreach (var worker in workers)
        {
            try
            {
                await worker.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Known from the token below, once every process has ended.
            }
            catch (Exception e)
            {
                broken ??= e;
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }

        cancellation.ThrowIfCancellationRequested();
        return broken is null ? failures : throw broken;
    }

    private async Task WorkAsync(
        int worker, RunFolder folder, TrialQueue queue, IRunObserver observer, List<TrialFailure> failures, CancellationTokenSource stop)
    {
        while (!stop.IsCancellationRequested)
        {
            (Trial Trial, bool Again)? next;
            lock (_gate)
            {
                next = queue.Take();
            }

            if (next is not { } taken)
            {
                return;
            }

            try
            {
                await RunOneAsync(worker, folder, taken.Trial, taken.Again, queue, observer, failures, stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Whatever it is, the other workers' trials could not be kept either.
                await stop.CancelAsync().ConfigureAwait(false);
                throw RunFolder.IsStorageFailure(e)
                    ? new RunStoppedException(RunFolder.StorageFailure(folder.Location, e), e)
                    : e;
            }
        }

        stop.Token.ThrowIfCancellationRequested();
    }

    private async Task RunOneAsync(
        int worker, RunFolder folder, Trial trial, bool again, TrialQueue queue, IRunObserver observer, List<TrialFailure> failures, CancellationToken stop)
    {
        lock (_gate)
        {
            observer.Started(worker, trial);
        }

        var clock = Stopwatch.StartNew();
        var outcome = await RunProcessAsync(worker, folder, trial, observer, stop).ConfigureAwait(false);
        var message = outcome.Last;
        if (message is { Event: "finished" } && outcome.ExitCode == 0 && folder.IsFinished(trial.Name))
        {
            lock (_gate)
            {
                queue.Measure(trial, clock.Elapsed.TotalSeconds);
                File.Delete(folder.FailureLog(trial.Name));
                observer.Finished(worker, trial, double.IsNaN(message.Uar) ? message.Ccc : message.Uar, clock.Elapsed.TotalSeconds);
            }

            return;
        }

        var reason = message?.Reason ?? Ending(outcome.ExitCode);
        if (message is { Event: "failed", Stops: true })
        {
            throw new RunStoppedException(reason);
        }

        lock (_gate)
        {
            if (message is not { Event: "failed" } && !again)
            {
                queue.Return(trial);
                observer.Retried(worker, trial, reason);
                return;
            }

            var log = folder.FailureLog(trial.Name);
            RunFolder.WriteWhole(log, $"{trial.Name}\n{reason}\n\n{outcome.Log}");
            var failure = new TrialFailure(trial.Name, reason, log);
            failures.Add(failure);
            observer.Failed(worker, trial, failure);
        }
    }

    private async Task<Outcome> RunProcessAsync(int worker, RunFolder folder, Trial trial, IRunObserver observer, CancellationToken stop)
    {
        var start = new ProcessStartInfo(_command.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (IEnumerable<string>)[.. _command.Arguments, folder.Location, trial.Name, .. _command.Options])
        {
            start.ArgumentList.Add(argument);
        }

        // One thread a worker; what the libraries read before the first line of managed code runs must be set here.
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
        {
            start.Environment[variable] = "1";
        }

        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{_command.FileName} could not be started.");
        var log = new StringBuilder();
        var errors = ReadErrorsAsync(process.StandardError, log);
        WorkerMessage? last = null;
        using var killing = stop.Register(() => Kill(process));
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            if (WorkerMessage.Parse(line) is not { } message)
            {
                Append(log, line);
                continue;
            }

            if (message.Event == "warning")
            {
                Warn(message.Reason ?? line, observer);
                continue;
            }

            last = message;
            if (message is { Event: "pretraining", Stage: { } stage })
            {
                lock (_gate)
                {
                    observer.Pretrained(worker, trial, new PretrainingEpoch(stage, message.Epoch, message.Epochs, message.TrainLoss));
                }
            }
            else if (message.Event == "epoch")
            {
                var epoch = new EpochRecord(message.Epoch, message.TrainLoss, message.ValidationLoss, message.ValidationUar, message.Seconds);
                lock (_gate)
                {
                    observer.Trained(worker, trial, epoch with { ValidationCcc = message.ValidationCcc });
                }
            }
        }

        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await errors.ConfigureAwait(false);
        var partial = Path.Combine(folder.TrialsFolder, string.Create(CultureInfo.InvariantCulture, $".{trial.Name}.partial-{process.Id}"));
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }

        // Ctrl-C reaches the processes of a terminal before this one knows of it.
        if (process.ExitCode == 130 && !stop.IsCancellationRequested)
        {
            await Task.Delay(300, CancellationToken.None).ConfigureAwait(false);
        }

        stop.ThrowIfCancellationRequested();
        return new Outcome(process.ExitCode, last, log.ToString());
    }

    private void Warn(string warning, IRunObserver observer)
    {
        lock (_gate)
        {
            if (_warned.Add(warning))
            {
                observer.Warned(warning);
            }
        }
    }

    private static async Task ReadErrorsAsync(StreamReader reader, StringBuilder log)
    {
        while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            Append(log, line);
        }
    }

    private static void Append(StringBuilder log, string line)
    {
        const int limit = 1 << 18;
        lock (log)
        {
            if (log.Length < limit)
            {
                log.Append(line).Append('\n');
            }
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself in this very moment, which is what was wanted.
        }
    }

    private static string Ending(int exitCode) => exitCode switch
    {
        137 => "the process was killed (SIGKILL; the machine may have run out of memory)",
        139 => "the process crashed (SIGSEGV)",
        134 => "the process aborted (SIGABRT)",
        143 => "the process was ended (SIGTERM)",
        0 => "the process ended without a result",
        _ => $"the process ended with exit code {exitCode} and no reason",
    };

    private sealed record Outcome(int ExitCode, WorkerMessage? Last, string Log);
}
