using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Undertone.Features.Tables;

/// <summary>
/// Comma-separated values (RFC 4180, doi:10.17487/RFC4180) in UTF-8: a header, then one row a recording, or of frame-wise
/// sets one row a frame with its number and time. Numbers are the shortest that give the same single-precision value again.
/// </summary>
internal sealed class CsvFeatureTable : FeatureTableWriter
{
    public override void Write(Stream stream, FeatureExtractor extractor, IReadOnlyList<string> labels, IReadOnlyList<FeatureSource> sources, PartialFeatures features)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        IEnumerable<string> time = extractor.IsFunctionals ? [] : ["frame", "seconds"];
        writer.WriteLine(string.Join(',', labels.Concat(time).Concat(extractor.Describe().Select(v => v.Name)).Prepend("file").Select(CsvRecords.Field)));
        var row = new StringBuilder();
        foreach (var source in sources)
        {
            var head = string.Join(',', source.Labels.Prepend(source.Name).Select(CsvRecords.Field));
            var bytes = features.BytesOf(source);
            var size = extractor.Dimensions * sizeof(float);
            for (var frame = 0; frame < bytes.Length / size; frame++)
            {
                row.Clear().Append(head);
                if (!extractor.IsFunctionals)
                {
                    row.Append(CultureInfo.InvariantCulture, $",{frame},{(float)(frame * extractor.HopSeconds)}");
                }

                for (var d = 0; d < extractor.Dimensions; d++)
                {
                    row.Append(CultureInfo.InvariantCulture, $",{BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan((frame * size) + (d * sizeof(float))))}");
                }

                writer.WriteLine(row);
            }
        }
    }
}
