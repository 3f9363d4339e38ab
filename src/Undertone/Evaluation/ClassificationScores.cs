using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation;

/// <summary>
/// Every number of a classification, from prediction rows alone. A class that no row is truly of has no recall (NaN)
/// and is left out of UAR; a class that is never predicted has no precision (NaN); its F1 is 0 as long as rows are
/// truly of it or predicted as it, and a class that is neither is left out of macro F1. scikit-learn's
/// <c>balanced_accuracy_score</c> and <c>f1_score</c> do the same by default.
/// </summary>
public sealed record ClassificationScores
{
    private ClassificationScores(ConfusionMatrix confusion, IReadOnlyList<ClassScores> classes, IReadOnlyList<SpeakerScores> speakers)
    {
        Confusion = confusion;
        Classes = classes;
        Speakers = speakers;
        Count = confusion.Total;
        Correct = confusion.Correct;
        ClassesPresent = classes.Count(c => c.Support > 0);
        Accuracy = new Accuracy().Score(confusion);
        Uar = new UnweightedAverageRecall().Score(confusion);
        MacroPrecision = new MacroPrecision().Score(confusion);
        WeightedPrecision = new WeightedPrecision().Score(confusion);
        MacroF1 = new MacroF1().Score(confusion);
        WeightedF1 = new WeightedF1().Score(confusion);
        Kappa = new CohensKappa().Score(confusion);
        Mcc = new MatthewsCorrelation().Score(confusion);
        SpeakerUar = Spread.Of([.. speakers.Select(s => s.Uar)]);
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Rows whose prediction is right.</summary>
    public int Correct { get; }

    /// <summary>The share of rows that are right, in [0, 1]; also called weighted accuracy, WA.</summary>
    public double Accuracy { get; }

    /// <summary>
    /// Unweighted average recall over all rows together and the classes that occur in truth, in [0, 1] (Schuller et
    /// al. 2009, the INTERSPEECH 2009 emotion challenge).
    /// </summary>
    public double Uar { get; }

    /// <summary>Balanced accuracy (Brodersen et al. 2010, doi:10.1109/ICPR.2010.764), which is the same number as <see cref="Uar"/>.</summary>
    public double BalancedAccuracy => Uar;

    /// <summary>The mean recall of the classes that occur in truth, which is the same number as <see cref="Uar"/>.</summary>
    public double MacroRecall => Uar;

    /// <summary>The mean recall weighted by support, which is the same number as <see cref="Accuracy"/>.</summary>
    public double WeightedRecall => Accuracy;

    /// <summary>The mean precision of the classes that occur in truth or prediction; one that is never predicted counts 0.</summary>
    public double MacroPrecision { get; }

    /// <summary>The mean precision weighted by support; a class that is never predicted counts 0.</summary>
    public double WeightedPrecision { get; }

    /// <summary>The mean F1 of the classes that occur in truth or prediction.</summary>
    public double MacroF1 { get; }

    /// <summary>The mean F1 weighted by support.</summary>
    public double WeightedF1 { get; }

    /// <summary>Cohen's kappa, in [-1, 1]; NaN where all rows are truly of one class and predicted so (<see cref="CohensKappa"/>).</summary>
    public double Kappa { get; }

    /// <summary>The Matthews correlation coefficient, in [-1, 1]; 0 where truth or prediction is one class throughout (<see cref="MatthewsCorrelation"/>).</summary>
    public double Mcc { get; }

    /// <summary>How many classes occur in truth.</summary>
    public int ClassesPresent { get; }

    /// <summary>The UAR of a guess: 1 over <see cref="ClassesPresent"/>.</summary>
    public double Chance => 1.0 / ClassesPresent;

    /// <summary>Counts by true and predicted class.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>One entry a class, in the order of <see cref="Confusion"/>.</summary>
    public IReadOnlyList<ClassScores> Classes { get; }

    /// <summary>One entry a speaker, by name.</summary>
    public IReadOnlyList<SpeakerScores> Speakers { get; }

    /// <summary>The speakers' own UARs summed up.</summary>
    public Spread SpeakerUar { get; }

    /// <summary>Computes the scores of a table.</summary>
    /// <param name="table">The predictions.</param>
    public static ClassificationScores From(PredictionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return From(table.Rows, table.Classes);
    }

    /// <summary>Computes the scores.</summary>
    /// <param name="rows">Prediction rows in any order, at least one.</param>
    /// <param name="classes">The order of the classes; those of rows that are missing here follow by name.</param>
    /// <exception cref="UndertoneException">There are no rows.</exception>
    public static ClassificationScores From(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            throw new UndertoneException("no predictions to score; expected at least one row.");
        }

        var confusion = ConfusionMatrix.From(rows, classes);
        return new ClassificationScores(confusion, [.. confusion.Classes.Select((_, c) => ClassScores.Of(confusion, c))], SpeakerScores.Of(rows));
    }
}

/// <summary>The scores of one class; NaN where a quotient has nothing below.</summary>
/// <param name="Class">The class.</param>
/// <param name="Precision">Of the rows predicted so, the share truly so.</param>
/// <param name="Recall">Of the rows truly so, the share predicted so.</param>
/// <param name="F1">2 TP / (2 TP + FP + FN).</param>
/// <param name="Support">Rows truly so.</param>
/// <param name="Predicted">Rows predicted so.</param>
public sealed record ClassScores(string Class, double Precision, double Recall, double F1, int Support, int Predicted)
{
    internal static ClassScores Of(ConfusionMatrix confusion, int c)
    {
        double hits = confusion[c, c];
        var support = confusion.Support(c);
        var predicted = confusion.Predicted(c);
        return new(confusion.Classes[c], hits / predicted, hits / support, 2 * hits / (support + predicted), support, predicted);
    }
}

/// <summary>The scores of one speaker.</summary>
/// <param name="Speaker">The speaker's id.</param>
/// <param name="Count">Rows.</param>
/// <param name="Accuracy">The share of rows that are right.</param>
/// <param name="Uar">Unweighted average recall over the classes that this speaker has.</param>
/// <param name="ClassesPresent">How many classes this speaker has.</param>
public sealed record SpeakerScores(string Speaker, int Count, double Accuracy, double Uar, int ClassesPresent)
{
    internal static IReadOnlyList<SpeakerScores> Of(IEnumerable<PredictionRow> rows) =>
    [
        .. rows.GroupBy(r => r.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal).Select(speaker =>
        {
            var recalls = speaker.GroupBy(r => r.True).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => g.Count(r => r.Predicted == r.True) / (double)g.Count()).ToList();
            var count = speaker.Count();
            return new SpeakerScores(speaker.Key, count, speaker.Count(r => r.Predicted == r.True) / (double)count, recalls.Average(), recalls.Count);
        }),
    ];
}

/// <summary>Some values summed up.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">With n - 1 below; NaN for a single value.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
public sealed record Spread(double Mean, double StandardDeviation, double Min, double Max)
{
    /// <summary>Sums up values.</summary>
    /// <param name="values">At least one.</param>
    public static Spread Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var mean = values.Average();
        return new(mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)), values.Min(), values.Max());
    }
}
