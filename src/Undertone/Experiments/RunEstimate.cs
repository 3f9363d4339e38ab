namespace Undertone.Experiments;

/// <summary>Estimates how long a run will still take, from the trials that have ended and the epochs of those at work.</summary>
public sealed class RunEstimate
{
    private readonly Dictionary<string, Trial> _open;
    private readonly Dictionary<string, (double Elapsed, double Share)> _atWork = [];
    private readonly Dictionary<string, (double Sum, int Count)> _groups = [];
    private readonly int _workers;

    /// <summary>Begins with trials that are all to be run.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="workers">How many run at once.</param>
    public RunEstimate(IEnumerable<Trial> trials, int workers)
    {
        _open = trials.ToDictionary(t => t.Name);
        _workers = Math.Max(1, workers);
    }

    /// <summary>A trial is some way through.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="elapsed">Seconds since it was started.</param>
    /// <param name="share">How far it is, in [0, 1]: epochs done of those allowed.</param>
    public void AtWork(Trial trial, double elapsed, double share)
    {
        ArgumentNullException.ThrowIfNull(trial);
        _atWork[trial.Name] = (elapsed, Math.Clamp(share, 0, 1));
    }

    /// <summary>A trial has ended.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="seconds">How long it took; null for one that failed, which says nothing of others.</param>
    public void Ended(Trial trial, double? seconds)
    {
        ArgumentNullException.ThrowIfNull(trial);
        _open.Remove(trial.Name);
        _atWork.Remove(trial.Name);
        if (seconds is { } taken)
        {
            var (sum, count) = _groups.GetValueOrDefault(trial.Group);
            _groups[trial.Group] = (sum + taken, count + 1);
        }
    }

    /// <summary>The time left; null while nothing is known.</summary>
    public TimeSpan? Left()
    {
        if (_open.Count == 0)
        {
            return TimeSpan.Zero;
        }

        // A trial at work tells of its own group before the first of that group has ended. Early stopping ends many
        // before their last epoch, so this is an upper guess, replaced by the first measured duration.
        var guesses = _atWork.Where(w => w.Value.Share > 0.02)
            .GroupBy(w => _open[w.Key].Group, w => w.Value.Elapsed / w.Value.Share)
            .ToDictionary(g => g.Key, g => g.Average());
        var known = _groups.ToDictionary(g => g.Key, g => g.Value.Sum / g.Value.Count);
        foreach (var (group, guess) in guesses)
        {
            known.TryAdd(group, guess);
        }

        if (known.Count == 0)
        {
            return null;
        }

        var fallback = known.Values.Average();
        var sum = 0.0;
        var longest = 0.0;
        foreach (var (name, trial) in _open)
        {
            var expected = known.GetValueOrDefault(trial.Group, fallback);
            var left = _atWork.TryGetValue(name, out var work) ? Math.Max(0.02 * expected, expected - work.Elapsed) : expected;
            sum += left;
            longest = Math.Max(longest, left);
        }

        return TimeSpan.FromSeconds(Math.Max(sum / _workers, longest));
    }
}
