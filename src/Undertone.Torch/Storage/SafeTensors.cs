using System.Buffers;
using System.Buffers.Binary;

namespace Undertone.Torch;

/// <summary>Reads and writes tensors in the safetensors format (https://github.com/huggingface/safetensors).</summary>
/// <remarks>
/// The reader trusts nothing in a file: lengths, JSON, kinds, shapes, and that the tensors fill the file without overlap, hole
/// or rest. Writing goes to a temporary file beside the target that takes its place when it is whole.
/// </remarks>
public static class SafeTensors
{
    /// <summary>Reads what a file holds without its values; libtorch is not loaded.</summary>
    /// <exception cref="SafeTensorsException">The file is damaged or not of this format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafeTensorsHeader ReadHeader(string path)
    {
        using var stream = File.OpenRead(path);
        return SafeTensorsHeader.Read(stream, path);
    }

    /// <summary>Reads all tensors of a file, onto the processor.</summary>
    /// <exception cref="SafeTensorsException">The file is damaged or not of this format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OrderedDictionary<string, Tensor> Read(string path) => Read(path, out _);

    /// <summary>Reads all tensors of a file, onto the processor, and its metadata.</summary>
    /// <exception cref="SafeTensorsException">The file is damaged or not of this format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OrderedDictionary<string, Tensor> Read(string path, out IReadOnlyDictionary<string, string> metadata)
    {
        using var stream = File.OpenRead(path);
        var header = SafeTensorsHeader.Read(stream, path);
        metadata = header.Metadata;
        var tensors = new OrderedDictionary<string, Tensor>();
        try
        {
            foreach (var (name, entry) in header.Tensors)
            {
                var tensor = Tensor.Empty(entry.Shape, entry.Dtype);
                tensors.Add(name, tensor);
                stream.Position = header.DataStart + entry.Start;
                Fill(stream, tensor, entry.End - entry.Start);
            }
        }
        catch (EndOfStreamException e)
        {
            Free(tensors);
            throw new SafeTensorsException(path, "it became shorter while it was read", e);
        }
        catch
        {
            Free(tensors);
            throw;
        }

        return tensors;
    }

    /// <summary>Writes tensors and metadata to a file, which appears whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="NotSupportedException">The format has no such kind of elements.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);

        // Widest kinds first keeps every tensor aligned in the file; names after that make the bytes reproducible.
        var ordered = tensors.OrderByDescending(t => t.Value.Dtype.Size()).ThenBy(t => t.Key, StringComparer.Ordinal).ToList();
        var header = SafeTensorsHeader.Write(ordered.Select(t => (t.Key, t.Value.Dtype, t.Value.Shape)), metadata);
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
                foreach (var (_, tensor) in ordered)
                {
                    Copy(tensor, stream);
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

    private static void Copy(Tensor tensor, Stream stream)
    {
        using var noGrad = new NoGrad();
        using var scope = new DisposeScope();
        var plain = tensor.Detach().To(Device.Cpu).Contiguous();
        var bytes = plain.ElementCount * plain.Dtype.Size();
        if (bytes == 0)
        {
            return;
        }

        using var memory = new NativeMemoryStream(plain.DataPointer, bytes);
        memory.CopyTo(stream, 1 << 20);
        GC.KeepAlive(plain);
    }

    private static void Fill(FileStream stream, Tensor tensor, long bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(1 << 20, bytes));
        using var memory = new NativeMemoryStream(tensor.DataPointer, bytes);
        for (var left = bytes; left > 0;)
        {
            var part = (int)Math.Min(left, buffer.Length);
            stream.ReadExactly(buffer, 0, part);
            memory.Write(buffer, 0, part);
            left -= part;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        GC.KeepAlive(tensor);
    }

    private static void Free(OrderedDictionary<string, Tensor> tensors)
    {
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }

    /// <summary>A tensor's memory as a stream, for tensors above two gigabytes too.</summary>
    private sealed unsafe class NativeMemoryStream(nint address, long bytes)
        : UnmanagedMemoryStream((byte*)address, bytes, bytes, FileAccess.ReadWrite);
}

/// <summary>A file that claims to be safetensors is damaged, hostile, or something else.</summary>
public sealed class SafeTensorsException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public SafeTensorsException(string file, string problem, Exception? inner = null)
        : base($"{file} is not a sound safetensors file: {problem}", inner)
    {
        File = file;
    }

    /// <summary>The file.</summary>
    public string File { get; }
}
