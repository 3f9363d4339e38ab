namespace Undertone.Features.Functionals;

/// <summary>A mean of a contour's values.</summary>
public enum MeanKind
{
    /// <summary>The arithmetic mean, <c>amean</c>.</summary>
    Arithmetic,

    /// <summary>The geometric over the arithmetic mean of the amounts that are not zero, <c>flatness</c>: 1 of a constant.</summary>
    Flatness,

    /// <summary>The arithmetic mean of the positive values, <c>posamean</c>.</summary>
    PositiveArithmetic,

    /// <summary>The root of the mean square, <c>rqmean</c>.</summary>
    RootQuadratic,
}

/// <summary>Means (Eyben 2016, Real-time Speech and Music Classification, chapter 2.4, doi:10.1007/978-3-319-27299-3).</summary>
/// <param name="Kinds">Which, in the order of the values.</param>
public sealed record Means(params MeanKind[] Kinds) : Functional
{
    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit) => [.. Kinds.Select(kind => kind switch
    {
        MeanKind.Arithmetic => new FeatureDescription("amean", unit, FunctionalSources.Book),
        MeanKind.Flatness => new FeatureDescription("flatness", "1", FunctionalSources.Book),
        MeanKind.PositiveArithmetic => new FeatureDescription("posamean", unit, FunctionalSources.Book),
        _ => new FeatureDescription("rqmean", unit, FunctionalSources.Book),
    })];

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        for (var k = 0; k < Kinds.Length; k++)
        {
            to[k] = Kinds[k] switch
            {
                MeanKind.Arithmetic => contour.Mean,
                MeanKind.Flatness => Flatness(contour.Values),
                MeanKind.PositiveArithmetic => Positive(contour.Values),
                _ => RootQuadratic(contour.Values),
            };
        }
    }

    private static double Flatness(ReadOnlySpan<float> values)
    {
        double sum = 0, logs = 0, product = 1;
        var count = 0;
        foreach (var value in values)
        {
            var amount = Math.Abs((double)value);
            sum += amount;
            if (amount == 0)
            {
                continue;
            }

            // One logarithm for as many factors as fit a double.
            product *= amount;
            count++;
            if (product is > 1e150 or < 1e-150)
            {
                logs += Math.Log(product);
                product = 1;
            }
        }

        return count == 0 ? 0 : Math.Exp((logs + Math.Log(product)) / count) / (sum / values.Length);
    }

    private static double Positive(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        var count = 0;
        foreach (var value in values)
        {
            if (value > 0)
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double RootQuadratic(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum / values.Length);
    }
}
