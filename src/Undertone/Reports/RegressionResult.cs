using Undertone.Evaluation;
using Undertone.Evaluation.Regression;
using Undertone.Protocols;

namespace Undertone.Reports;

/// <summary>
/// What one system reached in a regression on one corpus under one protocol with one badge. All of it is computed from
/// the rows of the predictions.
/// </summary>
public sealed record RegressionResult
{
    /// <summary>The corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>The system.</summary>
    public required string System { get; init; }

    /// <summary>The variant; empty where there is none.</summary>
    public required string Variant { get; init; }

    /// <summary>The protocol's short name.</summary>
    public required string Protocol { get; init; }

    /// <summary>The protocol's kind.</summary>
    public required string ProtocolKind { get; init; }

    /// <summary>The badge of every score here.</summary>
    public required Badge Badge { get; init; }

    /// <summary>The targets, in the order of the predictions' columns.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The scores of each seed, by seed.</summary>
    public required IReadOnlyList<RegressionSeed> Seeds { get; init; }

    /// <summary>Scores of the test rows of all seeds together, target by target and speaker by speaker.</summary>
    public required RegressionScores Pooled { get; init; }

    /// <summary>The 95 % interval of each target's CCC over the test rows of all seeds; null with one speaker.</summary>
    public required IReadOnlyList<Interval?> Intervals { get; init; }

    /// <summary>The trials behind it.</summary>
    public required IReadOnlyList<RegressionTrial> Trials { get; init; }

    /// <summary>Folds that another system or seed under this protocol has and a seed of this one lacks, over all seeds.</summary>
    public int MissingTrials => Seeds.Sum(s => s.MissingTrials);

    /// <summary>System and variant in one: <c>cnn-lstm · denoised</c>.</summary>
    public string Label => Variant.Length == 0 ? System : $"{System} · {Variant}";

    /// <summary>Mean and spread over seeds of the mean validation CCC over targets; NaN where nothing was validated.</summary>
    public MeanAndSpread ValidationCcc() => OverSeeds(s => s.Validation?.MeanCcc ?? double.NaN);

    /// <summary>Mean and spread over seeds of one score.</summary>
    /// <param name="of">The score.</param>
    public MeanAndSpread OverSeeds(Func<RegressionSeed, double> of) => MeanAndSpread.Of(Seeds.Select(of));
}

/// <summary>What a system reached in a regression with one seed: a row a target of <c>summary.csv</c>.</summary>
public sealed record RegressionSeed
{
    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The number of trials.</summary>
    public required int Trials { get; init; }

    /// <summary>Folds that another system or seed under this protocol has and this one lacks.</summary>
    public required int MissingTrials { get; init; }

    /// <summary>Scores pooled over all test rows.</summary>
    public required RegressionScores Scores { get; init; }

    /// <summary>The 95 % interval of each target's CCC, clustered by speaker; null with one speaker.</summary>
    public required IReadOnlyList<Interval?> Intervals { get; init; }

    /// <summary>Scores over the speakers never used for choosing a default; null where there are none.</summary>
    public required RegressionScores? Unchosen { get; init; }

    /// <summary>Scores pooled over all validation rows; null where there are none.</summary>
    public required RegressionScores? Validation { get; init; }
}
