namespace Undertone.Evaluation.Significance;

/// <summary>
/// The sign-flip test of paired scores, for many pairs of systems at once: were there no difference, each speaker's
/// differences could as well have had the other sign, so the mean difference is held against those of all choices of
/// signs. For m comparisons over the same n speakers signs are flipped for all of them together, and each is held against
/// the largest of those that are not larger than it (step-down max-T: Westfall and Young 1993, Resampling-Based Multiple
/// Testing, Wiley; Nichols and Holmes 2002, doi:10.1002/hbm.1058). The chance of even one false alarm stays below the level,
/// and since the comparisons' dependence is kept, ten speakers can show something however many systems there are.
/// <para>Question: is the mean difference over the pairs (speakers) other than zero?</para>
/// <para>Assumptions: independent pairs; where there is no difference, differences are symmetric about zero.</para>
/// Means are compared as they are and not in units of their spread: all are points of the same score, and the deviation of
/// few differences is itself too uncertain a measure.
/// </summary>
public sealed record SignFlipTest : TestResult
{
    /// <summary>With more pairs than this, signs are drawn and not all taken.</summary>
    private const int LargestExact = 16;

    private const int Draws = 10_000;

    /// <inheritdoc/>
    public override string Test => "sign-flip test";

    /// <inheritdoc/>
    public override string StatisticName => "mean difference";

    /// <inheritdoc/>
    public override string EffectSizeName => "Cohen's dz";

    /// <inheritdoc/>
    public override string Question => "Is the mean difference over the speakers other than zero, in any of so many comparisons?";

    /// <inheritdoc/>
    public override string Assumptions => "Independent pairs; differences symmetric about zero where there is none.";

    /// <inheritdoc/>
    public override string Citation => "Nichols and Holmes 2002, doi:10.1002/hbm.1058";

    /// <summary>Whether all choices of signs were taken; else some thousands of them, drawn in a way that is always the same.</summary>
    public required bool Exact { get; init; }

    /// <summary>Tests one comparison.</summary>
    /// <param name="first">One score a pair, length n.</param>
    /// <param name="second">The other score of each pair, length n.</param>
    /// <exception cref="UndertoneException">There are fewer than two pairs.</exception>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not finite.</exception>
    public static SignFlipTest Of(IReadOnlyList<double> first, IReadOnlyList<double> second) => OfAll([(first, second)])[0].Result;

    /// <summary>Tests several comparisons over the same pairs.</summary>
    /// <param name="comparisons">m comparisons of n pairs each, the pairs in the same order.</param>
    /// <returns>The m results in the same order, each with its p value alone and its p value among all of them.</returns>
    /// <exception cref="UndertoneException">There are fewer than two pairs.</exception>
    /// <exception cref="ArgumentException">Lengths differ, there is no comparison, or a value is not finite.</exception>
    public static IReadOnlyList<AdjustedTest<SignFlipTest>> OfAll(IReadOnlyList<(IReadOnlyList<double> First, IReadOnlyList<double> Second)> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        double[][] differences = [.. comparisons.Select(c => Observations.Differences(c.First, c.Second, 2, "sign-flip test"))];
        if (differences.Length == 0 || differences.Any(d => d.Length != differences[0].Length))
        {
            throw new ArgumentException("Expected one comparison or more, all over the same pairs.", nameof(comparisons));
        }

        var n = differences[0].Length;
        var tolerance = Observations.Tolerance(comparisons.SelectMany(c => c.First.Concat(c.Second)));
        double[] observed = [.. differences.Select(d => Math.Abs(d.Average()))];
        int[] order = [.. Enumerable.Range(0, observed.Length).OrderByDescending(i => observed[i])];
        var (alone, among) = (new int[observed.Length], new int[observed.Length]);
        var taken = 0;
        foreach (var signs in Signs(n))
        {
            taken++;
            var largest = 0.0;
            for (var place = order.Length - 1; place >= 0; place--)
            {
                var i = order[place];
                double sum = 0;
                for (var s = 0; s < n; s++)
                {
                    sum += signs[s] * differences[i][s];
                }

                var flipped = Math.Abs(sum) / n;
                largest = Math.Max(largest, flipped);
                alone[i] += flipped >= observed[i] - tolerance ? 1 : 0;
                among[i] += largest >= observed[i] - tolerance ? 1 : 0;
            }
        }

        var results = new AdjustedTest<SignFlipTest>[observed.Length];
        var highest = 0.0;
        foreach (var i in order)
        {
            var (mean, deviation) = Observations.Moments(differences[i]);
            highest = Math.Max(highest, among[i] / (double)taken);
            results[i] = new(
                new SignFlipTest
                {
                    Statistic = mean,
                    PValue = alone[i] / (double)taken,
                    EffectSize = Observations.Ratio(mean, deviation),
                    Count = n,
                    Exact = n <= LargestExact,
                },
                highest);
        }

        return results;
    }

    // Both signs of everything give the same size of a mean, so the first pair keeps its sign. The first choice flips nothing.
    private static IEnumerable<double[]> Signs(int n)
    {
        var signs = new double[n];
        if (n <= LargestExact)
        {
            for (var choice = 0; choice < 1 << (n - 1); choice++)
            {
                for (var s = 0; s < n; s++)
                {
                    signs[s] = s > 0 && ((choice >> (s - 1)) & 1) == 1 ? -1 : 1;
                }

                yield return signs;
            }

            yield break;
        }

        var random = SeededRandom.From("sign-flip-test");
        Array.Fill(signs, 1.0);
        yield return signs;
        for (var draw = 1; draw < Draws; draw++)
        {
            for (var s = 0; s < n; s++)
            {
                signs[s] = random.NextInt(2) == 0 ? 1 : -1;
            }

            yield return signs;
        }
    }
}
