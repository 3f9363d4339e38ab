using System.Security.Cryptography;
using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>
/// What training utterances are mixed or convolved with: other training utterances of the fold, never any that is
/// tested or validated on, and folders of the user's.
/// </summary>
public sealed class AugmentationSounds
{
    private readonly Func<int, Waveform> _read;
    private readonly Dictionary<string, (IReadOnlyList<Waveform> Sounds, string Hash)> _folders = new(StringComparer.Ordinal);

    /// <summary>Creates the sounds of a fold.</summary>
    /// <param name="voices">The number of training utterances.</param>
    /// <param name="read">Reads one by its index: mono audio at 16 kHz.</param>
    public AugmentationSounds(int voices, Func<int, Waveform> read)
    {
        Voices = voices;
        _read = read;
    }

    /// <summary>No sounds at all.</summary>
    public static AugmentationSounds None { get; } = new(0, _ => throw new InvalidOperationException("there are no utterances."));

    /// <summary>The number of training utterances.</summary>
    public int Voices { get; }

    /// <summary>The index of the utterance that is changed, which does not babble over itself; −1 for none of them.</summary>
    public int Own { get; internal set; } = -1;

    /// <summary>Reads a training utterance.</summary>
    /// <param name="index">From 0.</param>
    public Waveform Voice(int index) => _read(index);

    /// <summary>The sounds of a folder, by name, with all below it; read once.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UndertoneException">It is missing or holds no audio.</exception>
    public IReadOnlyList<Waveform> Folder(string folder) => Read(folder).Sounds;

    /// <summary>What identifies a folder's sounds by their content.</summary>
    internal string HashOf(string folder) => Read(folder).Hash;

    private (IReadOnlyList<Waveform> Sounds, string Hash) Read(string folder)
    {
        if (_folders.TryGetValue(folder, out var known))
        {
            return known;
        }

        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(AudioFile.HasAudioExtension).Order(StringComparer.Ordinal).ToList()
            : throw new UndertoneException($"augmentation: there is no folder '{folder}'; expected one with audio files.");
        if (files.Count == 0)
        {
            throw new UndertoneException($"augmentation: the folder '{folder}' holds no audio files; expected one of {string.Join(", ", AudioFile.Extensions)}.");
        }

        List<Waveform> sounds = [.. files.Select(AudioFile.Read)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sounds.ForEach(s => hash.AppendData(Convert.FromHexString(AudioHash.Of(s))));
        return _folders[folder] = (sounds, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
