using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Undertone.Speech;

namespace Undertone.Corpora;

/// <summary>
/// Finds recordings that are one recording: the same audio at another level, re-encoded, resampled, cut with more or
/// less silence around it, or with some noise in its last bits. Another take of the same sentence by the same speaker is
/// not near-identical.
/// </summary>
/// <remarks>
/// Two recordings are compared by the correlation in time of their coarse mel spectra (the upper 30 dB of 20 bands, every
/// 10 ms, each band about its mean), laid over each other by their centres of gravity. Candidates are found by sorting, so that not all pairs are
/// compared. Calibrated on EMO-DB, RAVDESS and URDU: gain, OGG Vorbis and MP3 by libsndfile's defaults, added silence and
/// offsets give at least 0.99; two takes of one sentence by one speaker in one emotion reach 0.86.
/// </remarks>
public static class NearIdenticalAudio
{
    /// <summary>The correlation from which two recordings are taken for one.</summary>
    public const double Threshold = 0.95;

    // Raise it when the sketch, the search or the threshold changes.
    private const string Header = "undertone near-identical audio 1";

    // How much the sketches' masses may differ: re-encoding changes them by some per cent.
    private const double MassTolerance = 0.06;

    /// <summary>Compares two recordings.</summary>
    /// <param name="first">Mono audio at 16 kHz, as <see cref="AudioFile.Read(string)"/> gives it.</param>
    /// <param name="second">The other.</param>
    /// <returns>The correlation in [0, 1]; near-identical from <see cref="Threshold"/> on.</returns>
    public static double Similarity(Waveform first, Waveform second) => AudioSketch.Of(first).Similarity(AudioSketch.Of(second));

    /// <summary>Finds the near-identical pairs of some recordings; identical ones are among them.</summary>
    /// <param name="recordings">Mono audio at 16 kHz.</param>
    /// <returns>The pairs by their positions, sorted, with their correlation.</returns>
    public static IReadOnlyList<(int First, int Second, double Similarity)> Pairs(IReadOnlyList<Waveform> recordings)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        return Pairs([.. recordings.Select(AudioSketch.Of)]);
    }

    /// <summary>
    /// Gives each utterance that has near-identical company its group: the first id, ordinal, of those that it is joined to
    /// by pairs. What was found is kept by the hashes of the audio, so that a corpus is searched once.
    /// </summary>
    /// <param name="utterances">Utterances with their audio hashes.</param>
    /// <param name="sketches">Sketches that are at hand, by audio hash; others are made by decoding anew.</param>
    /// <param name="cacheFolder">Where what was found is kept, or null.</param>
    /// <param name="cancellation">Ends the search early.</param>
    internal static IReadOnlyList<Utterance> Mark(
        IReadOnlyList<Utterance> utterances, IReadOnlyDictionary<string, AudioSketch> sketches, string? cacheFolder, CancellationToken cancellation)
    {
        var hashes = utterances.Select(u => u.AudioHash).Distinct().Order(StringComparer.Ordinal).ToList();
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', hashes))))[..16];
        var file = cacheFolder is null ? null : Path.Combine(cacheFolder, "near-identical", key + ".tsv");
        if (file is null || Load(file) is not { } pairs)
        {
            pairs = Search(hashes, utterances, sketches, cancellation);
            if (file is not null)
            {
                Keep(file, pairs);
            }
        }

        return pairs.Count == 0 ? utterances : Group(utterances, pairs);
    }

    private static List<(string First, string Second)> Search(
        List<string> hashes, IReadOnlyList<Utterance> utterances, IReadOnlyDictionary<string, AudioSketch> sketches, CancellationToken cancellation)
    {
        var byHash = utterances.DistinctBy(u => u.AudioHash).ToDictionary(u => u.AudioHash);
        var all = new AudioSketch?[hashes.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, all.Length, options, i =>
        {
            try
            {
                all[i] = sketches.GetValueOrDefault(hashes[i]) ?? AudioSketch.Of(byHash[hashes[i]].ReadAudio());
            }
            catch (AudioException)
            {
                // It was readable when it was hashed and is gone since: whoever trains on it will say so.
                all[i] = null;
            }
        });
        var there = Enumerable.Range(0, all.Length).Where(i => all[i] is not null).ToList();
        return [.. Pairs([.. there.Select(i => all[i]!)]).Select(p => (hashes[there[p.First]], hashes[there[p.Second]]))];
    }

    private static List<(int First, int Second, double Similarity)> Pairs(AudioSketch[] sketches)
    {
        var order = Enumerable.Range(0, sketches.Length).Where(i => sketches[i].Mass > 0).OrderBy(i => sketches[i].Mass).ToArray();
        var found = new ConcurrentBag<(int, int, double)>();
        Parallel.For(0, order.Length, a =>
        {
            var first = sketches[order[a]];
            for (var b = a + 1; b < order.Length && sketches[order[b]].Mass <= first.Mass * (1 + MassTolerance); b++)
            {
                var second = sketches[order[b]];
                if (first.Resembles(second) && first.Similarity(second) is >= Threshold and var similarity)
                {
                    found.Add((Math.Min(order[a], order[b]), Math.Max(order[a], order[b]), similarity));
                }
            }
        });
        return [.. found.Order()];
    }

    private static List<Utterance> Group(IReadOnlyList<Utterance> utterances, List<(string First, string Second)> pairs)
    {
        var leader = new Dictionary<string, string>();
        string Find(string hash) => leader.TryGetValue(hash, out var up) && up != hash ? leader[hash] = Find(up) : hash;
        foreach (var (first, second) in pairs)
        {
            leader.TryAdd(first, first);
            leader.TryAdd(second, second);
            leader[Find(first)] = Find(second);
        }

        var names = utterances.Where(u => leader.ContainsKey(u.AudioHash))
            .GroupBy(u => Find(u.AudioHash))
            .ToDictionary(g => g.Key, g => g.Select(u => u.Id).Min(StringComparer.Ordinal));
        return [.. utterances.Select(u => leader.ContainsKey(u.AudioHash) ? u with { AudioGroup = names[Find(u.AudioHash)] } : u)];
    }

    // A file that is missing, older or damaged is none: it can be had again from the audio.
    private static List<(string First, string Second)>? Load(string file)
    {
        try
        {
            var lines = File.ReadAllLines(file);
            var pairs = lines.Skip(1).Select(l => l.Split('\t')).ToList();
            return lines.Length > 0 && lines[0] == string.Create(CultureInfo.InvariantCulture, $"{Header}\t{pairs.Count}") && pairs.All(p => p is [{ Length: 64 }, { Length: 64 }])
                ? [.. pairs.Select(p => (p[0], p[1]))]
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Keep(string file, List<(string First, string Second)> pairs)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Header}\t{pairs.Count}\n");
        foreach (var (first, second) in pairs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{first}\t{second}\n");
        }

        AudioIndex.Put(file, text.ToString());
    }
}
