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

    /// <summary>
    /// Speakers dealt into groups at random: the genders one after another, which keeps both the groups and the
    /// genders in them within one of even.
    /// </summary>
    /// <param name="voices">The speakers.</param>
    /// <param name="groups">How many groups, at most as many as there are speakers.</param>
    /// <param name="seed">Chooses the groups.</param>
    public static IReadOnlyList<IReadOnlySet<string>> Deal(IReadOnlyList<Voice> voices, int groups, int seed)
    {
        var dealt = Enumerable.Range(0, groups).Select(_ => new HashSet<string>()).ToList();
        var next = 0;
        foreach (var gender in voices.GroupBy(v => v.Gender).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var shuffled = gender.Select(v => v.Name).ToArray();
            SeededRandom.From(seed, gender.Key, "speaker-groups").Shuffle(shuffled.AsSpan());
            foreach (var speaker in shuffled)
            {
                dealt[next++ % groups].Add(speaker);
            }
        }

        return dealt;
    }
}
