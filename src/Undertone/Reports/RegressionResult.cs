using Undertone.Evaluation;
using Undertone.Evaluation.Regression;

namespace Undertone.Reports;

/// <summary>
/// What one system reached in a regression on one corpus under one protocol with one badge. All of it is computed from
/// the rows of the predictions.
/// </summary>
public sealed record RegressionResult : ResultOf<RegressionSeed>
{
    /// <summary>The targets, in the order of the predictions' columns.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Scores of the test rows of all seeds together, target by target and speaker by speaker.</summary>
    public required RegressionScores Pooled { get; init; }

    /// <summary>The 95 % interval of each target's CCC over the test rows of all seeds; null with one speaker.</summary>
    public required IReadOnlyList<Interval?> Intervals { get; init; }

    /// <summary>The trials behind it.</summary>
    public required IReadOnlyList<RegressionTrial> Trials { get; init; }

    /// <summary>Mean and spread over seeds of the mean validation CCC over targets; NaN where nothing was validated.</summary>
    public MeanAndSpread ValidationCcc() => OverSeeds(s => s.Validation?.MeanCcc ?? double.NaN);
}

/// <summary>What a system reached in a regression with one seed: a row a target of <c>summary.csv</c>.</summary>
public sealed record RegressionSeed : SeedOfResult
{
    /// <summary>Scores pooled over all test rows.</summary>
    public required RegressionScores Scores { get; init; }

    /// <summary>The 95 % interval of each target's CCC, clustered by speaker; null with one speaker.</summary>
    public required IReadOnlyList<Interval?> Intervals { get; init; }

    /// <summary>Scores over the speakers never used for choosing a default; null where there are none.</summary>
    public required RegressionScores? Unchosen { get; init; }

    /// <summary>Scores pooled over all validation rows; null where there are none.</summary>
    public required RegressionScores? Validation { get; init; }
}
