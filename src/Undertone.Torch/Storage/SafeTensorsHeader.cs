using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Undertone.Torch;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Dtype">Kind of its elements.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Start">First byte, counted from the start of the data.</param>
/// <param name="End">The byte after the last.</param>
public sealed record SafeTensorsEntry(ScalarType Dtype, long[] Shape, long Start, long End);

/// <summary>What a safetensors file says of itself, checked against its length.</summary>
public sealed class SafeTensorsHeader
{
    // The reference implementation's bound.
    private const long LongestHeader = 100_000_000;
    private const string MetadataKey = "__metadata__";

    private static readonly Dictionary<string, ScalarType> Kinds = new(StringComparer.Ordinal)
    {
        ["F64"] = ScalarType.Float64,
        ["F32"] = ScalarType.Float32,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
        ["I64"] = ScalarType.Int64,
        ["I32"] = ScalarType.Int32,
        ["I16"] = ScalarType.Int16,
        ["I8"] = ScalarType.Int8,
        ["U8"] = ScalarType.Byte,
        ["BOOL"] = ScalarType.Bool,
    };

    private readonly OrderedDictionary<string, SafeTensorsEntry> tensors = [];
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    private SafeTensorsHeader()
    {
    }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyDictionary<string, SafeTensorsEntry> Tensors => tensors;

    /// <summary>Free text under names.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Where the data begins in the file.</summary>
    internal long DataStart { get; private init; }

    internal static SafeTensorsHeader Read(Stream stream, string file)
    {
        var total = stream.Length;
        if (total < 8)
        {
            throw new SafeTensorsException(file, $"it has {total} bytes, the length of its header alone takes 8");
        }

        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader)
        {
            throw new SafeTensorsException(file, $"it claims a header of {length} bytes, at most {LongestHeader} are allowed");
        }

        if ((long)length > total - 8)
        {
            throw new SafeTensorsException(file, $"it claims a header of {length} bytes, but only {total - 8} follow; it may be cut off");
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        if (length == 0 || json[0] != (byte)'{')
        {
            throw new SafeTensorsException(file, "its header does not begin with '{'");
        }

        var header = new SafeTensorsHeader { DataStart = 8 + (long)length };
        try
        {
            // AllowDuplicateProperties: two tensors of one name would hide each other.
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            header.Take(document.RootElement, file);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name or text that is no valid Unicode.
            throw new SafeTensorsException(file, $"its header is not sound JSON: {e.Message}", e);
        }

        header.CheckLayout(total - header.DataStart, file);
        return header;
    }

    internal static byte[] Write(IEnumerable<(string Name, ScalarType Dtype, long[] Shape)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (name, text) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    json.WriteString(name, text);
                }

                json.WriteEndObject();
            }

            long at = 0;
            var names = new HashSet<string>(StringComparer.Ordinal) { MetadataKey };
            foreach (var (name, dtype, shape) in tensors)
            {
                if (!names.Add(name))
                {
                    throw new ArgumentException($"a tensor named '{name}' cannot be written: the name is taken", nameof(tensors));
                }

                var kind = Kinds.FirstOrDefault(k => k.Value == dtype).Key
                    ?? throw new NotSupportedException($"safetensors has no kind for '{name}' of {dtype}");
                var end = at + shape.Aggregate((long)dtype.Size(), (a, b) => a * b);
                json.WriteStartObject(name);
                json.WriteString("dtype", kind);
                json.WriteStartArray("shape");
                Array.ForEach(shape, json.WriteNumberValue);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                at = end;
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of 8 keep the data aligned.
        while (buffer.WrittenCount % 8 != 0)
        {
            buffer.Write(" "u8);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void Take(JsonElement root, string file)
    {
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == MetadataKey)
            {
                TakeMetadata(property.Value, file);
            }
            else
            {
                tensors.Add(property.Name, Entry(property.Name, property.Value, file));
            }
        }
    }

    private void TakeMetadata(JsonElement value, string file)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new SafeTensorsException(file, $"its {MetadataKey} is no object");
        }

        foreach (var item in value.EnumerateObject())
        {
            metadata[item.Name] = item.Value.ValueKind == JsonValueKind.String
                ? item.Value.GetString()!
                : throw new SafeTensorsException(file, $"its metadata '{item.Name}' is no text");
        }
    }

    private static SafeTensorsEntry Entry(string name, JsonElement value, string file)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new SafeTensorsException(file, $"tensor '{name}' is described by no object");
        }

        string? kind = null;
        long[]? shape = null, offsets = null;
        foreach (var property in value.EnumerateObject())
        {
            switch (property.Name)
            {
                case "dtype" when property.Value.ValueKind == JsonValueKind.String:
                    kind = property.Value.GetString();
                    break;
                case "shape":
                    shape = Numbers(property.Value, name, "shape", file);
                    break;
                case "data_offsets":
                    offsets = Numbers(property.Value, name, "data_offsets", file);
                    break;
                default:
                    throw new SafeTensorsException(
                        file, $"tensor '{name}' has an unknown or unsound field '{property.Name}'; expected dtype, shape, data_offsets");
            }
        }

        if (kind is null || shape is null || offsets is not { Length: 2 })
        {
            throw new SafeTensorsException(file, $"tensor '{name}' lacks a dtype, a shape, or two data_offsets");
        }

        if (!Kinds.TryGetValue(kind, out var dtype))
        {
            throw new SafeTensorsException(
                file, $"tensor '{name}' has elements of kind '{kind}'; known are {string.Join(", ", Kinds.Keys)}");
        }

        if (shape.Length > 16)
        {
            throw new SafeTensorsException(file, $"tensor '{name}' has {shape.Length} dimensions, at most 16 are supported");
        }

        long bytes = dtype.Size();
        try
        {
            // All sizes but zeros, so that a zero cannot hide an overflow that libtorch would meet.
            foreach (var size in shape)
            {
                bytes = checked(bytes * Math.Max(size, 1));
            }
        }
        catch (OverflowException)
        {
            throw new SafeTensorsException(file, $"tensor '{name}' of shape [{string.Join(", ", shape)}] is larger than any file");
        }

        bytes = Array.IndexOf(shape, 0) >= 0 ? 0 : bytes;
        return offsets[1] - offsets[0] == bytes
            ? new SafeTensorsEntry(dtype, shape, offsets[0], offsets[1])
            : throw new SafeTensorsException(
                file,
                $"tensor '{name}' ({kind} [{string.Join(", ", shape)}]) needs {bytes} bytes, its data_offsets [{offsets[0]}, {offsets[1]}] give {offsets[1] - offsets[0]}");
    }

    private static long[] Numbers(JsonElement value, string name, string field, string file)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new SafeTensorsException(file, $"the {field} of tensor '{name}' is no list");
        }

        var numbers = new long[value.GetArrayLength()];
        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            numbers[i++] = item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0
                ? number
                : throw new SafeTensorsException(file, $"the {field} of tensor '{name}' holds {item.GetRawText()}, a whole number from 0 on is expected");
        }

        return numbers;
    }

    /// <summary>The tensors must fill the data from its first byte to its last, each byte once.</summary>
    private void CheckLayout(long bytes, string file)
    {
        long at = 0;
        var previous = "the header";
        foreach (var (name, entry) in tensors.OrderBy(t => t.Value.Start).ThenBy(t => t.Value.End))
        {
            if (entry.Start < at)
            {
                throw new SafeTensorsException(file, $"tensor '{name}' begins at byte {entry.Start}, inside '{previous}', which ends at {at}");
            }

            if (entry.Start > at)
            {
                throw new SafeTensorsException(file, $"there is a hole of {entry.Start - at} bytes between {previous} and tensor '{name}'");
            }

            (at, previous) = (entry.End, name);
        }

        if (at > bytes)
        {
            throw new SafeTensorsException(file, $"its tensors need {at} bytes of data, {bytes} are there; it may be cut off");
        }

        if (at < bytes)
        {
            throw new SafeTensorsException(file, $"{bytes - at} bytes follow after its last tensor");
        }
    }
}
