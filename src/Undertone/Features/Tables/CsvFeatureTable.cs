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
    // Numbers take longer to write out than many features to compute: pieces of so many frames are written out at once.
    private const int PieceFrames = 128;
    private const int PiecesAWorker = 16;

    public override void Write(
        Stream stream, FeatureExtractor extractor, IReadOnlyList<string> labels, IReadOnlyList<FeatureSource> sources, PartialFeatures features, int workers)
    {
        IEnumerable<string> time = extractor.IsFunctionals ? [] : extractor.HopSeconds > 0 ? ["frame", "seconds"] : ["frame"];
        var header = string.Join(',', labels.Concat(time).Concat(extractor.Describe().Select(v => v.Name)).Prepend("file").Select(CsvRecords.Field));
        stream.Write(Encoding.UTF8.GetBytes(header + "\n"));
        foreach (var pieces in Pieces(sources, features).Chunk(PiecesAWorker * workers))
        {
            var text = new byte[pieces.Length][];
            Parallel.For(0, pieces.Length, new ParallelOptions { MaxDegreeOfParallelism = workers }, i =>
                text[i] = Rows(extractor, pieces[i].Source, pieces[i].First, features.BytesOf(pieces[i].Source, pieces[i].First, pieces[i].Count)));
            foreach (var rows in text)
            {
                stream.Write(rows);
            }
        }
    }

    private static IEnumerable<(FeatureSource Source, int First, int Count)> Pieces(IReadOnlyList<FeatureSource> sources, PartialFeatures features)
    {
        foreach (var source in sources)
        {
            var frames = features.FramesOf(source)!.Value;
            for (var first = 0; first < frames; first += PieceFrames)
            {
                yield return (source, first, Math.Min(PieceFrames, frames - first));
            }
        }
    }

    private static byte[] Rows(FeatureExtractor extractor, FeatureSource source, int first, byte[] values)
    {
        var head = string.Join(',', source.Labels.Prepend(source.Name).Select(CsvRecords.Field));
        var size = extractor.Dimensions * sizeof(float);
        var rows = new StringBuilder();
        for (var frame = 0; frame < values.Length / size; frame++)
        {
            rows.Append(head);
            if (!extractor.IsFunctionals)
            {
                rows.Append(CultureInfo.InvariantCulture, $",{first + frame}");
            }

            if (extractor.HopSeconds > 0)
            {
                rows.Append(CultureInfo.InvariantCulture, $",{(float)((first + frame) * extractor.HopSeconds)}");
            }

            for (var d = 0; d < extractor.Dimensions; d++)
            {
                rows.Append(CultureInfo.InvariantCulture, $",{BinaryPrimitives.ReadSingleLittleEndian(values.AsSpan((frame * size) + (d * sizeof(float))))}");
            }

            rows.Append('\n');
        }

        return Encoding.UTF8.GetBytes(rows.ToString());
    }
}
