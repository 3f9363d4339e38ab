namespace Undertone.Emotions.LabelSchemes;

/// <summary>The label schemes that Undertone knows.</summary>
public static class LabelSchemeCatalog
{
    /// <summary>Every scheme, in the order that lists show them.</summary>
    public static IReadOnlyList<LabelScheme> All { get; } = [new Native(), new BigFour(), new SixBasic(), new Arousal(), new Valence(), new Quadrants()];

    /// <summary>Their names, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(s => s.Name)];

    /// <summary>Finds a scheme.</summary>
    /// <param name="name">Its name: <c>big-four</c>.</param>
    /// <returns>The scheme.</returns>
    /// <exception cref="UndertoneException">There is none of that name; the message gives the nearest.</exception>
    public static LabelScheme Get(string name) =>
        All.FirstOrDefault(s => s.Name == name)
        ?? throw new UndertoneException($"there is no label scheme '{name}'{NearestName.Hint(name, Names)}");
}
