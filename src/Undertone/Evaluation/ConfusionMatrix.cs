namespace Undertone.Evaluation;

/// <summary>Counts of rows by true class (first index) and predicted class (second index).</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    private ConfusionMatrix(IReadOnlyList<string> classes, int[,] counts)
    {
        Classes = classes;
        _counts = counts;
    }

    /// <summary>The C classes, in the order of both indices.</summary>
    public IReadOnlyList<string> Classes { get; }

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
    public int Support(int truth) => Enumerable.Range(0, Classes.Count).Sum(p => _counts[truth, p]);

    /// <summary>How many rows were predicted as a class.</summary>
    /// <param name="predicted">Index of the predicted class.</param>
    public int Predicted(int predicted) => Enumerable.Range(0, Classes.Count).Sum(t => _counts[t, predicted]);
}
