namespace Undertone.Corpora.Downloads;

/// <summary>
/// Fetches a corpus that is free to download from its publisher: lists its files, downloads what is missing, verifies size and checksum, unpacks archives
/// safely and keeps a record. Interrupted at any moment, the same call continues.
/// </summary>
public static class CorpusFetch
{
    /// <summary>The folder inside the corpus's folder that holds partial files and the record.</summary>
    public const string WorkFolder = ".fetch";

    /// <summary>Fetches a corpus.</summary>
    /// <param name="corpus">The corpus; its <see cref="Corpus.Download"/> says where its files are.</param>
    /// <param name="folder">Its folder: a new one, or one that this fetched into before.</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <param name="progress">Told how far it is, from several threads.</param>
    /// <param name="notice">Told, in a sentence, of what is tried again and why, from several threads.</param>
    /// <param name="cancellation">Ends it early; what was received stays for the next call.</param>
    /// <exception cref="UndertoneException">The corpus is not free to download, or the folder is not one to fetch into.</exception>
    /// <exception cref="DownloadException">A server, a file or an archive is at fault, or the disk is too small.</exception>
    public static async Task<FetchOutcome> RunAsync(
        Corpus corpus,
        string folder,
        FetchOptions? options = null,
        IProgress<FetchProgress>? progress = null,
        Action<string>? notice = null,
        CancellationToken cancellation = default)
    {
        var download = corpus.Download ?? throw new UndertoneException($"Corpus '{corpus.Card.Name}' is not free to download. {corpus.Card.Access}");
        folder = Path.GetFullPath(folder);
        var work = Path.Combine(folder, WorkFolder);
        using var hold = Begin(corpus, folder, work);
        using var downloader = new Downloader(options ?? new FetchOptions(), notice ?? (_ => { }));
        var session = new FetchSession(folder, work, FetchRecord.Open(work), downloader, options ?? new FetchOptions(), progress);
        try
        {
            var files = await download.ListAsync(downloader.AskAsync, cancellation).ConfigureAwait(false);
            return await session.RunAsync([.. files.Select(f => Checked(f, download))], cancellation).ConfigureAwait(false);
        }
        finally
        {
            Tidy(folder, work);
        }
    }

    /// <summary>Whether a folder is one that <see cref="RunAsync"/> may fetch into: absent, empty, or fetched into before.</summary>
    /// <param name="folder">The folder.</param>
    public static bool MayFetchInto(string folder) =>
        !Directory.Exists(folder) || Directory.Exists(Path.Combine(folder, WorkFolder)) || !Directory.EnumerateFileSystemEntries(folder).Any();

    private static FileStream Begin(Corpus corpus, string folder, string work)
    {
        if (!MayFetchInto(folder))
        {
            var name = corpus.Card.Name;
            throw new UndertoneException(
                $"'{folder}' holds files that were not fetched by Undertone; nothing was changed. To see whether they are the corpus: undertone corpora check {name} --path {folder}. "
                + $"To fetch it all the same, name another folder: undertone corpora fetch {name} --to DIR");
        }

        try
        {
            Directory.CreateDirectory(work);
            return new FileStream(Path.Combine(work, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UndertoneException($"'{folder}' cannot be written: {e.Message} Make it writable, or name another folder with --to DIR.", e);
        }
        catch (IOException e) when (FullDisk.Explains(e, folder))
        {
            throw DiskSpace.Full(folder, e);
        }
        catch (IOException e)
        {
            throw new UndertoneException($"'{folder}' cannot be fetched into: {e.Message.TrimEnd('.')}. If another fetch of this corpus is at work, wait for its end; else name another folder with --to DIR.", e);
        }
    }

    private static RemoteFile Checked(RemoteFile file, CorpusDownload download) => SafePath.Of(file.Path, out var problem) is { } path
        ? file with { Path = path }
        : throw new DownloadException($"{download.Place}: the file '{SafePath.Shown(file.Path)}' of its list {problem}. Nothing was taken.");

    // A fetch that got nothing leaves nothing, or the corpus would seem to be there.
    private static void Tidy(string folder, string work)
    {
        var parts = Path.Combine(work, FetchSession.PartsFolder);
        if (Directory.Exists(parts) && !Directory.EnumerateFileSystemEntries(parts).Any())
        {
            Directory.Delete(parts);
        }

        if (Directory.EnumerateFileSystemEntries(work).All(e => Path.GetFileName(e) == "lock") && Directory.EnumerateFileSystemEntries(folder).Count() == 1)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
