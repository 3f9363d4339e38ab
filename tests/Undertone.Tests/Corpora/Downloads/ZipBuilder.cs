using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Undertone.Tests.Corpora.Downloads;

/// <summary>Archives as publishers make them, and as nobody should.</summary>
internal static class ZipBuilder
{
    /// <summary>Four recordings of EMO-DB's names, spoken by the demo voice, and its table of rates.</summary>
    public static IReadOnlyDictionary<string, byte[]> Emodb(int take = 0)
    {
        using var tree = new CorpusTree();
        string[] names = ["wav/03a01Fa.wav", "wav/03a01Wa.wav", "wav/08a02Na.wav", "wav/16b10Tb.wav"];
        foreach (var name in Enumerable.Repeat("skipped.wav", take).Select((n, i) => i + n).Concat(names))
        {
            tree.Speak(name);
        }

        var files = names.ToDictionary(n => n, n => File.ReadAllBytes(Path.Combine(tree.Path, n)));
        files["erklaerung.txt"] = Encoding.Latin1.GetBytes("Erklärung\n");
        return files;
    }

    /// <summary>An archive of files.</summary>
    public static byte[] Of(IEnumerable<KeyValuePair<string, byte[]>> files, CompressionLevel level = CompressionLevel.Fastest, Encoding? names = null, Action<ZipArchiveEntry>? change = null)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true, names))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name, level);
                entry.LastWriteTime = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
                change?.Invoke(entry);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }

    /// <summary>An archive of one small file under any name.</summary>
    public static byte[] Named(params string[] names) => Of(names.Select((n, i) => KeyValuePair.Create(n, new byte[] { (byte)i, 1, 2 })));

    /// <summary>An archive whose only entry is a symbolic link to /etc.</summary>
    public static byte[] Link() => Of([new("wav", Encoding.ASCII.GetBytes("/etc"))], change: e => e.ExternalAttributes = unchecked((int)0xA1FF0000));

    /// <summary>An archive of a size that the entry does not have.</summary>
    public static byte[] Lying(int stated)
    {
        var zip = Of([new("wav/03a01Fa.wav", Enumerable.Range(0, 5000).Select(i => (byte)(i * i)).ToArray())]);
        for (var i = 0; i < zip.Length - 4; i++)
        {
            if (zip.AsSpan(i, 4).SequenceEqual("PK\x01\x02"u8))
            {
                BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(i + 24), stated);
            }
        }

        return zip;
    }

    /// <summary>An archive whose entries all point to the same data, as a non-recursive bomb does.</summary>
    public static byte[] Overlapping()
    {
        var zip = Of(Enumerable.Range(0, 3).Select(i => KeyValuePair.Create($"{i}.wav", Enumerable.Range(0, 4000).Select(b => (byte)(b * b + i)).ToArray())), CompressionLevel.NoCompression);
        for (var i = 0; i < zip.Length - 4; i++)
        {
            if (zip.AsSpan(i, 4).SequenceEqual("PK\x01\x02"u8))
            {
                // each claims the compressed size of nearly the whole archive
                BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(i + 20), 11_000);
                BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(i + 24), 11_000);
            }
        }

        return zip;
    }
}
