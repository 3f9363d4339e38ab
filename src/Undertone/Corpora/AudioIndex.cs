using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Undertone.Corpora;

/// <summary>What was found when a file was decoded.</summary>
/// <param name="Bytes">The file's size.</param>
/// <param name="Modified">Its time of last change, in ticks (UTC).</param>
/// <param name="Seconds">Duration in seconds.</param>
/// <param name="Hash">The audio's hash.</param>
/// <param name="SampleRate">The file's own sample rate in Hz.</param>
/// <param name="Channels">The file's own number of channels.</param>
internal sealed record AudioEntry(long Bytes, long Modified, double Seconds, string Hash, int SampleRate, int Channels);

/// <summary>
/// What decoding found, kept between runs: one text file for each corpus folder. A file that has changed size or time is
/// read again. Several processes may use it at once: it is written aside and renamed into place, and a lost entry costs
/// one decoding.
/// </summary>
internal sealed class AudioIndex
{
    // Raise it when decoding or hashing changes.
    private const string Header = "undertone audio index 1";

    private readonly string? _file;
    private readonly Dictionary<string, AudioEntry> _entries;

    private AudioIndex(string? file, Dictionary<string, AudioEntry> entries)
    {
        _file = file;
        _entries = entries;
    }

    /// <summary>Opens the index of a corpus folder; without a cache folder nothing is known and nothing kept.</summary>
    /// <param name="cacheFolder">The cache folder, or null.</param>
    /// <param name="corpusFolder">The corpus's folder.</param>
    public static AudioIndex Open(string? cacheFolder, string corpusFolder)
    {
        if (cacheFolder is null)
        {
            return new AudioIndex(null, []);
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(corpusFolder))))[..16];
        var file = Path.Combine(cacheFolder, "audio-index", name + ".tsv");
        return new AudioIndex(file, Load(file));
    }

    /// <summary>The key of an utterance's audio: its file's full path, and the part of it where it is not the whole.</summary>
    /// <param name="utterance">The utterance.</param>
    public static string KeyOf(Utterance utterance)
    {
        var path = Path.GetFullPath(utterance.Path);
        return utterance.Start is null && utterance.End is null
            ? path
            : string.Create(CultureInfo.InvariantCulture, $"{path}\u001f{utterance.Start:R}\u001f{utterance.End:R}");
    }

    /// <summary>What is known of an utterance's audio, where its file is as it was.</summary>
    /// <param name="key">The audio's key.</param>
    /// <param name="file">The file as it is now.</param>
    /// <returns>The entry, or null.</returns>
    public AudioEntry? Find(string key, FileInfo file) =>
        _entries.TryGetValue(key, out var entry) && entry.Bytes == file.Length && entry.Modified == file.LastWriteTimeUtc.Ticks
            ? entry
            : null;

    /// <summary>Adds entries and writes the index.</summary>
    /// <param name="found">Entries by the audio's key.</param>
    /// <exception cref="UndertoneException">The cache folder cannot be written.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Keep(IEnumerable<KeyValuePair<string, AudioEntry>> found)
    {
        var any = false;
        foreach (var (path, entry) in found)
        {
            _entries[path] = entry;
            any = true;
        }

        if (_file is null || !any)
        {
            return;
        }

        var text = new StringBuilder(Header).Append('\n');
        foreach (var (path, e) in _entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            if (path.AsSpan().IndexOfAny('\t', '\n', '\r') < 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{path}\t{e.Bytes}\t{e.Modified}\t{e.Seconds:R}\t{e.Hash}\t{e.SampleRate}\t{e.Channels}\n");
            }
        }

        Put(_file, text.ToString());
    }

    /// <summary>Writes a file of the cache aside and renames it into place.</summary>
    /// <param name="file">The file; its folder need not exist.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="UndertoneException">The cache folder cannot be written.</exception>
    public static void Put(string file, string text)
    {
        var aside = $"{file}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(aside, text);
            File.Move(aside, file, overwrite: true);
        }
        catch (IOException e) when (FullDisk.Explains(e, Path.GetDirectoryName(file)!))
        {
            throw new IOException($"The audio index '{file}' cannot be written: the disk is full. Free space there, or name another cache by XDG_CACHE_HOME.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UndertoneException(
                $"The audio index '{file}' cannot be written: {e.Message.TrimEnd('.')}. Make the folder writable, or name another cache by XDG_CACHE_HOME.", e);
        }
        finally
        {
            // Deleting what is not there is no error, but deleting in a folder that is not there is one.
            if (File.Exists(aside))
            {
                File.Delete(aside);
            }
        }
    }

    // An index that is missing, older or damaged is an empty one: everything in it can be had again from the audio.
    private static Dictionary<string, AudioEntry> Load(string file)
    {
        var entries = new Dictionary<string, AudioEntry>(StringComparer.Ordinal);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return entries;
        }

        if (lines.Length == 0 || lines[0] != Header)
        {
            return entries;
        }

        foreach (var line in lines.AsSpan(1))
        {
            var parts = line.Split('\t');
            if (parts.Length == 7
                && Whole(parts[1], out var bytes)
                && Whole(parts[2], out var modified)
                && double.TryParse(parts[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                && parts[4].Length == 64
                && Whole(parts[5], out var rate)
                && Whole(parts[6], out var channels))
            {
                entries[parts[0]] = new AudioEntry(bytes, modified, seconds, parts[4], (int)rate, (int)channels);
            }
        }

        return entries;
    }

    private static bool Whole(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
