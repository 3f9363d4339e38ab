using System.Text.Json;

namespace Undertone.Corpora.Downloads;

/// <summary>Where the files of a corpus that is free to download are offered by its publisher.</summary>
public abstract record CorpusDownload
{
    /// <summary>The publisher's place, in words: <c>Zenodo</c>.</summary>
    public abstract string Place { get; }

    /// <summary>What the publisher prints to verify a download by, a sentence.</summary>
    public abstract string Verification { get; }

    /// <summary>Lists the files, asking the publisher where he keeps a list.</summary>
    /// <param name="ask">Asks an address for JSON.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="DownloadException">The publisher does not answer, or not as expected.</exception>
    public abstract Task<IReadOnlyList<RemoteFile>> ListAsync(Func<Uri, CancellationToken, Task<JsonDocument>> ask, CancellationToken cancellation);

    private protected static DownloadException Unexpected(Uri address, string expected, Exception? inner = null) =>
        new($"{address}: the answer is not as expected ({expected}). The publisher may have changed his service; a copy made by hand serves as well.", inner);
}

/// <summary>Archives at fixed addresses.</summary>
/// <param name="Files">The archives.</param>
public sealed record ArchiveDownload(params IReadOnlyList<RemoteFile> Files) : CorpusDownload
{
    /// <inheritdoc/>
    public override string Place => Files[0].Address.Host;

    /// <inheritdoc/>
    public override string Verification => Files.All(f => f.Checksum is not null)
        ? "by the size and checksum that the publisher prints"
        : "the publisher prints no checksum: the one of the first download is recorded, and a later download must have the same";

    /// <inheritdoc/>
    public override Task<IReadOnlyList<RemoteFile>> ListAsync(Func<Uri, CancellationToken, Task<JsonDocument>> ask, CancellationToken cancellation) =>
        Task.FromResult(Files);
}
