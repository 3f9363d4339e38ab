namespace Undertone.Evaluation.Significance;

/// <summary>
/// The test that follows Friedman's (Nemenyi 1963, Distribution-free Multiple Comparisons, PhD thesis, Princeton; Demšar
/// 2006, Journal of Machine Learning Research 7, 1-30): two conditions differ where their mean ranks differ by at least
/// the critical difference q_α √(k (k + 1) / (6 n)), q_α being the studentised range's critical value over √2. p is the
/// upper tail of <see cref="StudentisedRange"/> at the difference; all pairs are allowed for, so nothing more (as
/// Holm's correction) is due.
/// <para>Question: which systems differ from which, over the speakers?</para>
/// <para>Assumptions: independent speakers, enough of them for mean ranks to be normal; and a pair's verdict depends on
/// which other systems are in the comparison (Benavoli et al. 2016, Journal of Machine Learning Research 17(5)).</para>
/// </summary>
public sealed record Nemenyi
{
    internal const string Asks = "Which systems differ from which, over the speakers?";

    internal const string Assumes = "Independent speakers, enough for mean ranks to be normal; a pair's verdict depends on the other systems in the comparison.";

    internal const string Source = "Nemenyi 1963, Distribution-free Multiple Comparisons; Demšar 2006, Journal of Machine Learning Research 7, 1-30";

    /// <summary>The question that the test answers, in one sentence.</summary>
    public string Question => Asks;

    /// <summary>What must hold for its p values to mean what they say.</summary>
    public string Assumptions => Assumes;

    /// <summary>The method's source.</summary>
    public string Citation => Source;

    /// <summary>Subjects (speakers).</summary>
    public required int Count { get; init; }

    /// <summary>The mean rank of each condition, in their order; rank 1 is the highest score.</summary>
    public required IReadOnlyList<double> AverageRanks { get; init; }

    /// <summary>The level of <see cref="CriticalDifference"/>.</summary>
    public required double Alpha { get; init; }

    /// <summary>The least difference of mean ranks that is significant.</summary>
    public required double CriticalDifference { get; init; }

    /// <summary>The p value of each pair, k by k, symmetric, 1 on the diagonal.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> PValues { get; init; }

    /// <summary>
    /// The bars of a critical-difference diagram: each largest set of conditions, best first, whose mean ranks lie within
    /// the critical difference; sets of one are left out.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups
    {
        get
        {
            int[] order = [.. Enumerable.Range(0, AverageRanks.Count).OrderBy(c => AverageRanks[c]).ThenBy(c => c)];
            var groups = new List<IReadOnlyList<int>>();
            var reached = 0;
            for (var from = 0; from < order.Length; from++)
            {
                var to = from;
                while (to + 1 < order.Length && AverageRanks[order[to + 1]] - AverageRanks[order[from]] < CriticalDifference)
                {
                    to++;
                }

                if (to > from && to > reached)
                {
                    groups.Add(order[from..(to + 1)]);
                }

                reached = Math.Max(reached, to);
            }

            return groups;
        }
    }

    /// <summary>Tests subjects by conditions.</summary>
    /// <param name="scores">One row a subject (speaker), one column a condition (system); at least two of each. Higher is better.</param>
    /// <param name="alpha">The level of the critical difference, in (0, 1).</param>
    /// <exception cref="UndertoneException">There are fewer than two subjects or conditions.</exception>
    /// <exception cref="ArgumentException">Rows differ in length, or a value is not finite.</exception>
    public static Nemenyi Of(IReadOnlyList<IReadOnlyList<double>> scores, double alpha = 0.05)
    {
        Observations.Table(scores, 2, 2, "Nemenyi test");
        var (average, _) = Friedman.Ranks(scores);
        var k = average.Length;
        var unit = Math.Sqrt(k * (k + 1.0) / (6.0 * scores.Count));
        return new Nemenyi
        {
            Count = scores.Count,
            AverageRanks = average,
            Alpha = alpha,
            CriticalDifference = StudentisedRange.Critical(alpha, k) / Math.Sqrt(2) * unit,
            PValues =
            [
                .. average.Select((a, i) => (IReadOnlyList<double>)
                [
                    .. average.Select((b, j) => i == j ? 1 : StudentisedRange.UpperTail(Math.Sqrt(2) * Math.Abs(a - b) / unit, k)),
                ]),
            ],
        };
    }
}
