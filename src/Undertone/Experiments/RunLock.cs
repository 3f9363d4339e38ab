using System.Globalization;

namespace Undertone.Experiments;

/// <summary>
/// Keeps a second run away from a run folder. The lock is the operating system's (an exclusive lock on an open file),
/// so it goes with the process, however that ends.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _pidFile;

    private RunLock(FileStream file, string pidFile)
    {
        _file = file;
        _pidFile = pidFile;
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The run folder, which exists.</param>
    /// <returns>The lock; disposing releases it.</returns>
    /// <exception cref="UndertoneException">Another process has it; the message names that.</exception>
    public static RunLock Take(string folder)
    {
        var pidFile = Path.Combine(folder, ".run.pid");
        try
        {
            var file = new FileStream(Path.Combine(folder, ".run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            return new RunLock(file, pidFile);
        }
        catch (IOException e) when (!RunFolder.IsStorageFailure(e))
        {
            var pid = File.Exists(pidFile) ? File.ReadAllText(pidFile).Trim() : string.Empty;
            throw new UndertoneException(
                $"{folder}: another run is at work in this run folder{(pid.Length > 0 ? $" (process {pid})" : string.Empty)}. "
                + "Wait for it, stop it, or give this run another folder with --runs.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_pidFile);
        _file.Dispose();
    }
}
