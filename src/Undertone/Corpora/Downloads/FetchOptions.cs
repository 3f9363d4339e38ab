namespace Undertone.Corpora.Downloads;

/// <summary>How a corpus is fetched.</summary>
public sealed record FetchOptions
{
    /// <summary>A mirror of one's own, which takes the place of scheme and host in every address; null for the publisher's servers.</summary>
    public Uri? From { get; init; }

    /// <summary>How often a broken download is taken up again without getting further; default 6.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>The wait before the second try, doubled for each that follows; default 1 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait that a busy server may ask for; default 2 min. A longer one ends the command.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a server may send nothing; default 30 s.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Files downloaded at once where there are many; default 4.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>What an archive may hold.</summary>
    public UnzipLimits Limits { get; init; } = new();
}

/// <summary>What an archive may hold; one that holds more is refused before anything is written.</summary>
public sealed record UnzipLimits
{
    /// <summary>Entries; default 50,000.</summary>
    public int Entries { get; init; } = 50_000;

    /// <summary>Unpacked size of all in bytes; default 20 GB.</summary>
    public long Bytes { get; init; } = 20_000_000_000;

    /// <summary>Unpacked over packed size, of an entry larger than a megabyte and of all together; default 100 (speech has less than 10).</summary>
    public double Ratio { get; init; } = 100;
}

/// <summary>How far a fetch is.</summary>
/// <param name="Stage">What is being done: <c>downloading</c> or <c>unpacking</c>.</param>
/// <param name="Files">Files done.</param>
/// <param name="TotalFiles">Files to do.</param>
/// <param name="Bytes">Bytes done; those of an earlier, interrupted call count.</param>
/// <param name="TotalBytes">Bytes to do; null where the publisher does not state them.</param>
public readonly record struct FetchProgress(string Stage, int Files, int TotalFiles, long Bytes, long? TotalBytes);

/// <summary>What a fetch has done.</summary>
/// <param name="Downloaded">Files that were downloaded in this call.</param>
/// <param name="Kept">Files that were there already, with the right checksum; an archive whose files are all there, with the right sizes.</param>
/// <param name="Verified">How the content was verified, a sentence each.</param>
public sealed record FetchOutcome(int Downloaded, int Kept, IReadOnlyList<string> Verified);
