namespace Undertone.Features.Functionals;

/// <summary>A row of a <see cref="FunctionalTable"/>: the same functionals on several contours.</summary>
/// <param name="Contours">The contours: names, units and sources.</param>
/// <param name="Functionals">What is computed of each.</param>
public sealed record FunctionalRow(IReadOnlyList<FeatureDescription> Contours, IReadOnlyList<Functional> Functionals)
{
    /// <summary>Whether frames of value 0 are left out, as those of a voice's descriptors where there is no voice. Default false.</summary>
    public bool NonZeroOnly { get; init; }
}
