using System.Numerics;

namespace Undertone.Models.Selection;

/// <summary>
/// Minimum redundancy, maximum relevance: one after the other, the value that tells most about the class and least about
/// the values chosen before it.
/// </summary>
/// <remarks>
/// Peng, Long &amp; Ding 2005, doi:10.1109/TPAMI.2005.159: the greatest difference of I(x; class) and the mean of I(x; s) over
/// the chosen s. Values are cut into three states, at half a standard deviation either side of their mean (Ding &amp; Peng
/// 2005, doi:10.1142/S0219720005001004), so that counts over N rows estimate the information.
/// </remarks>
public sealed class Mrmr : FeatureSelection
{
    private const int States = 3;

    /// <inheritdoc/>
    public override string Name => "mrmr";

    /// <inheritdoc/>
    public override string Summary => "Values that tell most about the class and least about one another (minimum redundancy, maximum relevance)";

    /// <inheritdoc/>
    public override string Citation => "Peng, Long & Ding 2005, doi:10.1109/TPAMI.2005.159";

    /// <inheritdoc/>
    public override int[] Choose(ClassifierData data, int count)
    {
        ArgumentNullException.ThrowIfNull(data);
        var rows = data.Labels.Count;
        var information = new Information(rows);
        var classes = Masks(data.Labels, data.Classes);
        var masks = Columns(data).Select(c => Masks(Discretise(c), States)).ToArray();
        double[] relevance = [.. masks.Select(m => information.Of(m, classes))];
        var redundancy = new double[masks.Length];
        var left = Enumerable.Range(0, masks.Length).ToList();
        var chosen = new List<int>();
        while (chosen.Count < count)
        {
            data.Cancellation.ThrowIfCancellationRequested();
            var best = left[0];
            foreach (var d in left)
            {
                if (Score(d) > Score(best))
                {
                    best = d;
                }
            }

            chosen.Add(best);
            left.Remove(best);
            foreach (var d in left)
            {
                redundancy[d] += information.Of(masks[d], masks[best]);
            }
        }

        return [.. chosen];

        double Score(int d) => relevance[d] - (chosen.Count == 0 ? 0 : redundancy[d] / chosen.Count);
    }

    /// <summary>Cuts a column into three states.</summary>
    /// <param name="column">N values.</param>
    /// <returns>N states: 0 below, 1 about and 2 above the mean.</returns>
    public static int[] Discretise(double[] column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var mean = column.Average();
        var half = Math.Sqrt(column.Average(v => (v - mean) * (v - mean))) / 2;
        return [.. column.Select(v => v < mean - half ? 0 : v > mean + half ? 2 : 1)];
    }

    /// <summary>A bit for each row, by state.</summary>
    private static ulong[][] Masks(IReadOnlyList<int> states, int count)
    {
        var masks = Enumerable.Range(0, count).Select(_ => new ulong[(states.Count + 63) / 64]).ToArray();
        for (var n = 0; n < states.Count; n++)
        {
            masks[states[n]][n / 64] |= 1UL << (n % 64);
        }

        return masks;
    }

    /// <summary>Mutual information by counts of rows.</summary>
    private sealed class Information(int rows)
    {
        private readonly double[] _timesLogarithm = [.. Enumerable.Range(0, rows + 1).Select(n => n == 0 ? 0 : n * Math.Log(n))];

        /// <summary>I(a; b) in nats.</summary>
        public double Of(ulong[][] a, ulong[][] b)
        {
            var sum = _timesLogarithm[rows];
            foreach (var x in a)
            {
                sum -= _timesLogarithm[Count(x, x)];
                foreach (var y in b)
                {
                    sum += _timesLogarithm[Count(x, y)];
                }
            }

            foreach (var y in b)
            {
                sum -= _timesLogarithm[Count(y, y)];
            }

            return sum / rows;
        }

        private static int Count(ulong[] x, ulong[] y)
        {
            var count = 0;
            for (var i = 0; i < x.Length; i++)
            {
                count += BitOperations.PopCount(x[i] & y[i]);
            }

            return count;
        }
    }
}
