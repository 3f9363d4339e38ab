namespace Undertone.Evaluation.Significance;

/// <summary>
/// The corrected resampled t-test (Nadeau and Bengio 2003, Inference for the generalization error,
/// doi:10.1023/A:1024068626366): the training sets of folds overlap, so the variance of the mean difference of J folds
/// is taken as (1/J + n_test/n_train) s² in place of s²/J. The effect size is Cohen's dz over the folds.
/// <para>Question: would the difference between the two ways of training hold with other training sets?</para>
/// <para>Assumptions: fold differences about normal; the correction is a rule of thumb that treats the correlation of
/// folds as n_test/(n_test + n_train), made for random splits and only borrowed for speaker folds.</para>
/// </summary>
public sealed record CorrectedResampledTTest : TestResult
{
    /// <inheritdoc/>
    public override string Test => "corrected resampled t-test";

    /// <inheritdoc/>
    public override string StatisticName => "t";

    /// <inheritdoc/>
    public override string EffectSizeName => "Cohen's dz";

    /// <inheritdoc/>
    public override string Question => "Would the difference hold had the systems been trained on other utterances?";

    /// <inheritdoc/>
    public override string Assumptions =>
        "Fold differences about normal; the folds' correlation is taken as n_test/(n_test + n_train), a rule of thumb made for random splits.";

    /// <inheritdoc/>
    public override string Citation => "Nadeau and Bengio 2003, doi:10.1023/A:1024068626366";

    /// <summary>The mean of first minus second.</summary>
    public required double MeanDifference { get; init; }

    /// <summary>Test utterances over training utterances, as used.</summary>
    public required double TestTrainRatio { get; init; }

    /// <summary>Tests folds.</summary>
    /// <param name="first">One score a fold, length J.</param>
    /// <param name="second">The other system's score of each fold, length J.</param>
    /// <param name="testTrainRatio">Test over training utterances of a fold (their mean, where folds differ), positive.</param>
    /// <exception cref="UndertoneException">There are fewer than two folds.</exception>
    /// <exception cref="ArgumentException">The lengths differ, a value is not finite, or the ratio is not positive.</exception>
    public static CorrectedResampledTTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second, double testTrainRatio)
    {
        if (!(testTrainRatio > 0) || double.IsInfinity(testTrainRatio))
        {
            throw new ArgumentOutOfRangeException(nameof(testTrainRatio), testTrainRatio, "Expected test utterances over training utterances, a positive number.");
        }

        var differences = Observations.Differences(first, second, 2, "corrected resampled t-test");
        var (mean, deviation) = Observations.Moments(differences);
        var folds = differences.Length;
        var t = Observations.Ratio(mean, deviation * Math.Sqrt((1.0 / folds) + testTrainRatio));
        return new CorrectedResampledTTest
        {
            Statistic = t,
            DegreesOfFreedom = folds - 1,
            PValue = TailProbability.StudentT(t, folds - 1),
            EffectSize = Observations.Ratio(mean, deviation),
            Count = folds,
            MeanDifference = mean,
            TestTrainRatio = testTrainRatio,
        };
    }
}
