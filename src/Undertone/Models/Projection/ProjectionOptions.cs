using System.Globalization;
using System.Text.Json.Serialization;

namespace Undertone.Models.Projection;

/// <summary>How values are replaced by fewer sums of them, fitted inside the fold, on the rows that the classifier is fitted on.</summary>
public sealed record ProjectionOptions : IValidatedSettings
{
    /// <summary>The method by name: <c>pca</c> or <c>lda</c>.</summary>
    public string Method { get; init; } = "pca";

    /// <summary>How many dimensions are kept; null leaves it to <see cref="Variance"/> or the method.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Dimensions { get; init; }

    /// <summary>The share of the variance that principal components keep at least; null is 0.95. Only where dimensions are not given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Variance { get; init; }

    /// <summary>
    /// How far discriminant analysis draws the covariance within classes towards that of a sphere, in [0, 1]; null estimates it
    /// (Ledoit &amp; Wolf 2004, doi:10.1016/S0047-259X(03)00096-4).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Shrinkage { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Dimensions < 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"dimensions must be at least 1, but is {Dimensions}");
        }

        if (Variance is { } variance && !(variance > 0 && variance <= 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"variance must be in (0, 1], but is {Variance}");
        }

        if (Dimensions is not null && Variance is not null)
        {
            yield return "dimensions and variance both say how much is kept; leave one of them out";
        }

        if (Shrinkage is { } shrinkage && !(shrinkage >= 0 && shrinkage <= 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"shrinkage must be in [0, 1], but is {Shrinkage}");
        }

        var method = FeatureProjectionCatalog.All.FirstOrDefault(m => m.Name == Method);
        foreach (var problem in method?.Problems(this) ?? [$"there is no method '{Method}'{NearestName.Hint(Method, FeatureProjectionCatalog.All.Select(m => m.Name))}"])
        {
            yield return problem;
        }
    }
}
