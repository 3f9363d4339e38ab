using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation.Significance;

/// <summary>Two systems of a <see cref="SystemComparison"/> against one another. A test that cannot be made is null, and the comparison's notes say why.</summary>
public sealed record PairComparison
{
    /// <summary>The first system's name.</summary>
    public required string First { get; init; }

    /// <summary>The second system's name.</summary>
    public required string Second { get; init; }

    /// <summary>First less second: UAR, then the further metrics that were asked for.</summary>
    public required IReadOnlyList<MetricDifference> Differences { get; init; }

    /// <summary>First less second in UAR.</summary>
    public MetricDifference Uar => Differences[0];

    /// <summary>Wilcoxon's signed-rank test over the speakers' UARs.</summary>
    public required AdjustedTest<WilcoxonSignedRank>? Wilcoxon { get; init; }

    /// <summary>
    /// The sign-flip test over the speakers' UARs; only where so few speakers could show nothing among so many pairs by Wilcoxon's
    /// test, else null.
    /// </summary>
    public AdjustedTest<SignFlipTest>? SignFlip { get; init; }

    /// <summary>The corrected p value that decides: of sign flips where they were needed, else Wilcoxon's; null with one speaker.</summary>
    public double? DecidingPValue => SignFlip?.AdjustedPValue ?? Wilcoxon?.AdjustedPValue;

    /// <summary>McNemar's test over the utterances of the first shared seed.</summary>
    public required AdjustedTest<McNemar> McNemar { get; init; }

    /// <summary>The corrected resampled t-test over the folds' UARs.</summary>
    public required AdjustedTest<CorrectedResampledTTest>? CorrectedResampled { get; init; }

    /// <summary>The smallest difference of UAR that these speakers can show with a power of 0.8; null with one speaker.</summary>
    public required SmallestDifference? Smallest { get; init; }
}

/// <summary>A difference of two systems.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Value">First less second, over all rows.</param>
/// <param name="Interval">Its interval over speakers drawn for both at once; null with one speaker.</param>
public sealed record MetricDifference(Metric Metric, double Value, Interval? Interval);

/// <summary>A test's result among those of all pairs.</summary>
/// <param name="Result">The result.</param>
/// <param name="AdjustedPValue">Its p value corrected for all pairs: by Holm, or by the test's own way where it has one.</param>
/// <typeparam name="T">The test.</typeparam>
public sealed record AdjustedTest<T>(T Result, double AdjustedPValue)
    where T : TestResult;
