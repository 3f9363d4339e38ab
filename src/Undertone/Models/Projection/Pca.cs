namespace Undertone.Models.Projection;

/// <summary>Principal components: the directions of greatest variance, whatever the classes (Pearson 1901, doi:10.1080/14786440109462720).</summary>
public sealed class Pca : FeatureProjection
{
    private const double DefaultVariance = 0.95;

    /// <inheritdoc/>
    public override string Name => "pca";

    /// <inheritdoc/>
    public override string Summary => "Principal components: the directions of greatest variance";

    /// <inheritdoc/>
    public override string Citation => "Pearson 1901, doi:10.1080/14786440109462720";

    /// <inheritdoc/>
    public override LinearProjection Fit(ClassifierData data, ProjectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var axes = new PrincipalAxes(data, "principal components");
        var kept = Math.Min(options.Dimensions ?? Reaching(axes.SquaredLengths, options.Variance ?? DefaultVariance), axes.SquaredLengths.Count);
        return new LinearProjection(axes.Mean, [.. Enumerable.Range(0, kept).Select(axes.Axis)]);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(ProjectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Shrinkage is not null)
        {
            yield return "principal components (pca) have no shrinkage; leave it out, or choose lda";
        }
    }

    private static int Reaching(IReadOnlyList<double> squares, double share)
    {
        var wanted = share * squares.Sum();
        double sum = 0;
        for (var k = 0; k < squares.Count; k++)
        {
            sum += squares[k];
            if (sum >= wanted)
            {
                return k + 1;
            }
        }

        return squares.Count;
    }
}
