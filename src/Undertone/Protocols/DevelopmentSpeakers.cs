namespace Undertone.Protocols;

/// <summary>
/// The speakers on whom the defaults of systems were chosen (rule 5 of the house: EMO-DB 03, 08, 09; RAVDESS the
/// first two of its five published folds). Every headline is also printed over the other speakers.
/// </summary>
public static class DevelopmentSpeakers
{
    private static readonly Dictionary<string, IReadOnlySet<string>> Chosen = new()
    {
        ["emodb"] = new HashSet<string> { "03", "08", "09" },
        ["ravdess"] = PublishedFolds.All.Single(f => f.Name == "ravdess-5").Folds.Take(2).SelectMany(f => f).ToHashSet(),
    };

    /// <summary>The development speakers of a corpus; empty where defaults were chosen on none.</summary>
    /// <param name="corpus">The corpus's name.</param>
    public static IReadOnlySet<string> Of(string corpus) =>
        Chosen.TryGetValue(corpus, out var speakers) ? speakers : new HashSet<string>();
}
