using System.Globalization;

namespace Undertone.Corpora;

/// <summary>A copy of a corpus against what its card expects.</summary>
/// <param name="Folder">The folder that was looked through.</param>
/// <param name="Listing">What lies in it, by names.</param>
/// <param name="Data">What could be read.</param>
/// <param name="Formats">Sample rate (Hz) and channels of the readable files, with how many have them, most frequent first.</param>
/// <param name="Identical">Groups of utterances with the same audio, sample by sample, by id.</param>
/// <param name="NearIdentical">Groups of utterances with near-identical audio that is not identical throughout, by id.</param>
/// <param name="Faults">What keeps the copy from being complete, a sentence each; empty when it is complete.</param>
public sealed record CorpusCheck(
    string Folder,
    CorpusListing Listing,
    CorpusData Data,
    IReadOnlyList<(int SampleRate, int Channels, int Files)> Formats,
    IReadOnlyList<IReadOnlyList<string>> Identical,
    IReadOnlyList<IReadOnlyList<string>> NearIdentical,
    IReadOnlyList<string> Faults)
{
    private const int ShownSpeakers = 12;

    /// <summary>Whether everything that the card expects is there and readable.</summary>
    public bool IsComplete => Faults.Count == 0;

    /// <summary>Reads a copy of a corpus and compares it with its card.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="folder">The copy.</param>
    /// <param name="cacheFolder">As for <see cref="CorpusReader.Read(Corpus, string, string?, IProgress{ReadingProgress}?, CancellationToken)"/>.</param>
    /// <param name="progress">Told of files as they are decoded.</param>
    /// <param name="cancellation">Ends the check early.</param>
    /// <exception cref="UndertoneException">There is nothing of the corpus in the folder, or none of it can be read.</exception>
    public static CorpusCheck Of(
        Corpus corpus,
        string folder,
        string? cacheFolder = null,
        IProgress<ReadingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var listing = corpus.Survey(folder);
        var (data, files) = CorpusReader.Read(corpus.Card, folder, listing.Utterances, cacheFolder, progress, cancellation);
        var formats = files.Values.GroupBy(f => (f.SampleRate, f.Channels))
            .Select(g => (g.Key.SampleRate, g.Key.Channels, g.Count()))
            .OrderByDescending(f => f.Item3).ThenBy(f => f.SampleRate).ThenBy(f => f.Channels)
            .ToList();
        var identical = data.Utterances.GroupBy(u => u.AudioHash)
            .Where(g => g.Count() > 1)
            .Select(g => (IReadOnlyList<string>)[.. g.Select(u => u.Id)])
            .ToList();
        var near = data.Utterances.Where(u => u.AudioGroup is not null)
            .GroupBy(u => u.AudioGroup)
            .Select(g => (IReadOnlyList<string>)[.. g.Select(u => u.Id)])
            .ToList();
        return new CorpusCheck(folder, listing, data, formats, identical, near, [.. FindFaults(corpus, listing, data)]);
    }

    private static IEnumerable<string> FindFaults(Corpus corpus, CorpusListing listing, CorpusData data)
    {
        var card = corpus.Card;
        if (card.Utterances > 0 && listing.Utterances.Count != card.Utterances)
        {
            yield return $"{Count(listing.Utterances.Count, "file")} instead of {Count(card.Utterances)}.";
        }

        var classes = card.Classes
            .Select(c => (c.Key, Found: listing.Utterances.Count(u => u.Emotion == c.Key), Expected: c.Value))
            .Where(c => c.Expected > 0 && c.Found != c.Expected)
            .Select(c => $"{c.Key} {Count(c.Found)} of {Count(c.Expected)}")
            .ToList();
        if (classes.Count > 0)
        {
            yield return $"By class: {string.Join(", ", classes)}.";
        }

        var speakers = listing.Utterances.Select(u => u.Speaker).Distinct().Count();
        if (speakers != card.Speakers)
        {
            yield return $"{Count(speakers, "speaker")} instead of {Count(card.Speakers)}.";
        }

        if (BySpeaker(card, listing) is { Length: > 0 } bySpeaker)
        {
            yield return $"By speaker: {bySpeaker}.";
        }

        foreach (var count in corpus.Counts(listing.Utterances).Where(c => c.Found != c.Expected))
        {
            yield return $"{char.ToUpperInvariant(count.What[0])}{count.What[1..]}: {Count(count.Found)} of {Count(count.Expected)}.";
        }

        if (data.Unreadable.Count > 0)
        {
            yield return $"{Count(data.Unreadable.Count, "file")} cannot be read.";
        }
    }

    private static string BySpeaker(CorpusCard card, CorpusListing listing)
    {
        if (card.SpeakerCounts is not { } expected)
        {
            return "";
        }

        var found = listing.Utterances.GroupBy(u => u.Speaker).ToDictionary(g => g.Key, g => g.Count());
        var wrong = expected.Keys.Union(found.Keys)
            .Where(s => found.GetValueOrDefault(s) != expected.GetValueOrDefault(s))
            .Order(StringComparer.Ordinal)
            .Select(s => $"{s} {Count(found.GetValueOrDefault(s))} of {Count(expected.GetValueOrDefault(s))}")
            .ToList();
        return string.Join(", ", wrong.Take(ShownSpeakers)) + (wrong.Count > ShownSpeakers ? $" and {Count(wrong.Count - ShownSpeakers)} others" : "");
    }

    private static string Count(int count, string? what = null) =>
        count.ToString(CultureInfo.InvariantCulture) + (what is null ? "" : count == 1 ? $" {what}" : $" {what}s");
}
