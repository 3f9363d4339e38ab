namespace Undertone.Models.Selection;

/// <summary>The methods of feature selection by name: one line a method.</summary>
public static class FeatureSelectionCatalog
{
    /// <summary>Every method.</summary>
    public static IReadOnlyList<FeatureSelection> All { get; } =
    [
        new AnovaF(),
        new MutualInformation(),
        new Mrmr(),
        new RecursiveElimination(),
    ];

    /// <summary>Finds a method.</summary>
    /// <param name="name">Its name: <c>anova-f</c>.</param>
    /// <exception cref="UndertoneException">There is none of that name; the message gives the nearest.</exception>
    public static FeatureSelection Get(string name) =>
        All.FirstOrDefault(m => m.Name == name)
        ?? throw new UndertoneException($"there is no feature selection '{name}'{NearestName.Hint(name, All.Select(m => m.Name))}");
}
