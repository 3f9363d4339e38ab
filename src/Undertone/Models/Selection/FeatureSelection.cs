namespace Undertone.Models.Selection;

/// <summary>
/// A method that chooses some of the features. A method is one file, found by its name in
/// <see cref="FeatureSelectionCatalog"/>; it sees the rows that it is given, the fold's training speakers, and no other.
/// </summary>
public abstract class FeatureSelection
{
    /// <summary>The method's name in settings, and its file's in Pascal case: <c>anova-f</c> is <c>AnovaF.cs</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it prefers, in one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>Where the method comes from.</summary>
    public abstract string Citation { get; }

    /// <summary>Chooses.</summary>
    /// <param name="data">N vectors of D normalised values, and their classes.</param>
    /// <param name="count">How many to choose, in [1, D].</param>
    /// <returns>Indices of <paramref name="count"/> values, none twice, the most wanted first; of equals the first.</returns>
    /// <exception cref="UndertoneException">The features are sequences of frames.</exception>
    public abstract int[] Choose(ClassifierData data, int count);

    /// <summary>The values of all rows by column.</summary>
    /// <param name="data">N vectors.</param>
    /// <returns>D columns of N values.</returns>
    protected static double[][] Columns(ClassifierData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var rows = data.Rows("feature selection");
        var columns = new double[data.Dimensions][];
        for (var d = 0; d < columns.Length; d++)
        {
            var column = new double[rows.Length];
            for (var n = 0; n < column.Length; n++)
            {
                column[n] = rows[n][d];
            }

            columns[d] = column;
        }

        return columns;
    }

    /// <summary>The greatest scores.</summary>
    /// <param name="scores">D scores; what is not a number counts as the least.</param>
    /// <param name="count">How many.</param>
    /// <returns>Their indices, the greatest first.</returns>
    protected static int[] Greatest(IReadOnlyList<double> scores, int count) =>
        [.. Enumerable.Range(0, scores.Count)
            .OrderByDescending(d => double.IsNaN(scores[d]) ? double.NegativeInfinity : scores[d])
            .ThenBy(d => d)
            .Take(count)];
}
