using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// Features computed once and kept by content: the key is the audio's hash and the extractor's fingerprint. Several
/// processes may want the same entry at once; each file is written aside and renamed into place whole.
/// </summary>
/// <remarks>
/// An entry that is damaged or of another version is computed and written again. A cache that cannot be written (no
/// permission, disk full) never ends a run: <see cref="OnWarning"/> is told once, and features are computed each time.
/// An entry is the file <c>ab/abcd….features</c>, named after the SHA-256 of its key: 8 bytes of magic and version,
/// frames and dimensions (int32), the SHA-256 of the key and of the values (32 bytes each), then the values (float32,
/// row-major); little-endian throughout.
/// </remarks>
public sealed class FeatureCache
{
    private const int HeaderBytes = 80;

    private readonly string? _folder;
    private int _warned;

    /// <summary>Opens a cache.</summary>
    /// <param name="folder">Where entries are kept, created at need; null keeps nothing.</param>
    public FeatureCache(string? folder) => _folder = folder;

    /// <summary>Told once, in a sentence, when entries cannot be kept; null says nothing.</summary>
    public Action<string>? OnWarning { get; init; }

    private static ReadOnlySpan<byte> Magic => "UTFEAT\0\u0001"u8;

    /// <summary>Returns an entry, computing it where it is not there yet or is damaged.</summary>
    /// <param name="extractor">The feature set.</param>
    /// <param name="audioHash">The audio's hash (<c>Utterance.AudioHash</c>); empty bypasses the cache.</param>
    /// <param name="waveform">Reads the audio, called only where features must be computed.</param>
    /// <returns>The features, the caller's own.</returns>
    public FeatureMatrix Get(FeatureExtractor extractor, string audioHash, Func<Waveform> waveform)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(audioHash);
        ArgumentNullException.ThrowIfNull(waveform);
        if (_folder is null || audioHash.Length == 0)
        {
            return extractor.Extract(waveform());
        }

        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{audioHash}\n{extractor.Name}\n{extractor.Fingerprint}"));
        var name = Convert.ToHexStringLower(key);
        var path = Path.Combine(_folder, name[..2], $"{name}.features");
        if (Read(path, key, extractor.Dimensions) is { } kept)
        {
            return kept;
        }

        var features = extractor.Extract(waveform());
        Write(path, key, features);
        return features;
    }

    private static byte[] Header(ReadOnlySpan<byte> key, int frames, int dimensions, ReadOnlySpan<byte> values)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), frames);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), dimensions);
        key.CopyTo(header.AsSpan(16));
        SHA256.HashData(values, header.AsSpan(48));
        return header;
    }

    private static void ToLittleEndian(Span<float> values)
    {
        if (!BitConverter.IsLittleEndian)
        {
            var words = MemoryMarshal.Cast<float, int>(values);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    /// <summary>The entry; null where there is none or it cannot be trusted.</summary>
    private FeatureMatrix? Read(string path, ReadOnlySpan<byte> key, int dimensions)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> header = stackalloc byte[HeaderBytes];
            if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.StartsWith(Magic))
            {
                return null;
            }

            // The file's true length bounds what is allocated, whatever the header says.
            var frames = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
            if (frames < 1
                || BinaryPrimitives.ReadInt32LittleEndian(header[12..]) != dimensions
                || stream.Length != HeaderBytes + ((long)frames * dimensions * sizeof(float)))
            {
                return null;
            }

            var values = GC.AllocateUninitializedArray<float>(frames * dimensions);
            var bytes = MemoryMarshal.AsBytes(values.AsSpan());
            stream.ReadExactly(bytes);
            if (!header.SequenceEqual(Header(key, frames, dimensions, bytes)))
            {
                return null;
            }

            ToLittleEndian(values);
            return new FeatureMatrix(values, frames, dimensions);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Warn($"cannot be read ({error.Message})");
            return null;
        }
    }

    private void Write(string path, byte[] key, FeatureMatrix features)
    {
        var values = features.Values;
        if (!BitConverter.IsLittleEndian)
        {
            values = [.. values];
            ToLittleEndian(values);
        }

        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        var aside = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(Header(key, features.Frames, features.Dimensions, bytes));
                stream.Write(bytes);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Warn($"cannot be written ({error.Message})");
            Discard(aside);
        }
    }

    private void Discard(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Warn($"cannot be tidied ({error.Message})");
        }
    }

    private void Warn(string fault)
    {
        if (Interlocked.Exchange(ref _warned, 1) == 0)
        {
            OnWarning?.Invoke($"The feature cache {_folder} {fault}; going on without it, computing features each time. Free some space or name another folder to be faster.");
        }
    }
}
