namespace Undertone.Evaluation.Metrics;

/// <summary>How the areas of several classes become one number.</summary>
public enum AucAverage
{
    /// <summary>Each class against all others; the mean.</summary>
    Macro,

    /// <summary>Each class against all others; the mean weighted by the classes' rows.</summary>
    Weighted,

    /// <summary>Each pair of classes, from both sides; the mean (Hand and Till 2001, doi:10.1023/A:1010920819831).</summary>
    OneVersusOne,
}

/// <summary>
/// The area under the receiver operating characteristic, in [0, 1], from probabilities: the chance that a row of the
/// class has a higher probability of it than a row of another class has, equal probabilities counting half (the
/// Mann–Whitney statistic by mid-ranks; Fawcett 2006, doi:10.1016/j.patrec.2005.10.010). 0.5 is a guess. A class that
/// no row or every row is truly of has no area and is left out; where no class has one the number is NaN.
/// </summary>
public sealed class AreaUnderCurve : Metric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="average">How the areas of several classes become one number.</param>
    public AreaUnderCurve(AucAverage average = AucAverage.Macro) => Average = average;

    /// <summary>How the areas of several classes become one number.</summary>
    public AucAverage Average { get; }

    /// <inheritdoc/>
    public override string Name => Average switch
    {
        AucAverage.Weighted => "auc-weighted",
        AucAverage.OneVersusOne => "auc-ovo",
        _ => "auc",
    };

    /// <inheritdoc/>
    public override string Title => Average switch
    {
        AucAverage.Weighted => "weighted AUC",
        AucAverage.OneVersusOne => "AUC by pairs",
        _ => "AUC",
    };

    /// <inheritdoc/>
    public override string Description => Average switch
    {
        AucAverage.Weighted => "area under the ROC curve, one class against the rest, weighted by utterances",
        AucAverage.OneVersusOne => "area under the ROC curve, mean over pairs of classes",
        _ => "area under the ROC curve, one class against the rest",
    };

    /// <inheritdoc/>
    public override bool NeedsProbabilities => true;

    /// <summary>The area of one score.</summary>
    /// <param name="scores">One score a row; more speaks for the class.</param>
    /// <param name="isPositive">Whether each row is of the class, as many.</param>
    /// <returns>The area; NaN where no row or every row is of the class.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Binary(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive)
    {
        if (scores.Length != isPositive.Length)
        {
            throw new ArgumentException($"{scores.Length} scores, but {isPositive.Length} rows.", nameof(isPositive));
        }

        var sorted = scores.ToArray();
        var positive = isPositive.ToArray();
        Array.Sort(sorted, positive);
        double ranks = 0;
        long positives = 0;
        for (var from = 0; from < sorted.Length;)
        {
            var to = from;
            var here = 0;
            for (; to < sorted.Length && sorted[to] == sorted[from]; to++)
            {
                here += positive[to] ? 1 : 0;
            }

            // Ranks from + 1 to `to`, each equal score having their mean.
            ranks += here * ((from + 1 + to) / 2.0);
            positives += here;
            from = to;
        }

        var negatives = sorted.Length - positives;
        return (ranks - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>The area of each class against all others.</summary>
    /// <param name="rows">Rows with probabilities.</param>
    /// <param name="classes">The classes, in the order of the probabilities.</param>
    /// <returns>One area a class, in the same order; NaN where no row or every row is truly of the class.</returns>
    public static IReadOnlyList<double> ByClass(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(classes);
        return [.. classes.Select((name, c) => Area(rows, c, r => r.True == name))];
    }

    /// <inheritdoc/>
    protected override double Compute(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes)
    {
        if (Average == AucAverage.OneVersusOne)
        {
            return OneVersusOne(rows, classes);
        }

        var support = rows.CountBy(r => r.True).ToDictionary();
        double sum = 0, weights = 0;
        foreach (var (c, area) in ByClass(rows, classes).Index().Where(a => !double.IsNaN(a.Item)))
        {
            var weight = Average == AucAverage.Weighted ? support[classes[c]] : 1;
            sum += weight * area;
            weights += weight;
        }

        return sum / weights;
    }

    private static double OneVersusOne(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes)
    {
        var position = Positions(classes);
        var byClass = rows.ToLookup(r => position[r.True]);
        var present = Enumerable.Range(0, classes.Count).Where(byClass.Contains).ToList();
        double sum = 0;
        var pairs = 0;
        for (var i = 0; i < present.Count; i++)
        {
            for (var j = i + 1; j < present.Count; j++)
            {
                var (a, b) = (present[i], present[j]);
                PredictionRow[] both = [.. byClass[a], .. byClass[b]];
                sum += (Area(both, a, r => r.True == classes[a]) + Area(both, b, r => r.True == classes[b])) / 2;
                pairs++;
            }
        }

        return sum / pairs;
    }

    private static double Area(IReadOnlyCollection<PredictionRow> rows, int c, Func<PredictionRow, bool> isPositive) =>
        Binary([.. rows.Select(r => r.Probabilities![c])], [.. rows.Select(isPositive)]);
}
