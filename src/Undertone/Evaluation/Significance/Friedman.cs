namespace Undertone.Evaluation.Significance;

/// <summary>
/// Friedman's test (Friedman 1937, doi:10.1080/01621459.1937.10503522), corrected for ties, with Kendall's coefficient
/// of concordance W (Kendall and Babington Smith 1939, doi:10.1214/aoms/1177732186) as effect size, and the less
/// conservative F of Iman and Davenport (1980, doi:10.1080/03610928008827904). Its use for comparing classifiers is
/// Demšar's (2006, Journal of Machine Learning Research 7, 1-30).
/// <para>Question: do speakers rank the systems alike, so that at least one of them differs from another?</para>
/// <para>Assumptions: independent speakers. The chi-squared form asks for some ten speakers and five systems; with
/// fewer the F of Iman and Davenport is the better one.</para>
/// </summary>
public sealed record Friedman : TestResult
{
    /// <inheritdoc/>
    public override string Test => "Friedman test";

    /// <inheritdoc/>
    public override string StatisticName => "chi-squared";

    /// <inheritdoc/>
    public override string EffectSizeName => "Kendall's W";

    /// <inheritdoc/>
    public override string Question => "Does at least one of the systems differ from another over the speakers?";

    /// <inheritdoc/>
    public override string Assumptions => "Independent speakers; chi-squared is rough with fewer than ten speakers or five systems.";

    /// <inheritdoc/>
    public override string Citation => "Friedman 1937, doi:10.1080/01621459.1937.10503522";

    /// <summary>The F of Iman and Davenport; infinite where all speakers rank alike.</summary>
    public required double ImanDavenport { get; init; }

    /// <summary>Degrees of freedom of the denominator of <see cref="ImanDavenport"/>; the numerator's are <see cref="TestResult.DegreesOfFreedom"/>.</summary>
    public required double ImanDavenportErrorDegreesOfFreedom { get; init; }

    /// <summary>The p value of <see cref="ImanDavenport"/>.</summary>
    public required double ImanDavenportPValue { get; init; }

    /// <summary>The mean rank of each condition, in their order; rank 1 is the highest score.</summary>
    public required IReadOnlyList<double> AverageRanks { get; init; }

    /// <summary>Tests subjects by conditions.</summary>
    /// <param name="scores">One row a subject (speaker), one column a condition (system); at least two of each. Higher is better.</param>
    /// <exception cref="UndertoneException">There are fewer than two subjects or conditions.</exception>
    /// <exception cref="ArgumentException">Rows differ in length, or a value is not finite.</exception>
    public static Friedman Of(IReadOnlyList<IReadOnlyList<double>> scores)
    {
        Observations.Table(scores, 2, 2, "Friedman test");
        double n = scores.Count;
        double k = scores[0].Count;
        var (average, ties) = Ranks(scores);
        var squares = average.Sum(r => (r - ((k + 1) / 2)) * (r - ((k + 1) / 2)));
        var correction = 1 - (ties / (n * k * ((k * k) - 1)));

        // Where every speaker ties all systems, nothing differs, and the correction would be 0 / 0.
        var chiSquared = squares < 1e-20 ? 0 : Math.Min(n * (k - 1), 12 * n / (k * (k + 1)) * squares / correction);
        var left = (n * (k - 1)) - chiSquared;
        var f = Observations.Ratio((n - 1) * chiSquared, left <= 1e-12 * n * k ? 0 : left);
        return new Friedman
        {
            Statistic = chiSquared,
            DegreesOfFreedom = k - 1,
            PValue = TailProbability.ChiSquared(chiSquared, k - 1),
            EffectSize = chiSquared / (n * (k - 1)),
            Count = scores.Count,
            ImanDavenport = f,
            ImanDavenportErrorDegreesOfFreedom = (k - 1) * (n - 1),
            ImanDavenportPValue = TailProbability.F(f, k - 1, (k - 1) * (n - 1)),
            AverageRanks = average,
        };
    }

    /// <summary>The mean ranks, 1 for the highest score, and the sum of t³ - t over all ties.</summary>
    internal static (double[] Average, double Ties) Ranks(IReadOnlyList<IReadOnlyList<double>> scores)
    {
        var sums = new double[scores[0].Count];
        var tolerance = Observations.Tolerance(scores.SelectMany(row => row));
        double ties = 0;
        foreach (var row in scores)
        {
            var (ranks, tied) = Observations.Rank([.. row.Select(v => -v)], tolerance);
            ties += tied;
            for (var c = 0; c < sums.Length; c++)
            {
                sums[c] += ranks[c];
            }
        }

        return ([.. sums.Select(s => s / scores.Count)], ties);
    }
}
