using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Undertone.Corpora.Downloads;

/// <summary>
/// Unpacks a ZIP archive that nobody has looked at. All entries are judged before the first is written: no path leads out of the
/// folder, none is absolute, no links or devices, no name twice, no bomb (entries, size, ratio, overlapping data; as D. Fifield, A better zip
/// bomb, WOOT 2019, builds them). What is written is counted against the size that the archive states, and its CRC-32 is verified.
/// </summary>
internal static class SafeUnzip
{
    // What the Finder of macOS and archivers there leave behind.
    private static readonly string[] Litter = ["__MACOSX", ".DS_Store"];

    private const long SmallEntry = 1_000_000;

    /// <summary>Unpacks into an empty folder.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="limits">What it may hold.</param>
    /// <param name="at">Told how many bytes of how many are written.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The files with their sizes in bytes, in the archive's order.</returns>
    /// <exception cref="DownloadException">The archive is damaged or unsafe, or the disk too small.</exception>
    public static IReadOnlyList<(string Path, long Bytes)> Unpack(
        string archive, string folder, UnzipLimits limits, Action<long, long?> at, CancellationToken cancellation)
    {
        try
        {
            using var file = File.OpenRead(archive);
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false, new ZipNameEncoding());
            var wanted = Judge(archive, zip, file.Length, limits);
            var total = wanted.Sum(w => w.Entry.Length);
            DiskSpace.Require(folder, total, $"to unpack {Path.GetFileName(archive)}");
            var done = 0L;
            foreach (var (path, entry) in wanted)
            {
                Write(archive, entry, SafePath.Prepare(folder, path), written => at(done + written, total), cancellation);
                done += entry.Length;
            }

            return [.. wanted.Select(w => (w.Path, w.Entry.Length))];
        }
        catch (InvalidDataException e)
        {
            throw Damaged(archive, Beginning(archive) ?? e.Message.TrimEnd('.'), e);
        }
        catch (IOException e) when (e is not DownloadException && FullDisk.Explains(e, folder))
        {
            throw DiskSpace.Full(folder, e);
        }
    }

    private static List<(string Path, ZipArchiveEntry Entry)> Judge(string archive, ZipArchive zip, long size, UnzipLimits limits)
    {
        var wanted = new List<(string Path, ZipArchiveEntry Entry)>();
        var files = new HashSet<string>(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        if (zip.Entries.Count > limits.Entries)
        {
            throw Unsafe(archive, Invariant($"it has {zip.Entries.Count} entries; at most {limits.Entries} are taken"));
        }

        foreach (var entry in zip.Entries)
        {
            var path = SafePath.Of(entry.FullName, out var problem) ?? throw Unsafe(archive, $"its entry '{SafePath.Shown(entry.FullName)}' {problem}");
            problem = Kind(entry);
            if (problem.Length > 0)
            {
                throw Unsafe(archive, $"its entry '{path}' {problem}");
            }

            if (IsFolder(entry) || path.Split('/').Any(Litter.Contains))
            {
                continue;
            }

            if (!files.Add(path))
            {
                throw Unsafe(archive, $"its entry '{path}' occurs twice");
            }

            for (var slash = path.LastIndexOf('/'); slash > 0 && folders.Add(path[..slash]);)
            {
                slash = path.LastIndexOf('/', slash - 1);
            }

            wanted.Add((path, entry));
        }

        if (files.FirstOrDefault(folders.Contains) is { } both)
        {
            throw Unsafe(archive, $"its entry '{both}' is a file and a folder");
        }

        Weigh(archive, wanted, size, limits);
        return wanted;
    }

    private static void Weigh(string archive, List<(string Path, ZipArchiveEntry Entry)> wanted, long size, UnzipLimits limits)
    {
        var (unpacked, packed) = (0L, 0L);
        foreach (var (path, entry) in wanted)
        {
            unpacked += entry.Length;
            packed += entry.CompressedLength;
            if (entry.Length > SmallEntry && entry.Length > limits.Ratio * entry.CompressedLength)
            {
                throw Unsafe(archive, Invariant($"its entry '{path}' would grow from {entry.CompressedLength} to {entry.Length} bytes, as no recording does"));
            }
        }

        if (unpacked > limits.Bytes || (unpacked > SmallEntry && unpacked > limits.Ratio * size))
        {
            throw Unsafe(archive, Invariant($"it would grow from {size} to {unpacked} bytes"));
        }

        if (packed > size)
        {
            throw Unsafe(archive, Invariant($"its entries share data ({packed} bytes in an archive of {size})"));
        }
    }

    private static string Kind(ZipArchiveEntry entry)
    {
        const int kindBits = 0xF000, regular = 0x8000, folder = 0x4000, link = 0xA000;
        return ((entry.ExternalAttributes >> 16) & kindBits) switch
        {
            0 or regular or folder => entry.IsEncrypted ? "is encrypted" : "",
            link => "is a symbolic link",
            _ => "is neither a file nor a folder",
        };
    }

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\');

    private static void Write(string archive, ZipArchiveEntry entry, string path, Action<long> written, CancellationToken cancellation)
    {
        var name = SafePath.Shown(entry.FullName);
        using var input = entry.Open();
        using var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[1 << 16];
        var crc = default(Crc32);
        var done = 0L;
        for (int read; (read = input.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            done += read;
            if (done > entry.Length)
            {
                throw Unsafe(archive, Invariant($"its entry '{name}' is larger than the {entry.Length} bytes that it states"));
            }

            crc.Append(buffer.AsSpan(0, read));
            output.Write(buffer, 0, read);
            written(done);
        }

        if (done != entry.Length || crc.Value != entry.Crc32)
        {
            throw Damaged(archive, done != entry.Length
                ? Invariant($"entry '{name}' has {done} of {entry.Length} bytes")
                : Invariant($"entry '{name}' has CRC-32 {crc.Value:x8} instead of {entry.Crc32:x8}"));
        }
    }

    // A page of a proxy or of the publisher in the place of the archive is told from a damaged archive by how it begins.
    private static string? Beginning(string archive)
    {
        using var file = File.OpenRead(archive);
        var bytes = new byte[40];
        var head = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        return head.StartsWith("PK"u8) ? null
            : head.IsEmpty ? "it is empty"
            : $"it is no ZIP archive, it begins with '{string.Concat(Encoding.Latin1.GetString(head).Select(c => char.IsAsciiLetterOrDigit(c) || char.IsPunctuation(c) || c is '<' or '>' or ' ' ? c : '?'))}'";
    }

    private static DownloadException Damaged(string archive, string problem, Exception? inner = null) =>
        new($"{Path.GetFileName(archive)} is damaged: {problem}. Nothing of it was put into the corpus's folder and it was deleted; the same command downloads it anew.", inner);

    private static DownloadException Unsafe(string archive, string problem) =>
        new($"{Path.GetFileName(archive)} is refused: {problem}. Nothing of it was put into the corpus's folder and it was deleted. If the publisher's own file is so, tell him.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
