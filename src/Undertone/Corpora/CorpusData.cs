using System.Globalization;

namespace Undertone.Corpora;

/// <summary>A corpus as read: its usable utterances with durations and audio hashes, and what was left out.</summary>
/// <param name="Card">The corpus's card.</param>
/// <param name="Utterances">Readable utterances, sorted by id.</param>
/// <param name="Unreadable">Files that were left out, with the reason.</param>
/// <param name="Fingerprint">SHA-256 over id, label, speaker, audio hash and, where there are any, ratings and votes of every utterance, lower-case hex.</param>
public sealed record CorpusData(
    CorpusCard Card,
    IReadOnlyList<Utterance> Utterances,
    IReadOnlyList<UnreadableFile> Unreadable,
    string Fingerprint)
{
    /// <summary>What a label scheme made of the corpus's labels (<see cref="CorpusHarmonisation"/>); null where they are its own.</summary>
    public CorpusLabels? Labels { get; init; }

    /// <summary>What is learned of the utterances in place of the emotion (<see cref="LearningTarget"/>); null for the emotion.</summary>
    public CorpusTarget? Target { get; init; }

    /// <summary>The classes that occur, in the card's order, then any others by name.</summary>
    public IReadOnlyList<string> Classes =>
        [.. Utterances.Select(u => u.Emotion).Distinct().OrderBy(Rank).ThenBy(e => e, StringComparer.Ordinal)];

    /// <summary>What this copy lacks against the corpus's card: <c>6 of 535 files, 2 of 10 speakers</c>; null where it has them all.</summary>
    public string? Shortage
    {
        get
        {
            var files = Utterances.Count + Unreadable.Count + (Target?.LeftOut ?? 0);
            var speakers = Utterances.Select(u => u.Speaker).Distinct().Count();

            // A label scheme or a target may leave out a speaker with all that was said.
            return files >= Card.Utterances && (speakers >= Card.Speakers || Labels is not null || Target is not null)
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{files} of {Card.Utterances} files, {speakers} of {Card.Speakers} speakers");
        }
    }

    private int Rank(string emotion)
    {
        for (var i = 0; i < Card.Classes.Count; i++)
        {
            if (Card.Classes[i].Key == emotion)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}

/// <summary>A file that could not be used.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why not.</param>
public sealed record UnreadableFile(string Path, string Reason);
