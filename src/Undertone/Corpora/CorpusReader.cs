using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Undertone.Speech;

namespace Undertone.Corpora;

/// <summary>How far the reading of a corpus is.</summary>
/// <param name="Done">Files that were read.</param>
/// <param name="Total">Files to read.</param>
public readonly record struct ReadingProgress(int Done, int Total);

/// <summary>Reads a corpus: decodes each file once, and remembers what it found.</summary>
public static class CorpusReader
{
    /// <summary>Reads a corpus. Files that cannot be read are left out and reported, with the reason.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="folder">Its folder (<see cref="CorpusLocator"/>).</param>
    /// <param name="cacheFolder">
    /// Where durations and hashes are kept between runs, for example <see cref="CacheFolder.Default"/>; null keeps nothing.
    /// </param>
    /// <param name="progress">Told of files as they are decoded, from several threads; not told of remembered ones.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <returns>The corpus as read; the same whatever was remembered and however many threads there were.</returns>
    /// <exception cref="UndertoneException">
    /// The folder holds nothing of the corpus, none of its files can be read, an audio library is missing, or the cache
    /// cannot be written.
    /// </exception>
    public static CorpusData Read(
        Corpus corpus,
        string folder,
        string? cacheFolder = null,
        IProgress<ReadingProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Read(corpus.Card, folder, corpus.List(folder), cacheFolder, progress, cancellation).Data;

    /// <summary>Reads listed utterances, and keeps what their files were like.</summary>
    internal static (CorpusData Data, IReadOnlyDictionary<string, AudioEntry> Files) Read(
        CorpusCard card,
        string folder,
        IReadOnlyList<Utterance> listed,
        string? cacheFolder,
        IProgress<ReadingProgress>? progress,
        CancellationToken cancellation)
    {
        var index = AudioIndex.Open(cacheFolder, folder);
        var known = new Dictionary<string, AudioEntry>(StringComparer.Ordinal);
        var unknown = new Dictionary<string, Utterance>(StringComparer.Ordinal);
        foreach (var utterance in listed)
        {
            var (key, file) = (AudioIndex.KeyOf(utterance), new FileInfo(utterance.Path));
            if (file.Exists && index.Find(key, file) is { } entry)
            {
                known[key] = entry;
            }
            else
            {
                unknown[key] = utterance;
            }
        }

        var decoded = new ConcurrentDictionary<string, AudioEntry>(StringComparer.Ordinal);
        var faults = new ConcurrentDictionary<string, UnreadableFile>(StringComparer.Ordinal);
        var sketches = new ConcurrentDictionary<string, AudioSketch>(StringComparer.Ordinal);
        Decode(unknown, decoded, sketches, faults, progress, cancellation);
        index.Keep(decoded);
        foreach (var (key, entry) in decoded)
        {
            known[key] = entry;
        }

        var utterances = listed.Select(u => (Utterance: u, Entry: known.GetValueOrDefault(AudioIndex.KeyOf(u))))
            .Where(u => u.Entry is not null)
            .Select(u => u.Utterance with { Seconds = u.Entry!.Seconds, AudioHash = u.Entry.Hash })
            .ToList();
        UnreadableFile[] unreadable = [.. faults.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)];
        if (utterances.Count == 0)
        {
            throw new UndertoneException(
                $"Corpus '{card.Name}': none of its {listed.Count} files in '{folder}' can be read. First: {unreadable[0].Path}: {unreadable[0].Reason} {card.Access}");
        }

        var marked = NearIdenticalAudio.Mark(utterances, sketches, cacheFolder, cancellation);
        return (new CorpusData(card, marked, unreadable, Fingerprint(utterances)), known);
    }

    private static void Decode(
        Dictionary<string, Utterance> unknown,
        ConcurrentDictionary<string, AudioEntry> decoded,
        ConcurrentDictionary<string, AudioSketch> sketches,
        ConcurrentDictionary<string, UnreadableFile> faults,
        IProgress<ReadingProgress>? progress,
        CancellationToken cancellation)
    {
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(unknown, options, item =>
            {
                var (key, utterance) = item;
                var file = new FileInfo(utterance.Path);
                try
                {
                    // Size and time come before the audio: a file that changes meanwhile is then read again next time.
                    var (bytes, modified) = (file.Length, file.LastWriteTimeUtc.Ticks);
                    var info = AudioFile.Probe(file.FullName);
                    var audio = utterance.ReadAudio();
                    var hash = AudioHash.Of(audio);
                    decoded[key] = new AudioEntry(bytes, modified, audio.Seconds, hash, info.SampleRate, info.Channels);
                    sketches[hash] = AudioSketch.Of(audio);
                }
                catch (AudioException e)
                {
                    faults[key] = new UnreadableFile(file.FullName, $"{e.Found}; {e.Expected}.");
                }
                catch (FileNotFoundException)
                {
                    faults[key] = new UnreadableFile(file.FullName, "does not exist (a broken link?).");
                }

                progress?.Report(new ReadingProgress(Interlocked.Increment(ref done), unknown.Count));
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.All(i => i is UndertoneException))
        {
            // A library that is missing fails every file alike; one of the errors says it all.
            throw new UndertoneException(e.InnerExceptions[0].Message, e);
        }
    }

    private static string Fingerprint(IReadOnlyList<Utterance> utterances)
    {
        var text = new StringBuilder();
        foreach (var u in utterances)
        {
            text.Append(u.Id).Append('\t').Append(u.Emotion).Append('\t').Append(u.Speaker).Append('\t').Append(u.AudioHash);

            // Labels that a system can be trained on; only where there are any, so that other corpora keep their fingerprints.
            if (u.Votes is not null || u.Arousal is not null || u.Valence is not null || u.Dominance is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"\t{u.Arousal:R}\t{u.Valence:R}\t{u.Dominance:R}\t{u.Votes}");
            }

            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
