using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Undertone.Features.Tables;

/// <summary>
/// What an extraction has computed so far, one record a recording, appended as they come: whatever ends the process, all
/// whole records are there again. Held open exclusively, so that two extractions cannot write the same table.
/// </summary>
/// <remarks>
/// The file is 8 bytes of magic and version and the SHA-256 of the feature set; a record is the SHA-256 of the recording's
/// key, the number of frames (int32), 8 bytes of the record's own SHA-256, then the values (float32, row-major);
/// little-endian throughout.
/// </remarks>
internal sealed class PartialFeatures : IDisposable
{
    private const int HeaderBytes = 40;
    private const int RecordBytes = 44;

    private readonly FileStream _file;
    private readonly int _dimensions;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Values, int Frames)> _records = new(StringComparer.Ordinal);

    private PartialFeatures(FileStream file, int dimensions) => (_file, _dimensions) = (file, dimensions);

    private static ReadOnlySpan<byte> Magic => "UTPART\0\u0001"u8;

    /// <summary>Opens the file or makes it; one of another feature set is begun anew, a torn record at its end is cut off.</summary>
    /// <exception cref="UndertoneException">Another process writes it.</exception>
    public static PartialFeatures Open(string path, FeatureExtractor extractor)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException) && File.Exists(path) && !FullDisk.Explains(e, path))
        {
            throw new UndertoneException($"{path}: another extraction writes this table. Wait for it, or give this one another --out.", e);
        }

        var partial = new PartialFeatures(file, extractor.Dimensions);
        partial.Recover(SHA256.HashData(Encoding.UTF8.GetBytes($"{extractor.Name}\n{extractor.Fingerprint}\n{extractor.Dimensions}")));
        return partial;
    }

    /// <summary>The number of frames of a recording; null where it is still to be done.</summary>
    public int? FramesOf(FeatureSource source)
    {
        lock (_gate)
        {
            return _records.TryGetValue(KeyOf(source), out var record) ? record.Frames : null;
        }
    }

    /// <summary>Keeps a recording's features.</summary>
    public void Add(FeatureSource source, FeatureMatrix features)
    {
        var key = KeyOf(source);
        var record = new byte[RecordBytes + (features.Values.Length * sizeof(float))];
        Convert.FromHexString(key).CopyTo(record, 0);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(32), features.Frames);
        ToLittleEndian(features.Values, record.AsSpan(RecordBytes));
        Checksum(record).CopyTo(record.AsSpan(36));
        lock (_gate)
        {
            var at = _file.Position = _file.Length;
            _file.Write(record);
            _records[key] = (at + RecordBytes, features.Frames);
        }
    }

    /// <summary>The bytes of some frames of a recording: float32, little-endian, row-major.</summary>
    public byte[] BytesOf(FeatureSource source, int firstFrame, int frames)
    {
        lock (_gate)
        {
            var bytes = new byte[(long)frames * _dimensions * sizeof(float)];
            _file.Position = _records[KeyOf(source)].Values + ((long)firstFrame * _dimensions * sizeof(float));
            _file.ReadExactly(bytes);
            return bytes;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string KeyOf(FeatureSource source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Key)));

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(record[..36]);
        hash.AppendData(record[RecordBytes..]);
        return hash.GetHashAndReset().AsSpan(0, 8);
    }

    private static void ToLittleEndian(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        MemoryMarshal.AsBytes(values).CopyTo(bytes);
        if (!BitConverter.IsLittleEndian)
        {
            var words = MemoryMarshal.Cast<byte, int>(bytes);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    private void Recover(byte[] set)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (_file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.StartsWith(Magic) || !header[8..].SequenceEqual(set))
        {
            _file.SetLength(0);
            Magic.CopyTo(header);
            set.CopyTo(header[8..]);
            _file.Write(header);
            return;
        }

        var whole = _file.Position;
        var head = new byte[RecordBytes];
        while (_file.ReadAtLeast(head, RecordBytes, throwOnEndOfStream: false) == RecordBytes)
        {
            // The file's true length bounds what is read, whatever a torn record says.
            var frames = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(32));
            var size = (long)frames * _dimensions * sizeof(float);
            if (frames < 1 || size > _file.Length - _file.Position || size > int.MaxValue - RecordBytes)
            {
                break;
            }

            var record = new byte[RecordBytes + size];
            head.CopyTo(record, 0);
            _file.ReadExactly(record.AsSpan(RecordBytes));
            if (!Checksum(record).SequenceEqual(head.AsSpan(36)))
            {
                break;
            }

            _records[Convert.ToHexStringLower(head.AsSpan(0, 32))] = (whole + RecordBytes, frames);
            whole += RecordBytes + size;
        }

        _file.SetLength(whole);
    }
}
