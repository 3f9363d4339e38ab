namespace Undertone.Features.Functionals;

/// <summary>The standard deviation (of the population), the skewness and the kurtosis (3 of a normal distribution). The last two of a constant are 0.</summary>
public sealed record Moments : Functional
{
    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit) =>
    [
        new("stddev", unit, FunctionalSources.Book),
        new("skewness", "1", FunctionalSources.Book),
        new("kurtosis", "1", FunctionalSources.Book),
    ];

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        double second = 0, third = 0, fourth = 0;
        var mean = contour.Mean;
        foreach (var value in contour.Values)
        {
            var difference = value - mean;
            var square = difference * difference;
            second += square;
            third += square * difference;
            fourth += square * square;
        }

        second /= contour.Count;
        third /= contour.Count;
        fourth /= contour.Count;
        to[0] = Math.Sqrt(second);

        // What rounding leaves of a constant is no variation.
        var constant = second <= 1e-24 * mean * mean || second * second < double.Epsilon * 1e10;
        to[1] = constant ? 0 : third / (second * to[0]);
        to[2] = constant ? 0 : fourth / (second * second);
    }
}
