using System.Numerics.Tensors;
using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation;

/// <summary>
/// Metrics of a system's rows with each speaker taken as often as a draw says. What can be known of a speaker's rows is
/// computed once; a draw then costs a few sums, and only a metric of unknown kind looks at the rows again. Thread-safe.
/// </summary>
internal abstract class SpeakerScorer(IReadOnlyList<int> metrics)
{
    /// <summary>The metrics that this scorer computes, as positions in the list that it was made for.</summary>
    public IReadOnlyList<int> Metrics { get; } = metrics;

    /// <summary>Computes the metrics of some draws; NaN where a draw has no row.</summary>
    /// <param name="draws">By draw: how often each speaker is taken.</param>
    /// <param name="values">By draw: one value for each of <see cref="Metrics"/>.</param>
    public virtual void Score(ReadOnlySpan<double[]> draws, double[][] values)
    {
        for (var b = 0; b < draws.Length; b++)
        {
            Score(draws[b], values[b]);
        }
    }

    /// <summary>Computes the metrics of one draw.</summary>
    protected abstract void Score(double[] weights, Span<double> values);

    /// <summary>The scorers of a system, which together compute all metrics.</summary>
    /// <param name="system">The rows, which suit the metrics.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="speakers">The position of each speaker.</param>
    public static IEnumerable<SpeakerScorer> For(ScoredRows system, IReadOnlyList<Metric> metrics, IReadOnlyDictionary<string, int> speakers)
    {
        string[] classes = [.. system.Classes, .. system.Rows.SelectMany(r => (string[])[r.True, r.Predicted]).Distinct().Except(system.Classes).Order(StringComparer.Ordinal)];
        var confusion = Positions<ConfusionMetric>();
        if (confusion.Count > 0)
        {
            // They all need the same sums.
            yield return new AdditiveScorer(confusion, [.. confusion.Select(m => (AdditiveMetric)metrics[m])], system.Rows, classes, speakers);
        }

        var areas = Positions<AreaUnderCurve>();
        if (areas.Count > 0)
        {
            yield return AreaUnderCurveScorer.Of(areas, [.. areas.Select(m => ((AreaUnderCurve)metrics[m]).Average)], system.Rows, classes, speakers);
        }

        foreach (var m in Enumerable.Range(0, metrics.Count).Except(confusion).Except(areas))
        {
            yield return metrics[m] is AdditiveMetric additive
                ? new AdditiveScorer([m], [additive], system.Rows, classes, speakers)
                : new RowScorer(m, metrics[m], system.Rows, classes, speakers);
        }

        List<int> Positions<T>() => [.. Enumerable.Range(0, metrics.Count).Where(m => metrics[m] is T)];
    }

    /// <summary>Metrics of the same sums over rows.</summary>
    private sealed class AdditiveScorer : SpeakerScorer
    {
        private readonly AdditiveMetric[] _of;
        private readonly int _classes;
        private readonly double[][] _sums;
        private readonly int[] _rows;

        public AdditiveScorer(
            IReadOnlyList<int> metrics, AdditiveMetric[] of, IEnumerable<PredictionRow> rows, string[] classes, IReadOnlyDictionary<string, int> speakers)
            : base(metrics)
        {
            _of = of;
            _classes = classes.Length;
            _sums = [.. speakers.Select(_ => new double[of[0].Length(classes.Length)])];
            _rows = new int[speakers.Count];
            var position = classes.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i, StringComparer.Ordinal);
            foreach (var row in rows)
            {
                var speaker = speakers[row.Speaker];
                of[0].Add(row, position[row.True], position[row.Predicted], _sums[speaker]);
                _rows[speaker]++;
            }
        }

        protected override void Score(double[] weights, Span<double> values)
        {
            var sums = new double[_sums[0].Length];
            double rows = 0;
            for (var s = 0; s < weights.Length; s++)
            {
                if (weights[s] > 0)
                {
                    TensorPrimitives.MultiplyAdd(_sums[s], weights[s], sums, sums);
                    rows += weights[s] * _rows[s];
                }
            }

            for (var m = 0; m < _of.Length; m++)
            {
                values[m] = rows == 0 ? double.NaN : _of[m].FromSums(sums, _classes);
            }
        }
    }

    /// <summary>A metric that only says its number of given rows.</summary>
    private sealed class RowScorer(int position, Metric metric, IReadOnlyCollection<PredictionRow> rows, string[] classes, IReadOnlyDictionary<string, int> speakers)
        : SpeakerScorer([position])
    {
        private readonly ILookup<int, PredictionRow> _rows = rows.ToLookup(r => speakers[r.Speaker]);

        protected override void Score(double[] weights, Span<double> values)
        {
            PredictionRow[] drawn = [.. weights.SelectMany((weight, s) => Enumerable.Repeat(_rows[s], (int)weight).SelectMany(r => r))];
            values[0] = drawn.Length == 0 ? double.NaN : metric.Evaluate(drawn, classes);
        }
    }
}
