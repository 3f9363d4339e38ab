namespace Undertone.Models.Projection;

/// <summary>The projections of features by name: one line a method.</summary>
public static class FeatureProjectionCatalog
{
    /// <summary>Every method.</summary>
    public static IReadOnlyList<FeatureProjection> All { get; } =
    [
        new Pca(),
        new Lda(),
    ];

    /// <summary>Finds a method.</summary>
    /// <param name="name">Its name: <c>pca</c>.</param>
    /// <exception cref="UndertoneException">There is none of that name; the message gives the nearest.</exception>
    public static FeatureProjection Get(string name) =>
        All.FirstOrDefault(m => m.Name == name)
        ?? throw new UndertoneException($"there is no projection '{name}'{NearestName.Hint(name, All.Select(m => m.Name))}");
}
