namespace Undertone.Evaluation.Significance;

/// <summary>Checks what tests are given, and takes rounding for what it is.</summary>
internal static class Observations
{
    // Scores are quotients and means of quotients: what differs by less than this share of the largest is equal.
    private const double Rounding = 1e-12;

    /// <summary>First minus second; what only rounding tells apart is 0.</summary>
    public static double[] Differences(IReadOnlyList<double> first, IReadOnlyList<double> second, int atLeast, string test)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} values against {second.Count}; expected pairs.", nameof(second));
        }

        Finite(first, nameof(first));
        Finite(second, nameof(second));
        Enough(first.Count, atLeast, "pair", test);
        var tolerance = Tolerance(first.Concat(second));
        return [.. first.Zip(second, (a, b) => Math.Abs(a - b) <= tolerance ? 0 : a - b)];
    }

    /// <summary>The largest difference between values of this size that may be rounding alone.</summary>
    public static double Tolerance(IEnumerable<double> values) => Rounding * values.Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>Mean and standard deviation (n - 1 below); a deviation that may be rounding alone is 0.</summary>
    public static (double Mean, double Deviation) Moments(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
        return (mean, deviation <= Tolerance(values) ? 0 : deviation);
    }

    /// <summary>a / b, where 0 / 0 is 0: no difference and no spread.</summary>
    public static double Ratio(double a, double b) => a == 0 ? 0 : a / b;

    /// <summary>Checks a table of subjects (rows) by conditions (columns).</summary>
    public static void Table(IReadOnlyList<IReadOnlyList<double>> scores, int subjects, int conditions, string test)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Enough(scores.Count, subjects, "subject", test);
        Enough(scores[0].Count, conditions, "condition", test);
        for (var s = 0; s < scores.Count; s++)
        {
            if (scores[s].Count != scores[0].Count)
            {
                throw new ArgumentException($"Subject {s + 1} has {scores[s].Count} scores, the first {scores[0].Count}; expected one for each condition.", nameof(scores));
            }

            Finite(scores[s], nameof(scores));
        }
    }

    /// <summary>Refuses NaN and infinity.</summary>
    public static void Finite(IReadOnlyList<double> values, string name)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"Value {i + 1} is {values[i]}; expected a finite number.", name);
            }
        }
    }

    /// <summary>Refuses too few observations.</summary>
    public static void Enough(int count, int atLeast, string what, string test)
    {
        if (count < atLeast)
        {
            throw new UndertoneException($"the {test} needs at least {atLeast} {what}{(atLeast == 1 ? "" : "s")}, and there {(count == 1 ? "is 1" : $"are {count}")}.");
        }
    }

    /// <summary>Ranks from 1, ties sharing their mean rank, and the sum of t³ - t over groups of t ties.</summary>
    public static (double[] Ranks, double Ties) Rank(IReadOnlyList<double> values, double tolerance)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[order.Length];
        double ties = 0;
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && values[order[to]] - values[order[to - 1]] <= tolerance; to++)
            {
            }

            double size = to - from;
            ties += (size * size * size) - size;
            for (var i = from; i < to; i++)
            {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
        }

        return (ranks, ties);
    }
}
