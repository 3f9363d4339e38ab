using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>A speaker of a corpus with what is known of them.</summary>
/// <param name="Name">The speaker's id.</param>
/// <param name="Gender">As in the corpus, or <c>unknown</c>.</param>
/// <param name="Utterances">All of the speaker's utterances given.</param>
internal sealed record Voice(string Name, string Gender, IReadOnlyList<Utterance> Utterances)
{
    /// <summary>The speakers of some utterances, by name, ordinal.</summary>
    public static IReadOnlyList<Voice> Of(IEnumerable<Utterance> utterances) =>
    [
        .. utterances.GroupBy(u => u.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Voice(g.Key, g.Select(u => u.Gender).FirstOrDefault(s => s is not null) ?? "unknown", [.. g])),
    ];
}
