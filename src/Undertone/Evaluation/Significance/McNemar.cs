using MathNet.Numerics;

namespace Undertone.Evaluation.Significance;

/// <summary>
/// McNemar's test (McNemar 1947, doi:10.1007/BF02295996) of two systems on the same utterances: among those that only
/// one of the two gets right, is it either equally often? p is the exact binomial one, whatever the numbers; the
/// chi-squared form with continuity correction (Edwards 1948, doi:10.1007/BF02289261) stands beside. The effect size is
/// Cohen's g, the share of the first among those utterances less one half (Cohen 1988, Statistical Power Analysis for
/// the Behavioral Sciences).
/// <para>Question: do these two trained systems err differently on these very utterances?</para>
/// <para>Assumptions: independent utterances. The utterances of one speaker are not, so p is too small where speakers
/// differ; and it says nothing of other speakers, nor of another training.</para>
/// </summary>
public sealed record McNemar : TestResult
{
    /// <inheritdoc/>
    public override string Test => "McNemar's test";

    /// <inheritdoc/>
    public override string StatisticName => "min(b, c)";

    /// <inheritdoc/>
    public override string EffectSizeName => "Cohen's g";

    /// <inheritdoc/>
    public override string Question => "Do these two trained systems err differently on these very utterances?";

    /// <inheritdoc/>
    public override string Assumptions => "Independent utterances, which those of one speaker are not: p is too small where speakers differ.";

    /// <inheritdoc/>
    public override string Citation => "McNemar 1947, doi:10.1007/BF02295996";

    /// <summary>Utterances that only the first gets right.</summary>
    public required int OnlyFirst { get; init; }

    /// <summary>Utterances that only the second gets right.</summary>
    public required int OnlySecond { get; init; }

    /// <summary>(|b - c| - 1)² / (b + c) with one degree of freedom, and 0 where b = c.</summary>
    public required double ChiSquared { get; init; }

    /// <summary>The p value of <see cref="ChiSquared"/>.</summary>
    public required double ChiSquaredPValue { get; init; }

    /// <summary>b / c: infinite where the second is never alone right, 1 where neither is.</summary>
    public double OddsRatio => OnlyFirst == OnlySecond ? 1 : OnlyFirst / (double)OnlySecond;

    /// <summary>Tests two systems.</summary>
    /// <param name="first">Whether the first gets each utterance right, length n.</param>
    /// <param name="second">Whether the second does, length n.</param>
    /// <exception cref="UndertoneException">There is no utterance.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static McNemar Of(IReadOnlyList<bool> first, IReadOnlyList<bool> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} utterances against {second.Count}; expected the same.", nameof(second));
        }

        int onlyFirst = 0, onlySecond = 0;
        for (var i = 0; i < first.Count; i++)
        {
            onlyFirst += first[i] && !second[i] ? 1 : 0;
            onlySecond += second[i] && !first[i] ? 1 : 0;
        }

        return Of(onlyFirst, onlySecond, first.Count);
    }

    /// <summary>Tests counts.</summary>
    /// <param name="onlyFirst">Utterances that only the first gets right.</param>
    /// <param name="onlySecond">Utterances that only the second gets right.</param>
    /// <param name="count">All utterances.</param>
    /// <exception cref="UndertoneException">There is no utterance.</exception>
    public static McNemar Of(int onlyFirst, int onlySecond, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(onlyFirst + onlySecond, count);
        Observations.Enough(count, 1, "utterance", "McNemar's test");
        var discordant = onlyFirst + onlySecond;
        var distance = Math.Max(0, Math.Abs((double)onlyFirst - onlySecond) - 1);
        var chiSquared = Observations.Ratio(distance * distance, discordant);
        return new McNemar
        {
            Statistic = Math.Min(onlyFirst, onlySecond),
            PValue = Exact(Math.Min(onlyFirst, onlySecond), discordant),
            EffectSize = discordant == 0 ? 0 : (onlyFirst / (double)discordant) - 0.5,
            Count = count,
            OnlyFirst = onlyFirst,
            OnlySecond = onlySecond,
            ChiSquared = chiSquared,
            ChiSquaredPValue = TailProbability.ChiSquared(chiSquared, 1),
        };
    }

    // Twice P(X <= least) of a fair coin; the terms fall so quickly that few of them count.
    private static double Exact(int least, int tosses)
    {
        var term = Math.Exp(SpecialFunctions.BinomialLn(tosses, least) - (tosses * Constants.Ln2));
        double sum = 0;
        for (var k = least; k >= 0 && term > 1e-18 * sum; k--)
        {
            sum += term;
            term *= k / (tosses - k + 1.0);
        }

        return Math.Min(1, 2 * sum);
    }
}
