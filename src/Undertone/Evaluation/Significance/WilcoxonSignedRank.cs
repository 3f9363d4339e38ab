namespace Undertone.Evaluation.Significance;

/// <summary>
/// Wilcoxon's signed-rank test (Wilcoxon 1945, doi:10.2307/3001968) with the matched-pairs rank-biserial correlation
/// (Kerby 2014, doi:10.2466/11.IT.3.1): the share of ranks in favour of the first less that in favour of the second.
/// <para>Question: do the pairs (speakers) tend to score higher with one of the two?</para>
/// <para>Assumptions: independent pairs; differences symmetric about their median. With five pairs p cannot fall below
/// 0.0625, whatever the difference.</para>
/// The choices are SciPy's defaults: pairs without a difference are dropped; p is exact for up to 50 pairs of which none
/// is without a difference and no two differ by the same amount, else by the normal approximation with the correction
/// for ties and none for continuity. Differences that only rounding tells apart count as equal.
/// </summary>
public sealed record WilcoxonSignedRank : TestResult
{
    private const int LargestExact = 50;

    /// <inheritdoc/>
    public override string Test => "Wilcoxon signed-rank test";

    /// <inheritdoc/>
    public override string StatisticName => "W";

    /// <inheritdoc/>
    public override string EffectSizeName => "rank-biserial correlation";

    /// <inheritdoc/>
    public override string Question => "Do speakers tend to be recognised better by one of the two?";

    /// <inheritdoc/>
    public override string Assumptions => "Independent pairs, differences symmetric about their median.";

    /// <inheritdoc/>
    public override string Citation => "Wilcoxon 1945, doi:10.2307/3001968";

    /// <summary>Whether p is exact; else the normal approximation.</summary>
    public required bool Exact { get; init; }

    /// <summary>Pairs without a difference; they are counted in <see cref="TestResult.Count"/> and dropped from the ranks.</summary>
    public required int Zeros { get; init; }

    /// <summary>Whether two pairs or more differ by the same amount.</summary>
    public required bool Tied { get; init; }

    /// <summary>The sum of ranks of pairs in which the first is higher.</summary>
    public required double PositiveRanks { get; init; }

    /// <summary>The sum of ranks of pairs in which the second is higher.</summary>
    public required double NegativeRanks { get; init; }

    /// <summary>Tests pairs.</summary>
    /// <param name="first">One score a pair, length n.</param>
    /// <param name="second">The other score of each pair, length n.</param>
    /// <returns>The result; its statistic is the lesser of the two sums of ranks.</returns>
    /// <exception cref="UndertoneException">There are fewer than two pairs.</exception>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not finite.</exception>
    public static WilcoxonSignedRank Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var all = Observations.Differences(first, second, 2, "Wilcoxon signed-rank test");
        double[] differences = [.. all.Where(d => d != 0)];
        var n = differences.Length;
        var (ranks, ties) = Observations.Rank([.. differences.Select(Math.Abs)], Observations.Tolerance(first.Concat(second)));
        var positive = ranks.Where((_, i) => differences[i] > 0).Sum();
        var negative = ranks.Sum() - positive;
        var exact = n == all.Length && n <= LargestExact && ties == 0;
        return new WilcoxonSignedRank
        {
            Statistic = Math.Min(positive, negative),
            PValue = n == 0 ? 1 : exact ? ExactProbability(n, (int)Math.Min(positive, negative)) : Approximate(n, Math.Min(positive, negative), ties),
            EffectSize = Observations.Ratio(positive - negative, positive + negative),
            Count = all.Length,
            Exact = exact,
            Zeros = all.Length - n,
            Tied = ties > 0,
            PositiveRanks = positive,
            NegativeRanks = negative,
        };
    }

    // How many of the 2^n choices of signs give each sum of ranks; doubles hold whole numbers up to 2^53.
    private static double ExactProbability(int n, int statistic)
    {
        var ways = new double[(n * (n + 1) / 2) + 1];
        ways[0] = 1;
        for (int rank = 1, top = 0; rank <= n; rank++)
        {
            top += rank;
            for (var sum = top; sum >= rank; sum--)
            {
                ways[sum] += ways[sum - rank];
            }
        }

        return Math.Min(1, 2 * ways.Take(statistic + 1).Sum() / Math.Pow(2, n));
    }

    private static double Approximate(double n, double statistic, double ties)
    {
        var mean = n * (n + 1) / 4;
        var deviation = Math.Sqrt(((n * (n + 1) * ((2 * n) + 1)) - (ties / 2)) / 24);
        return TailProbability.Normal((statistic - mean) / deviation);
    }
}
