namespace Undertone.Corpora.Downloads;

/// <summary>A file that is to be had from a server.</summary>
/// <param name="Path">Where it belongs in the corpus's folder, with forward slashes; of an archive its own name.</param>
/// <param name="Address">Where the publisher offers it.</param>
public sealed record RemoteFile(string Path, Uri Address)
{
    /// <summary>Its size in bytes, as the publisher states it; null where none is stated.</summary>
    public long? Bytes { get; init; }

    /// <summary>Its checksum, as the publisher prints it; null where none is printed.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>Whether it is a ZIP archive whose content is wanted instead of itself.</summary>
    public bool IsArchive { get; init; }
}
