namespace Undertone.Models.Trees;

/// <summary>
/// Grows one classification tree (Breiman et al. 1984, Classification and Regression Trees): the split with the least
/// weighted Gini impurity among values drawn anew at each node. A leaf holds the shares of the classes.
/// </summary>
internal sealed class GiniTree
{
    private readonly float[][] _columns;
    private readonly IReadOnlyList<int> _labels;
    private readonly double[] _weights;
    private readonly int _classes;
    private readonly RandomForestOptions _options;
    private readonly SeededRandom _random;
    private readonly int[] _features;
    private readonly float[] _keys;
    private readonly int[] _items;

    /// <summary>Prepares to grow.</summary>
    /// <param name="columns">D columns of N values.</param>
    /// <param name="labels">N indices of classes.</param>
    /// <param name="weights">N weights of rows; a row of weight 0 is not seen.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="options">How large the tree grows.</param>
    /// <param name="random">Draws values.</param>
    public GiniTree(float[][] columns, IReadOnlyList<int> labels, double[] weights, int classes, RandomForestOptions options, SeededRandom random)
    {
        (_columns, _labels, _weights, _classes, _options, _random) = (columns, labels, weights, classes, options, random);
        _features = [.. Enumerable.Range(0, columns.Length)];
        _keys = new float[labels.Count];
        _items = new int[labels.Count];
    }

    /// <summary>Grows the tree.</summary>
    /// <param name="trees">Where.</param>
    public void Grow(TreeEnsemble trees)
    {
        int[] rows = [.. Enumerable.Range(0, _labels.Count).Where(n => _weights[n] > 0)];
        var open = new Stack<(int Node, int Start, int Count, int Depth)>([(trees.AddTree(), 0, rows.Length, 0)]);
        while (open.TryPop(out var at))
        {
            var part = rows.AsSpan(at.Start, at.Count);
            var shares = Sums(part);
            if (at.Depth == _options.Depth || shares.Count(s => s > 0) < 2 || Best(part, shares) is not { } split)
            {
                var sum = shares.Sum();
                trees.SetLeaf(at.Node, [.. shares.Select(s => (float)(s / sum))]);
                continue;
            }

            var column = _columns[split.Feature];
            var left = 0;
            for (var i = 0; i < part.Length; i++)
            {
                if (column[part[i]] <= split.Threshold)
                {
                    (part[left], part[i]) = (part[i], part[left]);
                    left++;
                }
            }

            var child = trees.Split(at.Node, split.Feature, split.Threshold);
            open.Push((child + 1, at.Start + left, at.Count - left, at.Depth + 1));
            open.Push((child, at.Start, left, at.Depth + 1));
        }
    }

    private double[] Sums(ReadOnlySpan<int> rows)
    {
        var sums = new double[_classes];
        foreach (var n in rows)
        {
            sums[_labels[n]] += _weights[n];
        }

        return sums;
    }

    /// <summary>The best split among as many varying values as are to be drawn; null where none parts the rows.</summary>
    private (int Feature, float Threshold)? Best(ReadOnlySpan<int> rows, double[] sums)
    {
        var wanted = _options.FeaturesASplit ?? Math.Max(1, (int)Math.Sqrt(_features.Length));
        (int, float)? best = null;
        var greatest = double.NegativeInfinity;
        for (int drawn = 0, varying = 0; drawn < _features.Length && varying < wanted; drawn++)
        {
            var other = drawn + _random.NextInt(_features.Length - drawn);
            (_features[drawn], _features[other]) = (_features[other], _features[drawn]);
            var feature = _features[drawn];
            for (var i = 0; i < rows.Length; i++)
            {
                _keys[i] = _columns[feature][rows[i]];
                _items[i] = rows[i];
            }

            var keys = _keys.AsSpan(0, rows.Length);
            keys.Sort(_items.AsSpan(0, rows.Length));
            if (keys[0] == keys[^1])
            {
                continue;
            }

            varying++;
            if (Scan(keys, sums, ref greatest) is { } threshold)
            {
                best = (feature, threshold);
            }
        }

        return best;
    }

    /// <summary>The least impurity is the greatest sum, over both sides, of squared class weights by the side's weight.</summary>
    private float? Scan(ReadOnlySpan<float> keys, double[] sums, ref double greatest)
    {
        var left = new double[_classes];
        double[] right = [.. sums];
        var (leftWeight, rightWeight) = (0.0, sums.Sum());
        var (leftSquares, rightSquares) = (0.0, sums.Sum(s => s * s));
        float? threshold = null;
        for (var i = 1; i < keys.Length; i++)
        {
            var n = _items[i - 1];
            var (label, weight) = (_labels[n], _weights[n]);
            leftSquares += ((2 * left[label]) + weight) * weight;
            rightSquares -= ((2 * right[label]) - weight) * weight;
            left[label] += weight;
            right[label] -= weight;
            leftWeight += weight;
            rightWeight -= weight;
            if (keys[i] <= keys[i - 1] || i < _options.LeastRows || keys.Length - i < _options.LeastRows)
            {
                continue;
            }

            var score = (leftSquares / leftWeight) + (rightSquares / rightWeight);
            if (score > greatest)
            {
                (greatest, threshold) = (score, TreeEnsemble.Between(keys[i - 1], keys[i]));
            }
        }

        return threshold;
    }
}
