namespace Undertone.Experiments;

/// <summary>
/// Hands out trials so that the last ones to end are short: first one of each group whose duration is not known yet,
/// then those of the slowest group; within a group those with most training audio first.
/// </summary>
internal sealed class TrialQueue
{
    private readonly List<Trial> _waiting;
    private readonly Dictionary<string, (double Sum, int Count)> _measured = [];
    private readonly HashSet<string> _begun = [];
    private readonly HashSet<string> _again = [];

    public TrialQueue(IEnumerable<Trial> trials) =>
        _waiting = [.. trials.Select((t, i) => (Trial: t, Index: i))
            .OrderByDescending(t => t.Trial.Split.Train.Sum(u => u.Seconds)).ThenBy(t => t.Index).Select(t => t.Trial)];

    public (Trial Trial, bool Again)? Take()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var trial = _waiting.FirstOrDefault(t => _again.Contains(t.Name))
            ?? _waiting.FirstOrDefault(t => !_begun.Contains(t.Group))
            ?? _waiting.MaxBy(t => _measured.TryGetValue(t.Group, out var m) ? m.Sum / m.Count : 0)!;
        _waiting.Remove(trial);
        _begun.Add(trial.Group);
        return (trial, _again.Contains(trial.Name));
    }

    public void Return(Trial trial)
    {
        _again.Add(trial.Name);
        _waiting.Add(trial);
    }

    public void Measure(Trial trial, double seconds)
    {
        var (sum, count) = _measured.GetValueOrDefault(trial.Group);
        _measured[trial.Group] = (sum + seconds, count + 1);
    }
}
