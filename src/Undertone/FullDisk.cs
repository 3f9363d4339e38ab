namespace Undertone;

/// <summary>Tells a full disk, which is a failure and nobody's mistake, from a folder that may not be written.</summary>
internal static class FullDisk
{
    // What a native library leaves free where it could not write its next block.
    private const long NextToNothing = 1 << 16;

    /// <summary>Whether a full disk is behind an error.</summary>
    /// <param name="error">The error; a native library's need not say it itself.</param>
    /// <param name="folder">The folder that was written to; it need not exist.</param>
    public static bool Explains(Exception error, string folder)
    {
        const int noSpace = 28, diskFull = 112, quota = 122; // errno, and the one that .NET gives a failed allocation
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (e is IOException && (e.HResult & 0xffff) is noSpace or diskFull or quota)
            {
                return true;
            }
        }

        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } parent)
        {
            there = parent;
        }

        var drive = new DriveInfo(there);
        return drive.TotalSize > 0 && drive.AvailableFreeSpace < NextToNothing;
    }
}
