using System.Globalization;

namespace Undertone.Models.Selection;

/// <summary>Which features are kept. They are chosen inside the fold, on the rows that the classifier is fitted on.</summary>
public sealed record SelectionOptions : IValidatedSettings
{
    /// <summary>The method by name: <c>anova-f</c>, <c>mutual-information</c>, <c>mrmr</c> or <c>recursive-elimination</c>.</summary>
    public string Method { get; init; } = "anova-f";

    /// <summary>How many values are kept. Default 50.</summary>
    public int Count { get; init; } = 50;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Count < 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"count must be at least 1, but is {Count}");
        }

        if (FeatureSelectionCatalog.All.All(m => m.Name != Method))
        {
            yield return $"there is no method '{Method}'{NearestName.Hint(Method, FeatureSelectionCatalog.All.Select(m => m.Name))}";
        }
    }
}
