using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Undertone.Experiments;
using Undertone.Models.Pretraining;
using Undertone.Systems;
using Undertone.Training;

namespace Undertone.Cli.Progress;

/// <summary>Progress on a terminal: a bar, the time left, what each worker is at, and the trials that ended last.</summary>
internal sealed class LiveProgress : IRunObserver
{
    private const int LastShown = 5;
    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly RunEstimate _estimate;
    private readonly SortedDictionary<int, (Trial Trial, long Since, string State)> _workers = [];
    private readonly Queue<string> _last = [];
    private readonly int _total;
    private readonly List<string> _warnings = [];
    private int _done;
    private int _failed;

    private LiveProgress(ExperimentRun run, int workers)
    {
        _total = run.Trials.Count;
        _done = _total - run.Pending.Count;
        _estimate = new RunEstimate(run.Pending, workers);
    }

    /// <summary>Shows progress while work goes on.</summary>
    public static IReadOnlyList<TrialFailure> Run(ExperimentRun run, int workers, Func<IRunObserver, Task<IReadOnlyList<TrialFailure>>> work)
    {
        var progress = new LiveProgress(run, workers);
        IReadOnlyList<TrialFailure> failures = [];
        AnsiConsole.Live(progress.Picture()).AutoClear(true).Start(context =>
        {
            var task = work(progress);
            while (Task.WhenAny(task, Task.Delay(250)).GetAwaiter().GetResult() != task)
            {
                context.UpdateTarget(progress.Picture());
            }

            failures = task.GetAwaiter().GetResult();
        });
        progress._warnings.ForEach(w => Console.Error.WriteLine($"warning: {w}"));
        return failures;
    }

    public void Started(int worker, Trial trial)
    {
        lock (_gate)
        {
            _workers[worker] = (trial, Stopwatch.GetTimestamp(), "preparing");
        }
    }

    public void Trained(int worker, Trial trial, EpochRecord epoch)
    {
        lock (_gate)
        {
            var since = _workers[worker].Since;
            _workers[worker] = (trial, since, State(trial, epoch));
            if (trial.Epochs is { } epochs)
            {
                _estimate.AtWork(trial, Stopwatch.GetElapsedTime(since).TotalSeconds, (double)epoch.Epoch / epochs);
            }
        }
    }

    public void Pretrained(int worker, Trial trial, PretrainingEpoch epoch)
    {
        lock (_gate)
        {
            _workers[worker] = (trial, _workers[worker].Since, PretrainingProgress.Text(epoch));
        }
    }

    public void Warned(string warning)
    {
        lock (_gate)
        {
            _warnings.Add(warning);
        }
    }

    public void Finished(int worker, Trial trial, double score, double seconds)
    {
        lock (_gate)
        {
            _done++;
            _workers.Remove(worker);
            _estimate.Ended(trial, seconds);
            Remember($"[green]✓[/] {Markup.Escape(trial.Name)}  {Figures.Score(score, trial.Task.IsRegression)}  {Figures.Duration(TimeSpan.FromSeconds(seconds))}");
        }
    }

    public void Retried(int worker, Trial trial, string reason)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            Remember($"[yellow]↻[/] {Markup.Escape(trial.Name)}  {Markup.Escape(reason)}; it is tried once more");
        }
    }

    public void Failed(int worker, Trial trial, TrialFailure failure)
    {
        lock (_gate)
        {
            _failed++;
            _workers.Remove(worker);
            _estimate.Ended(trial, null);
            Remember($"[red]✗[/] {Markup.Escape(trial.Name)}  {Markup.Escape(failure.Reason)}");
        }
    }

    private void Remember(string line)
    {
        _last.Enqueue(line);
        if (_last.Count > LastShown)
        {
            _last.Dequeue();
        }
    }

    private Rows Picture()
    {
        lock (_gate)
        {
            var rows = new List<IRenderable>();
            rows.AddRange(_warnings.Select(w => new Markup($"[yellow]![/] {Markup.Escape(w)}")));
            rows.AddRange(_last.Select(l => new Markup(l).Overflow(Overflow.Ellipsis)));
            foreach (var (trial, since, state) in _workers.Values)
            {
                var elapsed = Figures.Duration(Stopwatch.GetElapsedTime(since));
                rows.Add(new Markup($"[blue]·[/] {Markup.Escape(trial.Name)}  [grey]{Markup.Escape(state)}  {elapsed}[/]").Overflow(Overflow.Ellipsis));
            }

            const int width = 30;
            var filled = _total == 0 ? width : width * (_done + _failed) / _total;
            rows.Add(new Markup(
                $"[green]{new string('━', filled)}[/][grey]{new string('━', width - filled)}[/] {_done}/{_total} trials"
                + (_failed > 0 ? $", [red]{_failed} failed[/]" : string.Empty)
                + $"  {Figures.Duration(_clock.Elapsed)}, {Figures.Left(_estimate.Left())}"));
            return new Rows(rows);
        }
    }

    private static string State(Trial trial, EpochRecord epoch)
    {
        var of = trial.Epochs is { } epochs ? string.Create(CultureInfo.InvariantCulture, $"/{epochs}") : string.Empty;
        var regression = double.IsFinite(epoch.ValidationCcc);
        var score = regression || double.IsFinite(epoch.ValidationUar)
            ? $", validation {Figures.Score(regression ? epoch.ValidationCcc : epoch.ValidationUar, regression)}"
            : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}{of}, loss {epoch.TrainLoss:0.000}{score}");
    }
}
