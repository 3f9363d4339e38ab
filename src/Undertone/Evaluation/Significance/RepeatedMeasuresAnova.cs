namespace Undertone.Evaluation.Significance;

/// <summary>
/// Repeated-measures analysis of variance with one factor (Girden 1992, ANOVA: Repeated Measures). p is corrected for
/// unequal variances of the differences by epsilon of Greenhouse and Geisser (1959, doi:10.1007/BF02289823), which
/// multiplies both degrees of freedom. The effect size is partial eta squared, SS conditions / (SS conditions + SS
/// error).
/// <para>Question: do systems tested on the same speakers differ in their mean?</para>
/// <para>Assumptions: independent speakers; residuals about normal. Sphericity is not assumed, thanks to epsilon.</para>
/// </summary>
public sealed record RepeatedMeasuresAnova : TestResult
{
    /// <inheritdoc/>
    public override string Test => "repeated-measures ANOVA";

    /// <inheritdoc/>
    public override string StatisticName => "F";

    /// <inheritdoc/>
    public override string EffectSizeName => "partial eta squared";

    /// <inheritdoc/>
    public override string Question => "Do systems tested on the same speakers differ in their mean?";

    /// <inheritdoc/>
    public override string Assumptions => "Independent speakers, residuals about normal; sphericity is corrected for.";

    /// <inheritdoc/>
    public override string Citation => "Greenhouse and Geisser 1959, doi:10.1007/BF02289823";

    /// <summary>Degrees of freedom of the denominator, without epsilon, as is <see cref="TestResult.DegreesOfFreedom"/>.</summary>
    public required double ErrorDegreesOfFreedom { get; init; }

    /// <summary>Greenhouse and Geisser's epsilon, from 1/(k - 1) to 1; 1 where nothing varies.</summary>
    public required double Epsilon { get; init; }

    /// <summary>p where sphericity holds, without epsilon.</summary>
    public required double UncorrectedPValue { get; init; }

    /// <summary>Tests subjects by conditions.</summary>
    /// <param name="scores">One row a subject (speaker), one column a condition (system); at least two of each.</param>
    /// <exception cref="UndertoneException">There are fewer than two subjects or conditions.</exception>
    /// <exception cref="ArgumentException">Rows differ in length, or a value is not finite.</exception>
    public static RepeatedMeasuresAnova Of(IReadOnlyList<IReadOnlyList<double>> scores)
    {
        Observations.Table(scores, 2, 2, "repeated-measures ANOVA");
        var n = scores.Count;
        var k = scores[0].Count;
        double[] subjects = [.. scores.Select(row => row.Average())];
        double[] conditions = [.. Enumerable.Range(0, k).Select(c => scores.Average(row => row[c]))];
        var grand = subjects.Average();
        var between = n * conditions.Sum(m => (m - grand) * (m - grand));
        double error = 0;
        var residuals = new double[n, k];
        for (var s = 0; s < n; s++)
        {
            for (var c = 0; c < k; c++)
            {
                residuals[s, c] = scores[s][c] - subjects[s] - conditions[c] + grand;
                error += residuals[s, c] * residuals[s, c];
            }
        }

        var tolerance = Observations.Tolerance(scores.SelectMany(row => row));
        var nothing = tolerance * tolerance * n * k;
        between = between <= nothing ? 0 : between;
        error = error <= nothing ? 0 : error;
        double numerator = k - 1;
        double denominator = (n - 1) * numerator;
        var f = Observations.Ratio(between / numerator, error / denominator);
        var epsilon = error == 0 ? 1 : GreenhouseGeisser(residuals);
        return new RepeatedMeasuresAnova
        {
            Statistic = f,
            DegreesOfFreedom = numerator,
            ErrorDegreesOfFreedom = denominator,
            Epsilon = epsilon,
            PValue = TailProbability.F(f, epsilon * numerator, epsilon * denominator),
            UncorrectedPValue = TailProbability.F(f, numerator, denominator),
            EffectSize = Observations.Ratio(between, between + error),
            Count = n,
        };
    }

    // The residuals' covariance is the doubly centred covariance of the conditions: epsilon = trace² / ((k - 1) · sum of squares).
    private static double GreenhouseGeisser(double[,] residuals)
    {
        var (n, k) = (residuals.GetLength(0), residuals.GetLength(1));
        double trace = 0, squares = 0;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                double covariance = 0;
                for (var s = 0; s < n; s++)
                {
                    covariance += residuals[s, i] * residuals[s, j];
                }

                trace += i == j ? covariance : 0;
                squares += covariance * covariance;
            }
        }

        return Math.Clamp(trace * trace / ((k - 1) * squares), 1.0 / (k - 1), 1);
    }
}
