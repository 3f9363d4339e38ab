using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Undertone.Corpora.Downloads;

/// <summary>One call of a fetch, its folder held and its files listed.</summary>
internal sealed class FetchSession(
    string folder, string work, FetchRecord record, Downloader downloader, FetchOptions options, IProgress<FetchProgress>? progress)
{
    public const string PartsFolder = "parts";

    private const string Downloading = "downloading";
    private const string Unpacking = "unpacking";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long At, long? Total)> _positions = new(StringComparer.Ordinal);
    private readonly List<string> _verified = [];
    private long _bytes;
    private long _total;
    private int _unknown;
    private int _done;
    private int _downloaded;
    private int _kept;

    private string Parts => Path.Combine(work, PartsFolder);

    public async Task<FetchOutcome> RunAsync(IReadOnlyList<RemoteFile> files, CancellationToken cancellation)
    {
        _unknown = files.Count;
        foreach (var file in files)
        {
            Place(file, 0, file.Bytes);
        }

        Directory.CreateDirectory(Parts);
        var single = files.Where(f => !f.IsArchive).ToList();
        if (single.Count > 0)
        {
            await Single(single, cancellation).ConfigureAwait(false);
        }

        foreach (var archive in files.Where(f => f.IsArchive))
        {
            await Archive(archive, files.Count, cancellation).ConfigureAwait(false);
        }

        record.Write();
        return new FetchOutcome(_downloaded, _kept, _verified);
    }

    private async Task Single(List<RemoteFile> files, CancellationToken cancellation)
    {
        var missing = files.Where(f => !IsThere(f)).ToList();
        DiskSpace.Require(folder, missing.Sum(f => f.Bytes ?? 0), "the download");
        lock (_gate)
        {
            _done = _kept = files.Count - missing.Count;
            foreach (var file in files.Except(missing))
            {
                var there = new FileInfo(Path.Combine(folder, file.Path)).Length;
                Place(file, there, there);
            }
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Connections, CancellationToken = cancellation };
        await Parallel.ForEachAsync(missing, parallel, async (file, token) =>
        {
            // The name has no folders, and cannot be longer than the file system takes.
            var part = Path.Combine(Parts, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Path)))[..16] + ".part");
            await Download(file, part, files.Count, token).ConfigureAwait(false);
            PartTag.Finish(part, SafePath.Prepare(folder, file.Path));
            lock (_gate)
            {
                _done++;
                _downloaded++;
            }

            Tell(Downloading, files.Count);
        }).ConfigureAwait(false);
        _verified.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{files.Count(f => f.Checksum is not null)} of {files.Count} files by the checksum that the publisher lists ({files[0].Checksum?.Name ?? "none"})"));
    }

    private bool IsThere(RemoteFile file)
    {
        var path = SafePath.Prepare(folder, file.Path);
        return new FileInfo(path) is { Exists: true } there
            && (file.Bytes is null || there.Length == file.Bytes)
            && (file.Checksum is null ? file.Bytes is not null : file.Checksum.Of(path) == file.Checksum);
    }

    private async Task Archive(RemoteFile file, int count, CancellationToken cancellation)
    {
        var known = record.Find(file.Path);
        if (known is not null && record.IsWhole(file.Path, folder))
        {
            _done++;
            _kept++;
            _verified.Add($"{file.Path}: unpacked before; SHA-256 {known.Sha256} of {known.Date}");
            return;
        }

        var whole = Path.Combine(work, file.Path);
        var part = Path.Combine(Parts, file.Path + ".part");
        if (!File.Exists(whole))
        {
            await Download(file, part, count, cancellation).ConfigureAwait(false);
            PartTag.Finish(part, whole);
        }

        var sum = Compare(file, known, whole);
        var files = Unpack(whole, count, cancellation);
        record.Keep(
            new FetchedArchive(
                file.Path,
                new FileInfo(whole).Length,
                sum.Value,
                known?.Date ?? DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                downloader.Mirrored(file.Address).ToString()),
            files);
        File.Delete(whole);
        _done++;
        _downloaded++;
        _verified.Add(
            file.Checksum is { } published ? $"{file.Path}: {published}, as the publisher prints it; {sum} recorded"
            : known is not null ? $"{file.Path}: {sum}, as recorded at the first download on {known.Date}"
            : $"{file.Path}: {sum}, recorded at this first download (the publisher prints none)");
    }

    private async Task Download(RemoteFile file, string part, int count, CancellationToken cancellation)
    {
        for (var again = false; ; again = true)
        {
            var joined = await downloader.FetchAsync(file, part, (at, total) => At(file, at, total, count), cancellation).ConfigureAwait(false);
            if (file.Checksum is not { } expected || expected.Of(part) is var found && found == expected)
            {
                return;
            }

            PartTag.Forget(part);
            if (!joined || again)
            {
                throw new DownloadException(
                    $"{downloader.Mirrored(file.Address)}: what was received is not the publisher's file: expected {expected}, received {found.Value}. It was deleted; the same command downloads it anew.");
            }
        }
    }

    private Checksum Compare(RemoteFile file, FetchedArchive? known, string whole)
    {
        var sum = Checksum.Sha256Of(whole);
        if (known is null || known.Sha256 == sum.Value)
        {
            return sum;
        }

        File.Delete(whole);
        throw new DownloadException(
            $"{file.Path}: {sum} of what was received now is not the one that was recorded at the first download on {known.Date}: SHA-256 {known.Sha256}. "
            + $"The publisher has changed the file, or it was changed on its way; nothing was unpacked. To take the new one, delete {record.Location} and fetch again.");
    }

    private IReadOnlyList<(string Path, long Bytes)> Unpack(string whole, int count, CancellationToken cancellation)
    {
        var aside = Path.Combine(work, "unpacked");
        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true);
        }

        Directory.CreateDirectory(aside);
        try
        {
            var files = SafeUnzip.Unpack(whole, aside, options.Limits, (at, total) => progress?.Report(new FetchProgress(Unpacking, _done, count, at, total)), cancellation);
            foreach (var (path, _) in files)
            {
                File.Move(Path.Combine(aside, path), SafePath.Prepare(folder, path), overwrite: true);
            }

            return files;
        }
        catch (DownloadException e) when (!e.IsOfDisk)
        {
            File.Delete(whole);
            throw;
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private void At(RemoteFile file, long at, long? total, int count)
    {
        lock (_gate)
        {
            Place(file, at, file.Bytes ?? total);
        }

        Tell(Downloading, count);
    }

    // Sums are kept up: a corpus has thousands of files, and each tells often.
    private void Place(RemoteFile file, long at, long? total)
    {
        var (before, of) = _positions.GetValueOrDefault(file.Path);
        _bytes += at - before;
        _total += (total ?? 0) - (of ?? 0);
        _unknown += (total is null ? 1 : 0) - (of is null ? 1 : 0);
        _positions[file.Path] = (at, total);
    }

    private void Tell(string stage, int count)
    {
        if (progress is null)
        {
            return;
        }

        FetchProgress now;
        lock (_gate)
        {
            now = new FetchProgress(stage, _done, count, _bytes, _unknown == 0 ? _total : null);
        }

        progress.Report(now);
    }
}
