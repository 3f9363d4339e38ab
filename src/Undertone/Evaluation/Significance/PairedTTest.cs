namespace Undertone.Evaluation.Significance;

/// <summary>
/// The paired t-test (Student 1908, doi:10.1093/biomet/6.1.1) with Cohen's dz, the mean difference over the standard
/// deviation of the differences (Lakens 2013, doi:10.3389/fpsyg.2013.00863).
/// <para>Question: is the mean difference over the pairs (speakers) other than zero?</para>
/// <para>Assumptions: the pairs are independent, as speakers are and folds of one cross-validation are not; the
/// differences are about normal, which matters with fewer than some twenty pairs.</para>
/// </summary>
public sealed record PairedTTest : TestResult
{
    /// <inheritdoc/>
    public override string Test => "paired t-test";

    /// <inheritdoc/>
    public override string StatisticName => "t";

    /// <inheritdoc/>
    public override string EffectSizeName => "Cohen's dz";

    /// <inheritdoc/>
    public override string Question => "Is the mean difference over the pairs other than zero?";

    /// <inheritdoc/>
    public override string Assumptions => "Independent pairs (not the folds of one cross-validation), differences about normal.";

    /// <inheritdoc/>
    public override string Citation => "Student 1908, doi:10.1093/biomet/6.1.1";

    /// <summary>The mean of first minus second.</summary>
    public required double MeanDifference { get; init; }

    /// <summary>The standard deviation of the differences, n - 1 below.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Tests pairs.</summary>
    /// <param name="first">One score a pair, length n.</param>
    /// <param name="second">The other score of each pair, length n.</param>
    /// <exception cref="UndertoneException">There are fewer than two pairs.</exception>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not finite.</exception>
    public static PairedTTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var differences = Observations.Differences(first, second, 2, "paired t-test");
        var (mean, deviation) = Observations.Moments(differences);
        var n = differences.Length;
        var t = Observations.Ratio(mean, deviation / Math.Sqrt(n));
        return new PairedTTest
        {
            Statistic = t,
            DegreesOfFreedom = n - 1,
            PValue = TailProbability.StudentT(t, n - 1),
            EffectSize = Observations.Ratio(mean, deviation),
            Count = n,
            MeanDifference = mean,
            StandardDeviation = deviation,
        };
    }
}
