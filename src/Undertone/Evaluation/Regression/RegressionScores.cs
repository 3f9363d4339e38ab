namespace Undertone.Evaluation.Regression;

/// <summary>Every number of a regression, from its rows alone, target by target.</summary>
public sealed record RegressionScores
{
    private RegressionScores(int count, IReadOnlyList<TargetScores> targets, IReadOnlyList<SpeakerTargetScores> speakers)
    {
        Count = count;
        Targets = targets;
        Speakers = speakers;
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>One entry a target, in the table's order.</summary>
    public IReadOnlyList<TargetScores> Targets { get; }

    /// <summary>One entry a speaker, by name.</summary>
    public IReadOnlyList<SpeakerTargetScores> Speakers { get; }

    /// <summary>The mean CCC of the targets; NaN where one has none.</summary>
    public double MeanCcc => Targets.Average(t => t.Ccc);

    /// <summary>Computes the scores of a table.</summary>
    /// <param name="table">The predictions.</param>
    public static RegressionScores From(RegressionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return From(table.Rows, table.Targets);
    }

    /// <summary>Computes the scores.</summary>
    /// <param name="rows">Rows in any order, at least one.</param>
    /// <param name="targets">The targets, in the order of the rows' values.</param>
    /// <exception cref="UndertoneException">There are no rows.</exception>
    public static RegressionScores From(IReadOnlyCollection<RegressionRow> rows, IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(targets);
        return new RegressionScores(rows.Count, TargetScores.Of(rows, targets),
        [
            .. rows.GroupBy(r => r.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new SpeakerTargetScores(g.Key, g.Count(), TargetScores.Of([.. g], targets))),
        ]);
    }
}

/// <summary>The scores of one target.</summary>
/// <param name="Target">The target: <c>arousal</c>.</param>
/// <param name="Ccc">Concordance correlation (<see cref="ConcordanceCorrelation"/>).</param>
/// <param name="Pearson">Correlation (<see cref="PearsonCorrelation"/>).</param>
/// <param name="Mse">Mean squared error, in the target's unit squared.</param>
/// <param name="Rmse">Its root, in the target's unit.</param>
/// <param name="Mae">Mean absolute error, in the target's unit.</param>
/// <param name="TrueVariance">The variance of the true values, n below: the MSE of always saying their mean.</param>
public sealed record TargetScores(string Target, double Ccc, double Pearson, double Mse, double Rmse, double Mae, double TrueVariance)
{
    internal static IReadOnlyList<TargetScores> Of(IReadOnlyCollection<RegressionRow> rows, IReadOnlyList<string> targets) =>
    [
        .. targets.Select((target, t) =>
        {
            double[] truth = [.. rows.Select(r => r.True[t])];
            double[] predicted = [.. rows.Select(r => r.Predicted[t])];
            return new TargetScores(
                target,
                new ConcordanceCorrelation().Score(truth, predicted),
                new PearsonCorrelation().Score(truth, predicted),
                new MeanSquaredError().Score(truth, predicted),
                new RootMeanSquaredError().Score(truth, predicted),
                new MeanAbsoluteError().Score(truth, predicted),
                Moments.Of(truth, predicted).TruthVariance);
        }),
    ];
}

/// <summary>The scores of one speaker.</summary>
/// <param name="Speaker">The speaker's id.</param>
/// <param name="Count">Rows.</param>
/// <param name="Targets">One entry a target.</param>
public sealed record SpeakerTargetScores(string Speaker, int Count, IReadOnlyList<TargetScores> Targets);
