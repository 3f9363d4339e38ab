using System.Globalization;
using System.Text.Json.Serialization;

namespace Undertone.Models.Trees;

/// <summary>The settings of <see cref="RandomForestClassifier"/>.</summary>
public sealed record RandomForestOptions : IValidatedSettings
{
    /// <summary>The number of trees. Default 300.</summary>
    public int Trees { get; init; } = 300;

    /// <summary>How many of the values that vary a split is chosen among; null is the root of their number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FeaturesASplit { get; init; }

    /// <summary>The fewest rows of a leaf. Default 3.</summary>
    public int LeastRows { get; init; } = 3;

    /// <summary>The most splits between root and leaf; null for no limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Depth { get; init; }

    /// <summary>Whether each tree sees as many rows drawn with replacement; otherwise all. Default true.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        (string Name, int? Value)[] counts = [("trees", Trees), ("features-a-split", FeaturesASplit), ("least-rows", LeastRows), ("depth", Depth)];
        foreach (var (name, value) in counts.Where(c => c.Value < 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name} must be at least 1, but is {value}");
        }
    }
}
