namespace Undertone.Evaluation.Metrics;

/// <summary>
/// One number of a classification, computed from prediction rows alone. A metric is one file and a line in
/// <see cref="MetricCatalog"/>; intervals, fairness and reports then find it by its name.
/// </summary>
public abstract class Metric
{
    /// <summary>The name by which it is asked for: <c>macro-f1</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The heading of its column or row: <c>macro F1</c>.</summary>
    public abstract string Title { get; }

    /// <summary>What it says, in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>Whether more is better; otherwise less is.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>Whether it is a share in [0, 1] that people read in per cent.</summary>
    public virtual bool IsShare => false;

    /// <summary>Whether it is computed from the rows' probabilities.</summary>
    public virtual bool NeedsProbabilities => false;

    /// <summary>Computes the number.</summary>
    /// <param name="rows">Prediction rows in any order, at least one.</param>
    /// <param name="classes">
    /// The classes, in the order of the rows' probabilities. A class of the rows that is missing here is added; where
    /// probabilities are needed none may be missing.
    /// </param>
    /// <returns>The number; NaN where these rows give it no value, each metric says when.</returns>
    /// <exception cref="UndertoneException">There are no rows, or they lack the probabilities that this metric needs.</exception>
    /// <exception cref="ArgumentException">The rows' probabilities do not fit the classes.</exception>
    public double Evaluate(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(classes);
        if (rows.Count == 0)
        {
            throw new UndertoneException("no predictions to score; expected at least one row.");
        }

        return Compute(rows, NeedsProbabilities ? Fitting(rows, classes) : Completed(rows, classes));
    }

    /// <summary>Computes the number of rows that were checked.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="classes">All classes of the rows; where probabilities are needed, in their order.</param>
    protected abstract double Compute(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes);

    /// <summary>The position of each class.</summary>
    /// <param name="classes">The classes.</param>
    protected static Dictionary<string, int> Positions(IReadOnlyList<string> classes) =>
        classes.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i, StringComparer.Ordinal);

    private static IReadOnlyList<string> Completed(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes)
    {
        var known = classes.ToHashSet(StringComparer.Ordinal);
        var more = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var name in (ReadOnlySpan<string>)[row.True, row.Predicted])
            {
                if (!known.Contains(name))
                {
                    more.Add(name);
                }
            }
        }

        return more.Count == 0 ? classes : [.. classes, .. more];
    }

    private IReadOnlyList<string> Fitting(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes)
    {
        var known = classes.ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Probabilities is not { } p)
            {
                throw new UndertoneException($"{Title} is computed from probabilities, and the row of '{row.Utterance}' has none; expected a column p(<class>) for each class.");
            }

            if (p.Count != classes.Count || !known.Contains(row.True) || !known.Contains(row.Predicted))
            {
                throw new ArgumentException($"The row of '{row.Utterance}' does not fit the {classes.Count} classes.", nameof(rows));
            }
        }

        return classes;
    }
}
