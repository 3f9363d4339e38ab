namespace Undertone.Evaluation;

/// <summary>Counts of rows by true class (first index) and predicted class (second index).</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    private readonly int[] _support;
    private readonly int[] _predicted;

    /// <summary>Makes a matrix of counts.</summary>
    /// <param name="classes">The C classes.</param>
    /// <param name="counts">C × C counts, true class first; the matrix keeps this array.</param>
    /// <exception cref="ArgumentException">The counts are not C × C.</exception>
    public ConfusionMatrix(IReadOnlyList<string> classes, int[,] counts)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.GetLength(0) != classes.Count || counts.GetLength(1) != classes.Count)
        {
            throw new ArgumentException($"{classes.Count} classes, but {counts.GetLength(0)} × {counts.GetLength(1)} counts.", nameof(counts));
        }

        Classes = classes;
        _counts = counts;
        _support = new int[classes.Count];
        _predicted = new int[classes.Count];
        for (var t = 0; t < classes.Count; t++)
        {
            for (var p = 0; p < classes.Count; p++)
            {
                _support[t] += counts[t, p];
                _predicted[p] += counts[t, p];
            }

            Total += _support[t];
            Correct += counts[t, t];
        }
    }

    /// <summary>The C classes, in the order of both indices.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>All rows.</summary>
    public int Total { get; }

    /// <summary>Rows that were predicted as what they are.</summary>
    public int Correct { get; }

    /// <summary>Rows of one true class that were predicted as one class.</summary>
    /// <param name="truth">Index of the true class.</param>
    /// <param name="predicted">Index of the predicted class.</param>
    public int this[int truth, int predicted] => _counts[truth, predicted];

    /// <summary>Counts rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">The classes in order; those of rows that are missing here follow by name.</param>
    public static ConfusionMatrix From(IEnumerable<PredictionRow> rows, IReadOnlyList<string>? classes = null)
    {
        var all = rows as IReadOnlyCollection<PredictionRow> ?? [.. rows];
        List<string> names =
        [
            .. classes ?? [],
            .. all.SelectMany(r => new[] { r.True, r.Predicted }).Distinct().Except(classes ?? []).Order(StringComparer.Ordinal),
        ];
        var position = names.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i);
        var counts = new int[names.Count, names.Count];
        foreach (var row in all)
        {
            counts[position[row.True], position[row.Predicted]]++;
        }

        return new ConfusionMatrix(names, counts);
    }

    /// <summary>How many rows are of a class.</summary>
    /// <param name="truth">Index of the true class.</param>
    public int Support(int truth) => _support[truth];

    /// <summary>How many rows were predicted as a class.</summary>
    /// <param name="predicted">Index of the predicted class.</param>
    public int Predicted(int predicted) => _predicted[predicted];

    /// <summary>The counts as shares in [0, 1].</summary>
    /// <param name="by">What each count is a share of.</param>
    /// <returns>C × C shares, true class first; NaN in the row of a class that never occurs where its rows are what is divided by, and in such a column likewise.</returns>
    public double[,] Normalised(ConfusionShare by)
    {
        var shares = new double[Classes.Count, Classes.Count];
        for (var t = 0; t < Classes.Count; t++)
        {
            for (var p = 0; p < Classes.Count; p++)
            {
                var below = by switch
                {
                    ConfusionShare.OfTruth => _support[t],
                    ConfusionShare.OfPrediction => _predicted[p],
                    ConfusionShare.OfAll => Total,
                    _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Expected truth, prediction or all."),
                };
                shares[t, p] = _counts[t, p] / (double)below;
            }
        }

        return shares;
    }
}

/// <summary>What the counts of a confusion matrix are divided by.</summary>
public enum ConfusionShare
{
    /// <summary>The rows of the true class: each row of the matrix sums to 1, and its diagonal holds the recalls.</summary>
    OfTruth,

    /// <summary>The rows predicted so: each column sums to 1, and the diagonal holds the precisions.</summary>
    OfPrediction,

    /// <summary>All rows: the whole matrix sums to 1.</summary>
    OfAll,
}
