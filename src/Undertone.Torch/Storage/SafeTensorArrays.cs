using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Undertone.Torch;

/// <summary>One array of a safetensors file, in managed memory.</summary>
/// <param name="Values">A <c>float[]</c>, <c>double[]</c>, <c>int[]</c> or <c>long[]</c>, row-major.</param>
/// <param name="Shape">Its sizes; their product is the number of values.</param>
public sealed record SafeTensorArray(Array Values, IReadOnlyList<long> Shape);

/// <summary>
/// The safetensors format for plain arrays: what <see cref="SafeTensors"/> is for tensors, without loading libtorch.
/// Kinds are F32, F64, I32 and I64.
/// </summary>
public static class SafeTensorArrays
{
    /// <summary>Writes arrays and metadata to a file, which appears whole or not at all; the same arrays give the same bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arrays">The arrays by name.</param>
    /// <param name="metadata">Free text under names; null for none.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">A shape does not fit its values, or their kind is another.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, SafeTensorArray>> arrays, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(arrays);

        // Widest kinds first keeps every array aligned in the file; names after that make the bytes reproducible.
        var ordered = arrays
            .Select(a => (Name: a.Key, Kind: KindOf(a.Key, a.Value), a.Value))
            .OrderByDescending(a => a.Kind.Size())
            .ThenBy(a => a.Name, StringComparer.Ordinal)
            .ToList();
        var header = SafeTensorsHeader.Write(ordered.Select(a => (a.Name, a.Kind, a.Value.Shape.ToArray())), metadata);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                stream.Write(length);
                stream.Write(header);
                foreach (var (_, _, array) in ordered)
                {
                    stream.Write(LittleEndian(BytesOf(array.Values), array.Values));
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads all arrays of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Its free text.</param>
    /// <exception cref="SafeTensorsException">The file is damaged, not of this format, or holds another kind of numbers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, SafeTensorArray> Read(string path, out IReadOnlyDictionary<string, string> metadata)
    {
        using var stream = File.OpenRead(path);
        var header = SafeTensorsHeader.Read(stream, path);
        metadata = header.Metadata;
        var arrays = new Dictionary<string, SafeTensorArray>(StringComparer.Ordinal);
        foreach (var (name, entry) in header.Tensors)
        {
            var count = (entry.End - entry.Start) / entry.Dtype.Size();
            Array values = entry.Dtype switch
            {
                ScalarType.Float32 => new float[count],
                ScalarType.Float64 => new double[count],
                ScalarType.Int32 => new int[count],
                ScalarType.Int64 => new long[count],
                var other => throw new SafeTensorsException(path, $"'{name}' holds numbers of the kind {other}; expected Float32, Float64, Int32 or Int64"),
            };
            stream.Position = header.DataStart + entry.Start;
            try
            {
                stream.ReadExactly(BytesOf(values));
            }
            catch (EndOfStreamException e)
            {
                throw new SafeTensorsException(path, "it became shorter while it was read", e);
            }

            _ = LittleEndian(BytesOf(values), values, inPlace: true);
            arrays.Add(name, new SafeTensorArray(values, entry.Shape));
        }

        return arrays;
    }

    private static ScalarType KindOf(string name, SafeTensorArray array)
    {
        var kind = array.Values switch
        {
            float[] => ScalarType.Float32,
            double[] => ScalarType.Float64,
            int[] => ScalarType.Int32,
            long[] => ScalarType.Int64,
            _ => throw new ArgumentException($"the array '{name}' is of {array.Values.GetType().Name}; expected float[], double[], int[] or long[]."),
        };
        return array.Shape.Aggregate(1L, (a, b) => a * b) == array.Values.LongLength
            ? kind
            : throw new ArgumentException($"the array '{name}' of {array.Values.LongLength} values cannot have the shape [{string.Join(", ", array.Shape)}].");
    }

    private static Span<byte> BytesOf(Array values) => values switch
    {
        float[] v => MemoryMarshal.AsBytes(v.AsSpan()),
        double[] v => MemoryMarshal.AsBytes(v.AsSpan()),
        int[] v => MemoryMarshal.AsBytes(v.AsSpan()),
        long[] v => MemoryMarshal.AsBytes(v.AsSpan()),
        _ => throw new ArgumentException($"an array of {values.GetType().Name} has no place in safetensors."),
    };

    /// <summary>The bytes in the file's order; on a machine of that order they are the same bytes.</summary>
    private static ReadOnlySpan<byte> LittleEndian(Span<byte> bytes, Array values, bool inPlace = false)
    {
        if (BitConverter.IsLittleEndian)
        {
            return bytes;
        }

        var turned = inPlace ? bytes : bytes.ToArray();
        if (values is float[] or int[])
        {
            var words = MemoryMarshal.Cast<byte, int>(turned);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else
        {
            var words = MemoryMarshal.Cast<byte, long>(turned);
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return turned;
    }
}
