using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation;

/// <summary>
/// The numbers of several systems and metrics over the same draws of speakers, from <see cref="ClusterBootstrap.Draw"/>.
/// Draws are scored on all cores; the numbers do not depend on how many there are. A draw in which a number does not
/// exist (a part of the utterances whose speakers were all left out) is passed over; where that happens to more than
/// half of the draws, the bounds are NaN.
/// </summary>
public sealed class BootstrapDraws
{
    // So many draws are scored together by one core, and so many times as many are in memory; no result depends on these.
    private const int Together = 32;
    private const int InMemory = 16;

    private readonly List<Metric> _metrics;
    private readonly double[,] _estimates;
    private readonly double[,][] _draws;
    private readonly HashSet<string>[] _speakers;
    private readonly BootstrapOptions _options;

    internal BootstrapDraws(IReadOnlyList<ScoredRows> systems, IReadOnlyList<Metric> metrics, string[] speakers, BootstrapOptions options)
    {
        _metrics = [.. metrics];
        _options = options;
        _speakers = [.. systems.Select(s => s.Rows.Select(r => r.Speaker).ToHashSet(StringComparer.Ordinal))];
        _estimates = new double[systems.Count, metrics.Count];
        _draws = new double[systems.Count, metrics.Count][];
        var position = speakers.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i, StringComparer.Ordinal);
        var scorers = new List<(int System, SpeakerScorer Scorer)>();
        for (var s = 0; s < systems.Count; s++)
        {
            for (var m = 0; m < metrics.Count; m++)
            {
                // Refuses what the metric cannot be computed of.
                _estimates[s, m] = metrics[m].Evaluate(systems[s].Rows, systems[s].Classes);
                _draws[s, m] = new double[options.Resamples];
            }

            scorers.AddRange(SpeakerScorer.For(systems[s], metrics, position).Select(scorer => (s, scorer)));
        }

        Draw(scorers, speakers.Length);
    }

    /// <summary>How many draws.</summary>
    public int Resamples => _options.Resamples;

    /// <summary>The interval of a system's number.</summary>
    /// <param name="system">The system's position.</param>
    /// <param name="metric">One of the metrics that were drawn.</param>
    public Interval Of(int system, Metric metric)
    {
        var m = PositionOf(metric);
        return Make(_estimates[system, m], _draws[system, m], _speakers[system].Count);
    }

    /// <summary>The interval of the first system's number less the second's, over the same draws.</summary>
    /// <param name="first">The first system's position.</param>
    /// <param name="second">The second system's position.</param>
    /// <param name="metric">One of the metrics that were drawn.</param>
    public Interval Difference(int first, int second, Metric metric)
    {
        var m = PositionOf(metric);
        double[] differences = [.. _draws[first, m].Zip(_draws[second, m], (a, b) => a - b)];
        return Make(_estimates[first, m] - _estimates[second, m], differences, _speakers[first].Union(_speakers[second]).Count());
    }

    /// <summary>A system's number in each draw, in their order; NaN where it does not exist.</summary>
    /// <param name="system">The system's position.</param>
    /// <param name="metric">One of the metrics that were drawn.</param>
    public IReadOnlyList<double> Values(int system, Metric metric) => _draws[system, PositionOf(metric)];

    private void Draw(List<(int System, SpeakerScorer Scorer)> scorers, int speakers)
    {
        var random = SeededRandom.From(_options.Seed, "cluster-bootstrap");
        for (var from = 0; from < _options.Resamples; from += Together * InMemory)
        {
            var weights = new double[Math.Min(Together * InMemory, _options.Resamples - from)][];
            for (var b = 0; b < weights.Length; b++)
            {
                weights[b] = new double[speakers];
                for (var s = 0; s < speakers; s++)
                {
                    weights[b][random.NextInt(speakers)]++;
                }
            }

            var start = from;
            var parts = (weights.Length + Together - 1) / Together;
            Parallel.For(0, parts * scorers.Count, i =>
            {
                // The same scorer for parts in a row: what it reads is then still near.
                var (system, scorer) = scorers[i / parts];
                var first = i % parts * Together;
                var count = Math.Min(Together, weights.Length - first);
                var values = Enumerable.Range(0, count).Select(_ => new double[scorer.Metrics.Count]).ToArray();
                scorer.Score(weights.AsSpan(first, count), values);
                for (var b = 0; b < count; b++)
                {
                    for (var v = 0; v < scorer.Metrics.Count; v++)
                    {
                        _draws[system, scorer.Metrics[v]][start + first + b] = values[b][v];
                    }
                }
            });
        }
    }

    private Interval Make(double estimate, double[] draws, int speakers)
    {
        double[] sorted = [.. draws.Where(d => !double.IsNaN(d))];
        Array.Sort(sorted);
        return 2 * sorted.Length < draws.Length
            ? new Interval(estimate, double.NaN, double.NaN, _options.Confidence, speakers)
            : new Interval(
                estimate, ClusterBootstrap.Quantile(sorted, (1 - _options.Confidence) / 2), ClusterBootstrap.Quantile(sorted, (1 + _options.Confidence) / 2), _options.Confidence, speakers);
    }

    private int PositionOf(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var position = _metrics.IndexOf(metric);
        position = position >= 0 ? position : _metrics.FindIndex(m => m.Name == metric.Name);
        return position >= 0 ? position : throw new ArgumentException($"'{metric.Name}' was not drawn; there are {string.Join(", ", _metrics.Select(m => m.Name))}.", nameof(metric));
    }
}
