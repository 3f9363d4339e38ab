using System.Buffers.Binary;
using System.Text.Json;

namespace Undertone.Features.Tables;

/// <summary>
/// The safetensors format (github.com/huggingface/safetensors), float32. A set of one frame an utterance is one array,
/// <c>features</c>, of utterances × values; a frame-wise set is one array a recording, of frames × values, under the
/// recording's name. The metadata holds the set's name, its settings, and as JSON lists the names of files, labels and values.
/// </summary>
internal sealed class SafeTensorsFeatureTable : FeatureTableWriter
{
    public override void Write(Stream stream, FeatureExtractor extractor, IReadOnlyList<string> labels, IReadOnlyList<FeatureSource> sources, PartialFeatures features, int workers)
    {
        var header = Header(extractor, labels, sources, features);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var source in sources)
        {
            stream.Write(features.BytesOf(source, 0, features.FramesOf(source)!.Value));
        }
    }

    private static byte[] Header(FeatureExtractor extractor, IReadOnlyList<string> labels, IReadOnlyList<FeatureSource> sources, PartialFeatures features)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("set", extractor.Name);
            json.WriteString("settings", extractor.Fingerprint);
            json.WriteString("hop_seconds", FormattableString.Invariant($"{extractor.HopSeconds}"));
            json.WriteString("files", List(sources.Select(s => s.Name)));
            json.WriteString("values", List(extractor.Describe().Select(v => v.Name)));
            for (var label = 0; label < labels.Count; label++)
            {
                json.WriteString(labels[label], List(sources.Select(s => s.Labels[label])));
            }

            json.WriteEndObject();
            long at = 0;
            if (extractor.IsFunctionals)
            {
                Array(json, "features", sources.Count, extractor.Dimensions, ref at);
            }
            else
            {
                foreach (var source in sources)
                {
                    Array(json, source.Name, features.FramesOf(source)!.Value, extractor.Dimensions, ref at);
                }
            }

            json.WriteEndObject();
        }

        // Data begins at a multiple of eight; the format fills up with blanks.
        while (bytes.Length % 8 != 0)
        {
            bytes.WriteByte((byte)' ');
        }

        return bytes.ToArray();
    }

    private static string List(IEnumerable<string> items) => JsonSerializer.Serialize(items);

    private static void Array(Utf8JsonWriter json, string name, int rows, int columns, ref long at)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        json.WriteNumberValue(rows);
        json.WriteNumberValue(columns);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(at);
        at += (long)rows * columns * sizeof(float);
        json.WriteNumberValue(at);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
