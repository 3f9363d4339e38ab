using System.Diagnostics;
using Undertone.Experiments;
using Undertone.Models.Pretraining;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Cli.Progress;

/// <summary>Progress for pipes and logs: one line a trial.</summary>
internal sealed class PlainProgress : IRunObserver
{
    private readonly int _total;
    private readonly RunEstimate _estimate;
    private readonly Dictionary<string, long> _started = [];
    private int _done;

    public PlainProgress(ExperimentRun run, int workers)
    {
        _total = run.Trials.Count;
        _done = _total - run.Pending.Count;
        _estimate = new RunEstimate(run.Pending, workers);
    }

    public void Started(int worker, Trial trial) => _started[trial.Name] = Stopwatch.GetTimestamp();

    public void Trained(int worker, Trial trial, EpochRecord epoch)
    {
        if (trial.Epochs is { } epochs)
        {
            _estimate.AtWork(trial, Stopwatch.GetElapsedTime(_started[trial.Name]).TotalSeconds, (double)epoch.Epoch / epochs);
        }
    }

    public void Pretrained(int worker, Trial trial, PretrainingEpoch epoch)
    {
    }

    public void Warned(string warning) => Console.Error.WriteLine($"warning: {warning}");

    public void Finished(int worker, Trial trial, double score, double seconds)
    {
        _done++;
        _estimate.Ended(trial, seconds);
        var left = _done == _total ? string.Empty : $"  {Figures.Left(_estimate.Left())}";
        Console.WriteLine($"[{_done}/{_total}] {trial.Name}  {Figures.Score(score, trial.Task.IsRegression)}  {Figures.Duration(TimeSpan.FromSeconds(seconds))}{left}");
    }

    public void Retried(int worker, Trial trial, string reason) => Console.Error.WriteLine($"{trial.Name}: {reason}; it is tried once more");

    public void Failed(int worker, Trial trial, TrialFailure failure)
    {
        _estimate.Ended(trial, null);
        Console.Error.WriteLine($"{trial.Name}: failed: {failure.Reason}");
    }
}
