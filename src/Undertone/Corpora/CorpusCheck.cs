using System.Globalization;

namespace Undertone.Corpora;

/// <summary>A copy of a corpus against what its card expects.</summary>
/// <param name="Folder">The folder that was looked through.</param>
/// <param name="Listing">What lies in it, by names.</param>
/// <param name="Data">What could be read.</param>
/// <param name="Formats">Sample rate (Hz) and channels of the readable files, with how many have them, most frequent first.</param>
/// <param name="Identical">Groups of utterances with the same audio, sample by sample, by id.</param>
/// <param name="Faults">What keeps the copy from being complete, a sentence each; empty when it is complete.</param>
public sealed record CorpusCheck(
    string Folder,
    CorpusListing Listing,
    CorpusData Data,
    IReadOnlyList<(int SampleRate, int Channels, int Files)> Formats,
    IReadOnlyList<IReadOnlyList<string>> Identical,
    IReadOnlyList<string> Faults)
{
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
        return new CorpusCheck(folder, listing, data, formats, identical, [.. FindFaults(corpus.Card, listing, data)]);
    }

    private static IEnumerable<string> FindFaults(CorpusCard card, CorpusListing listing, CorpusData data)
    {
        if (listing.Utterances.Count != card.Utterances)
        {
            yield return Text($"{listing.Utterances.Count} files instead of {card.Utterances}.");
        }

        foreach (var (name, expected) in card.Classes)
        {
            var found = listing.Utterances.Count(u => u.Emotion == name);
            if (found != expected)
            {
                yield return Text($"{name}: {found} files instead of {expected}.");
            }
        }

        var speakers = listing.Utterances.Select(u => u.Speaker).Distinct().Count();
        if (speakers != card.Speakers)
        {
            yield return Text($"{speakers} speakers instead of {card.Speakers}.");
        }

        if (data.Unreadable.Count > 0)
        {
            yield return Text($"{data.Unreadable.Count} {(data.Unreadable.Count == 1 ? "file" : "files")} cannot be read.");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
