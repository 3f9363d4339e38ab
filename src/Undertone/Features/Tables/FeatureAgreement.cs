namespace Undertone.Features.Tables;

/// <summary>How one value agrees with another tool's over the same utterances.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Correlation">Pearson's r; 0 where only the reference varies, NaN where the reference does not vary.</param>
/// <param name="ScaledDifference">
/// The median absolute difference, divided by the reference's standard deviation (of the population). Where the reference
/// does not vary: 0 where all differences are below 1e-6 of it, otherwise infinite.
/// </param>
public sealed record ValueAgreement(string Name, double Correlation, double ScaledDifference);

/// <summary>How the values of two tables agree, value by value, over the utterances and values that both have.</summary>
public sealed class FeatureAgreement
{
    private FeatureAgreement(IReadOnlyList<ValueAgreement> values, int utterances, IReadOnlyList<string> onlyOurs, IReadOnlyList<string> unmatched) =>
        (Values, Utterances, OnlyOurs, Unmatched) = (values, utterances, onlyOurs, unmatched);

    /// <summary>The agreement of each value that both tables have, in our order.</summary>
    public IReadOnlyList<ValueAgreement> Values { get; }

    /// <summary>The number of utterances that both tables have.</summary>
    public int Utterances { get; }

    /// <summary>Our values that the reference lacks.</summary>
    public IReadOnlyList<string> OnlyOurs { get; }

    /// <summary>Our utterances that the reference lacks.</summary>
    public IReadOnlyList<string> Unmatched { get; }

    /// <summary>The median of r over the values whose reference varies; NaN where there is none.</summary>
    public double MedianCorrelation => Median([.. Values.Select(v => v.Correlation).Where(double.IsFinite)]);

    /// <summary>Compares two tables; their rows are matched by the file's name without folder and extension, whatever the case.</summary>
    /// <param name="ours">Our values.</param>
    /// <param name="reference">The other tool's.</param>
    /// <exception cref="UndertoneException">They share no value, or fewer than three utterances, or an utterance stands twice in one.</exception>
    public static FeatureAgreement Of(FeatureTable ours, FeatureTable reference)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(reference);
        var (mine, theirs) = (Rows(ours), Rows(reference));
        var pairs = mine.Where(m => theirs.ContainsKey(m.Key)).Select(m => (Ours: m.Value, Theirs: theirs[m.Key])).ToList();
        var columns = reference.Names.Select((name, c) => (name, c)).ToDictionary(n => n.name, n => n.c, StringComparer.Ordinal);
        var shared = ours.Names.Select((name, c) => (Name: name, Ours: c)).Where(n => columns.ContainsKey(n.Name)).ToList();
        if (shared.Count == 0)
        {
            throw new UndertoneException(
                $"the tables share no value: ours are called {Some(ours.Names)}, the reference's {Some(reference.Names)}; expected equal names.");
        }

        if (pairs.Count < 3)
        {
            throw new UndertoneException(
                $"the tables share {pairs.Count} utterances: ours are called {Some(ours.Utterances)}, the reference's {Some(reference.Utterances)}; expected at least three of equal file names.");
        }

        var values = shared.Select(s => Compare(
            s.Name,
            [.. pairs.Select(p => ours[p.Ours][s.Ours])],
            [.. pairs.Select(p => reference[p.Theirs][columns[s.Name]])])).ToList();
        return new FeatureAgreement(
            values,
            pairs.Count,
            [.. ours.Names.Where(n => !columns.ContainsKey(n))],
            [.. mine.Where(m => !theirs.ContainsKey(m.Key)).Select(m => ours.Utterances[m.Value])]);
    }

    /// <summary>The number of values with r of at least a bound; one that does not vary in the reference counts where it is equal.</summary>
    /// <param name="least">The bound.</param>
    public int Correlated(double least) => Values.Count(v => double.IsNaN(v.Correlation) ? v.ScaledDifference == 0 : v.Correlation >= least);

    /// <summary>The number of values whose scaled difference is at most a bound.</summary>
    /// <param name="most">The bound.</param>
    public int Scaled(double most) => Values.Count(v => v.ScaledDifference <= most);

    private static Dictionary<string, int> Rows(FeatureTable table)
    {
        var rows = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var row = 0; row < table.Utterances.Count; row++)
        {
            var name = Stem(table.Utterances[row]);
            if (!rows.TryAdd(name, row))
            {
                throw new UndertoneException($"the utterance '{name}' stands twice in a table, in rows {rows[name] + 1} and {row + 1}; expected one row an utterance.");
            }
        }

        return rows;
    }

    private static string Stem(string utterance)
    {
        var name = utterance[(utterance.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = name.LastIndexOf('.');

        // An id may hold a dot of its own; a file's extension holds letters and is short.
        return dot > 0 && name.Length - dot is > 1 and <= 5 && char.IsAsciiLetter(name[dot + 1]) ? name[..dot] : name;
    }

    private static ValueAgreement Compare(string name, double[] ours, double[] theirs)
    {
        var (meanOurs, meanTheirs) = (ours.Average(), theirs.Average());
        double covariance = 0, varianceOurs = 0, varianceTheirs = 0;
        for (var i = 0; i < ours.Length; i++)
        {
            var (a, b) = (ours[i] - meanOurs, theirs[i] - meanTheirs);
            covariance += a * b;
            varianceOurs += a * a;
            varianceTheirs += b * b;
        }

        var differences = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).ToArray();
        if (IsConstant(varianceTheirs, meanTheirs, theirs.Length))
        {
            var equal = differences.All(d => d <= 1e-6 * Math.Max(1, Math.Abs(meanTheirs)));
            return new ValueAgreement(name, double.NaN, equal ? 0 : double.PositiveInfinity);
        }

        var correlation = IsConstant(varianceOurs, meanOurs, ours.Length) ? 0 : covariance / Math.Sqrt(varianceOurs * varianceTheirs);
        return new ValueAgreement(name, correlation, Median(differences) / Math.Sqrt(varianceTheirs / theirs.Length));
    }

    // What rounding to single precision leaves of a constant is no variation.
    private static bool IsConstant(double squares, double mean, int count) => squares <= count * 1e-14 * mean * mean;

    private static double Median(double[] values)
    {
        if (values.Length == 0)
        {
            return double.NaN;
        }

        Array.Sort(values);
        return (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }

    private static string Some(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : $"{string.Join(", ", names.Take(3).Select(n => $"'{n}'"))}{(names.Count > 3 ? ", …" : "")}";
}
