namespace Undertone.Features.Functionals;

/// <summary>The range, and where in the contour its first greatest and first least value lie: 0 at the beginning, below 1 at the end.</summary>
public sealed record Extremes : Functional
{
    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit) =>
    [
        new("range", unit, FunctionalSources.Book),
        new("maxPos", "share of the duration", FunctionalSources.Book),
        new("minPos", "share of the duration", FunctionalSources.Book),
    ];

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        to[0] = contour.Range;
        to[1] = (double)contour.MaximumAt / contour.Count;
        to[2] = (double)contour.MinimumAt / contour.Count;
    }
}
