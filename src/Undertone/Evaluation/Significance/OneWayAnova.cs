namespace Undertone.Evaluation.Significance;

/// <summary>
/// One-way analysis of variance (Fisher 1925, Statistical Methods for Research Workers) with eta squared, the share of
/// the variance that lies between groups, and omega squared, which allows for chance (Hays 1963, Statistics for
/// Psychologists).
/// <para>Question: do groups of different observations, such as speakers of different corpora, differ in their mean?</para>
/// <para>Assumptions: all observations independent, so it is not for systems tested on the same speakers (see
/// <see cref="RepeatedMeasuresAnova"/>); about normal within groups, of equal variance.</para>
/// </summary>
public sealed record OneWayAnova : TestResult
{
    /// <inheritdoc/>
    public override string Test => "one-way ANOVA";

    /// <inheritdoc/>
    public override string StatisticName => "F";

    /// <inheritdoc/>
    public override string EffectSizeName => "eta squared";

    /// <inheritdoc/>
    public override string Question => "Do groups of different speakers differ in their mean?";

    /// <inheritdoc/>
    public override string Assumptions => "Independent observations, each in one group; about normal with equal variance in each.";

    /// <inheritdoc/>
    public override string Citation => "Fisher 1925, Statistical Methods for Research Workers";

    /// <summary>Degrees of freedom of the denominator.</summary>
    public required double ErrorDegreesOfFreedom { get; init; }

    /// <summary>(SS between - df between · MS within) / (SS total + MS within).</summary>
    public required double OmegaSquared { get; init; }

    /// <summary>Tests groups.</summary>
    /// <param name="groups">At least two groups, none empty, together more values than groups.</param>
    /// <exception cref="UndertoneException">There are too few groups or values.</exception>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static OneWayAnova Of(IReadOnlyList<IReadOnlyList<double>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Observations.Enough(groups.Count, 2, "group", "one-way ANOVA");
        foreach (var group in groups)
        {
            Observations.Finite(group, nameof(groups));
            Observations.Enough(group.Count, 1, "value", "group of a one-way ANOVA");
        }

        double[] all = [.. groups.SelectMany(g => g)];
        Observations.Enough(all.Length, groups.Count + 1, "value", "one-way ANOVA");
        var grand = all.Average();
        var tolerance = Observations.Tolerance(all);
        var nothing = tolerance * tolerance * all.Length;
        double[] means = [.. groups.Select(g => g.Average())];
        var between = Drop(groups.Select((g, i) => g.Count * (means[i] - grand) * (means[i] - grand)).Sum());
        var within = Drop(groups.Select((g, i) => g.Sum(v => (v - means[i]) * (v - means[i]))).Sum());
        double numerator = groups.Count - 1;
        double denominator = all.Length - groups.Count;
        var f = Observations.Ratio(between / numerator, within / denominator);
        return new OneWayAnova
        {
            Statistic = f,
            DegreesOfFreedom = numerator,
            ErrorDegreesOfFreedom = denominator,
            PValue = TailProbability.F(f, numerator, denominator),
            EffectSize = Observations.Ratio(between, between + within),
            OmegaSquared = Observations.Ratio(between - (numerator * within / denominator), between + within + (within / denominator)),
            Count = all.Length,
        };

        double Drop(double squares) => squares <= nothing ? 0 : squares;
    }
}
