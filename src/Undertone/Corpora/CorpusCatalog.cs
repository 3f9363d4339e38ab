namespace Undertone.Corpora;

/// <summary>The corpora that Undertone knows.</summary>
public static class CorpusCatalog
{
    /// <summary>Every corpus, in the order that lists show them.</summary>
    public static IReadOnlyList<Corpus> All { get; } =
    [
        new Emodb(),
        new Ravdess(),
        new RavdessSong(),
        new Savee(),
        new Tess(),
        new CremaD(),
        new Iemocap(),
        new Enterface(),
        new Des(),
        new LdcEmotionalProsody(),
        new Urdu(),
        new Demo(),
    ];

    /// <summary>Their names, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(c => c.Card.Name)];

    /// <summary>Finds a corpus by its name.</summary>
    /// <param name="name">The name, as in an experiment file; letter case does not matter.</param>
    /// <returns>The corpus.</returns>
    /// <exception cref="UndertoneException">There is none of that name; the message gives the nearest one.</exception>
    public static Corpus Get(string name) =>
        All.FirstOrDefault(c => string.Equals(c.Card.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UndertoneException(Unknown(name));

    private static string Unknown(string name) =>
        $"Unknown corpus '{name}'{NearestName.Hint(name, Names)}{(NearestName.Of(name, Names) is null ? "; or a CSV file that describes one of your own (undertone corpora describe table)" : "")}";
}
