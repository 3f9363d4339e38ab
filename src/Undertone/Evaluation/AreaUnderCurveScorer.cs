using System.Numerics.Tensors;
using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation;

/// <summary>
/// Areas under the ROC curve with each speaker taken as often as a draw says. All come from one count: the pairs of a row
/// of class i and one of class j in which the first has the higher probability of i, equal ones counting half. Rows are
/// sorted once. Where speakers have many rows, the pairs are then counted by speaker against speaker once, and a draw is
/// a quadratic form of its weights; else a draw goes through the sorted rows and adds weights.
/// </summary>
internal abstract class AreaUnderCurveScorer : SpeakerScorer
{
    // Doubles of the counts by speakers, at most: 256 MB.
    private const long Largest = 1 << 25;

    private readonly AucAverage[] _averages;
    private readonly int _classes;
    private readonly double[][] _support;

    private AreaUnderCurveScorer(IReadOnlyList<int> metrics, AucAverage[] averages, double[][] support)
        : base(metrics)
    {
        _averages = averages;
        _support = support;
        _classes = support[0].Length;
    }

    /// <summary>The scorer that suits the numbers of rows and speakers.</summary>
    public static AreaUnderCurveScorer Of(
        IReadOnlyList<int> metrics, AucAverage[] averages, IReadOnlyCollection<PredictionRow> rows, string[] classes, IReadOnlyDictionary<string, int> speakers)
    {
        var position = classes.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i, StringComparer.Ordinal);
        PredictionRow[] all = [.. rows];
        int[] speaker = [.. all.Select(r => speakers[r.Speaker])];
        int[] truth = [.. all.Select(r => position[r.True])];
        var sorted = new SortedRow[classes.Length][];
        Parallel.For(0, classes.Length, c =>
        {
            var scores = new double[all.Length];
            var order = new int[all.Length];
            for (var i = 0; i < all.Length; i++)
            {
                scores[i] = all[i].Probabilities![c];
                order[i] = i;
            }

            Array.Sort(scores, order);
            sorted[c] = new SortedRow[all.Length];
            for (var at = 0; at < all.Length; at++)
            {
                sorted[c][at] = new SortedRow(speaker[order[at]], truth[order[at]], at > 0 && scores[at] == scores[at - 1]);
            }
        });
        var support = speakers.Select(_ => new double[classes.Length]).ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            support[speaker[i]][truth[i]]++;
        }

        var cells = (long)speakers.Count * speakers.Count * classes.Length;
        return cells < 40L * all.Length && cells * classes.Length < Largest
            ? new BySpeakers(metrics, averages, support, sorted)
            : new ByRows(metrics, averages, support, sorted);
    }

    /// <summary>The metrics of one draw, from the pairs won: class i against class j at i · C + j; the diagonal is not read.</summary>
    private void Average(double[] weights, ReadOnlySpan<double> wins, Span<double> values)
    {
        var support = new double[_classes];
        for (var s = 0; s < weights.Length; s++)
        {
            TensorPrimitives.MultiplyAdd(_support[s], weights[s], support, support);
        }

        for (var m = 0; m < _averages.Length; m++)
        {
            values[m] = _averages[m] == AucAverage.OneVersusOne ? ByPairs(wins, support) : AgainstRest(wins, support, _averages[m] == AucAverage.Weighted);
        }
    }

    private static double AgainstRest(ReadOnlySpan<double> wins, double[] support, bool weighted)
    {
        var rows = support.Sum();
        double sum = 0, all = 0;
        for (var c = 0; c < support.Length; c++)
        {
            if (support[c] > 0 && support[c] < rows)
            {
                double won = 0;
                for (var j = 0; j < support.Length; j++)
                {
                    won += j == c ? 0 : wins[(c * support.Length) + j];
                }

                var weight = weighted ? support[c] : 1;
                sum += weight * won / (support[c] * (rows - support[c]));
                all += weight;
            }
        }

        return sum / all;
    }

    private static double ByPairs(ReadOnlySpan<double> wins, double[] support)
    {
        double sum = 0;
        var pairs = 0;
        for (var i = 0; i < support.Length; i++)
        {
            for (var j = i + 1; j < support.Length; j++)
            {
                if (support[i] > 0 && support[j] > 0)
                {
                    sum += (wins[(i * support.Length) + j] + wins[(j * support.Length) + i]) / (2 * support[i] * support[j]);
                    pairs++;
                }
            }
        }

        return sum / pairs;
    }

    private readonly record struct SortedRow(int Speaker, int Truth, bool Tied);

    /// <summary>Counts the pairs of each speaker's rows with each other's once.</summary>
    private sealed class BySpeakers : AreaUnderCurveScorer
    {
        // [i · C + j][s · S + t]: pairs of a row of class i and speaker s with one of class j and speaker t.
        private readonly double[][] _wins;
        private readonly int _speakers;

        public BySpeakers(IReadOnlyList<int> metrics, AucAverage[] averages, double[][] support, SortedRow[][] sorted)
            : base(metrics, averages, support)
        {
            _speakers = support.Length;
            _wins = new double[_classes * _classes][];
            Parallel.For(0, _classes, c => Count(c, sorted[c]));
        }

        public override void Score(ReadOnlySpan<double[]> draws, double[][] values)
        {
            var wins = draws.ToArray().Select(_ => new double[_wins.Length]).ToArray();
            for (var pair = 0; pair < _wins.Length; pair++)
            {
                for (var s = 0; s < _speakers && pair % (_classes + 1) != 0; s++)
                {
                    // One speaker's counts stay near while all draws go over them.
                    var counts = _wins[pair].AsSpan(s * _speakers, _speakers);
                    for (var b = 0; b < draws.Length; b++)
                    {
                        if (draws[b][s] > 0)
                        {
                            wins[b][pair] += draws[b][s] * TensorPrimitives.Dot(counts, draws[b]);
                        }
                    }
                }
            }

            for (var b = 0; b < draws.Length; b++)
            {
                Average(draws[b], wins[b], values[b]);
            }
        }

        protected override void Score(double[] weights, Span<double> values)
        {
            double[][] all = [values.ToArray()];
            Score([weights], all);
            all[0].CopyTo(values);
        }

        private void Count(int c, SortedRow[] rows)
        {
            var below = new double[_classes * _speakers];
            for (var j = 0; j < _classes; j++)
            {
                _wins[(c * _classes) + j] = new double[_speakers * _speakers];
            }

            for (int from = 0, to; from < rows.Length; from = to)
            {
                for (to = from + 1; to < rows.Length && rows[to].Tied; to++)
                {
                }

                // Half of a row counts as below those of the same probability.
                AddHalf(rows.AsSpan(from, to - from), below);
                for (var i = from; i < to; i++)
                {
                    if (rows[i].Truth == c)
                    {
                        for (var j = 0; j < _classes; j++)
                        {
                            var sum = _wins[(c * _classes) + j].AsSpan(rows[i].Speaker * _speakers, _speakers);
                            TensorPrimitives.Add(sum, below.AsSpan(j * _speakers, _speakers), sum);
                        }
                    }
                }

                AddHalf(rows.AsSpan(from, to - from), below);
            }
        }

        private void AddHalf(ReadOnlySpan<SortedRow> rows, double[] below)
        {
            foreach (var row in rows)
            {
                below[(row.Truth * _speakers) + row.Speaker] += 0.5;
            }
        }
    }

    /// <summary>Goes through the sorted rows in each draw.</summary>
    private sealed class ByRows(IReadOnlyList<int> metrics, AucAverage[] averages, double[][] support, SortedRow[][] sorted)
        : AreaUnderCurveScorer(metrics, averages, support)
    {
        protected override void Score(double[] weights, Span<double> values)
        {
            Span<double> wins = new double[_classes * _classes];
            Span<double> below = new double[_classes];
            for (var c = 0; c < _classes; c++)
            {
                below.Clear();
                Count(sorted[c], c, weights, wins.Slice(c * _classes, _classes), below);
            }

            Average(weights, wins, values);
        }

        private static void Count(SortedRow[] rows, int c, double[] weights, Span<double> wins, Span<double> below)
        {
            for (int from = 0, to; from < rows.Length; from = to)
            {
                for (to = from + 1; to < rows.Length && rows[to].Tied; to++)
                {
                }

                double here = 0;
                for (var i = from; i < to; i++)
                {
                    below[rows[i].Truth] += 0.5 * weights[rows[i].Speaker];
                    here += rows[i].Truth == c ? weights[rows[i].Speaker] : 0;
                }

                for (var j = 0; j < wins.Length && here > 0; j++)
                {
                    wins[j] += here * below[j];
                }

                for (var i = from; i < to; i++)
                {
                    below[rows[i].Truth] += 0.5 * weights[rows[i].Speaker];
                }
            }
        }
    }
}
