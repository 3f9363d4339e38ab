using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation;

/// <summary>
/// Areas under the ROC curve with each speaker taken as often as a draw says. Rows are sorted by the probability of each
/// class once; a draw then goes through the sorted rows and adds weights, without sorting again.
/// </summary>
internal sealed class AreaUnderCurveScorer : SpeakerScorer
{
    private readonly AucAverage[] _averages;
    private readonly int _classes;

    // By class: the rows in ascending order of its probability.
    private readonly SortedRow[][] _sorted;

    public AreaUnderCurveScorer(
        IReadOnlyList<int> metrics, AucAverage[] averages, IReadOnlyCollection<PredictionRow> rows, string[] classes, IReadOnlyDictionary<string, int> speakers)
        : base(metrics)
    {
        _averages = averages;
        _classes = classes.Length;
        var position = classes.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i, StringComparer.Ordinal);
        PredictionRow[] all = [.. rows];
        int[] speaker = [.. all.Select(r => speakers[r.Speaker])];
        int[] truth = [.. all.Select(r => position[r.True])];
        _sorted = new SortedRow[classes.Length][];
        Parallel.For(0, classes.Length, c =>
        {
            double[] scores = [.. all.Select(r => r.Probabilities![c])];
            int[] order = [.. Enumerable.Range(0, all.Length)];
            Array.Sort(scores, order);
            _sorted[c] = [.. order.Select((i, at) => new SortedRow(speaker[i], truth[i], at > 0 && scores[at] == scores[at - 1]))];
        });
    }

    public override void Score(int[] weights, Span<double> values)
    {
        Span<double> support = stackalloc double[_classes];
        foreach (var row in _sorted[0])
        {
            support[row.Truth] += weights[row.Speaker];
        }

        // wins[i, j]: pairs of a row of class i and one of class j in which the first has the higher probability of i.
        Span<double> wins = new double[_classes * _classes];
        Span<double> below = stackalloc double[_classes];
        Span<double> equal = stackalloc double[_classes];
        for (var c = 0; c < _classes; c++)
        {
            if (support[c] > 0)
            {
                below.Clear();
                Count(_sorted[c], c, weights, wins.Slice(c * _classes, _classes), below, equal);
            }
        }

        for (var m = 0; m < _averages.Length; m++)
        {
            values[m] = _averages[m] == AucAverage.OneVersusOne ? ByPairs(wins, support) : AgainstRest(wins, support, _averages[m] == AucAverage.Weighted);
        }
    }

    private static void Count(SortedRow[] rows, int c, int[] weights, Span<double> wins, Span<double> below, Span<double> equal)
    {
        for (var i = 0; i < rows.Length;)
        {
            if (i + 1 == rows.Length || !rows[i + 1].Tied)
            {
                var row = rows[i++];
                double weight = weights[row.Speaker];
                if (row.Truth == c)
                {
                    Add(wins, below, weight);
                }
                else
                {
                    below[row.Truth] += weight;
                }

                continue;
            }

            // Equal probabilities count half.
            equal.Clear();
            do
            {
                equal[rows[i].Truth] += weights[rows[i].Speaker];
            }
            while (++i < rows.Length && rows[i].Tied);

            Add(wins, below, equal[c]);
            Add(wins, equal, equal[c] / 2);
            Add(below, equal, 1);
        }
    }

    private static void Add(Span<double> sum, Span<double> values, double factor)
    {
        for (var j = 0; j < sum.Length; j++)
        {
            sum[j] += factor * values[j];
        }
    }

    private static double AgainstRest(Span<double> wins, Span<double> support, bool weighted)
    {
        double rows = 0, sum = 0, all = 0;
        foreach (var count in support)
        {
            rows += count;
        }

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

    private static double ByPairs(Span<double> wins, Span<double> support)
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
}
