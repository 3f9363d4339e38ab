namespace Undertone.Corpora.Downloads;

/// <summary>Room on the disk, looked for before it is needed.</summary>
internal static class DiskSpace
{
    // For the file system's own records, and so that nothing else on the disk comes to a halt.
    private const long Reserve = 1 << 18;

    /// <summary>Refuses to begin what does not fit.</summary>
    /// <param name="folder">An existing folder on the disk.</param>
    /// <param name="bytes">What will be written.</param>
    /// <param name="what">What that is: <c>to unpack download.zip</c>.</param>
    /// <exception cref="DownloadException">There is less room.</exception>
    public static void Require(string folder, long bytes, string what)
    {
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        if (free < bytes + Reserve)
        {
            throw new DownloadException(
                $"'{folder}': the disk has {Size(free)} free; {what} needs {Size(bytes)}. Free space there, or name a folder on another disk; the same command then continues.")
            {
                IsOfDisk = true,
            };
        }
    }

    /// <summary>The error of a write that found the disk full.</summary>
    public static DownloadException Full(string folder, Exception e) =>
        new($"'{folder}': the disk is full. Free space there; what was downloaded is kept, and the same command continues.", e) { IsOfDisk = true };

    /// <summary>A size for people: <c>40.6 MB</c> (a million bytes).</summary>
    public static string Size(long bytes) => FormattableString.Invariant(bytes switch
    {
        >= 1_000_000_000 => $"{bytes / 1e9:0.0} GB",
        >= 1_000_000 => $"{bytes / 1e6:0.0} MB",
        >= 1_000 => $"{bytes / 1e3:0.0} kB",
        _ => $"{bytes} bytes",
    });
}
