using System.Globalization;
using System.Text.RegularExpressions;

namespace Undertone.Experiments;

/// <summary>The folder of a run: where everything of it lies, and which of its trials are finished.</summary>
public sealed partial class RunFolder
{
    /// <summary>Names a run folder; nothing is created.</summary>
    /// <param name="path">The folder: <c>runs/emodb-blueprint</c>.</param>
    public RunFolder(string path) => Location = path;

    /// <summary>The folder.</summary>
    public string Location { get; }

    /// <summary><c>experiment.yaml</c>, as resolved.</summary>
    public string ExperimentFile => Path.Combine(Location, "experiment.yaml");

    /// <summary><c>utterances.csv</c>.</summary>
    public string UtterancesFile => Path.Combine(Location, "utterances.csv");

    /// <summary><c>left-out.csv</c>: files of the corpora that could not be read; absent where all could.</summary>
    public string LeftOutFile => Path.Combine(Location, "left-out.csv");

    /// <summary><c>labels.csv</c>: what became of each label; absent where every corpus keeps its own.</summary>
    public string LabelsFile => Path.Combine(Location, "labels.csv");

    /// <summary><c>target.csv</c>: how many utterances say what is learned; absent where it is the emotion.</summary>
    public string TargetFile => Path.Combine(Location, "target.csv");

    /// <summary>The folder of the trials.</summary>
    public string TrialsFolder => Path.Combine(Location, "trials");

    /// <summary>The folder of one finished trial.</summary>
    /// <param name="trial">The trial's name.</param>
    public string TrialFolder(string trial) => Path.Combine(TrialsFolder, trial);

    /// <summary>The file of a finished trial.</summary>
    /// <param name="trial">The trial's name.</param>
    /// <param name="file">The file's name.</param>
    public string TrialFile(string trial, string file) => Path.Combine(TrialsFolder, trial, file);

    /// <summary>Where a trial is written until it is whole: a hidden sibling named after the process.</summary>
    /// <param name="trial">The trial's name.</param>
    public string PartialFolder(string trial) =>
        Path.Combine(TrialsFolder, string.Create(CultureInfo.InvariantCulture, $".{trial}.partial-{Environment.ProcessId}"));

    /// <summary>The log of a trial that failed.</summary>
    /// <param name="trial">The trial's name.</param>
    public string FailureLog(string trial) => Path.Combine(TrialsFolder, trial + ".failed.log");

    /// <summary>Whether a trial is finished: its folder stands under its own name.</summary>
    /// <param name="trial">The trial's name.</param>
    public bool IsFinished(string trial) => Directory.Exists(TrialFolder(trial));

    /// <summary>The names of all finished trials, sorted.</summary>
    public IReadOnlyList<string> FinishedTrials() =>
        Directory.Exists(TrialsFolder)
            ? [.. Directory.GetDirectories(TrialsFolder).Select(f => Path.GetFileName(f)!).Where(n => !n.StartsWith('.')).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Makes the folder and tries that it can be written.</summary>
    /// <exception cref="UndertoneException">It cannot; the message says why.</exception>
    /// <exception cref="RunStoppedException">The disk is full.</exception>
    public void Create()
    {
        try
        {
            Directory.CreateDirectory(TrialsFolder);
            WriteWhole(Path.Combine(Location, ".probe"), "undertone\n");
            File.Delete(Path.Combine(Location, ".probe"));
        }
        catch (IOException e) when (FullDisk.Explains(e, Location))
        {
            throw new RunStoppedException(StorageFailure(Location, e), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UndertoneException(
                $"{Location}: the run folder cannot be written ({e.Message.TrimEnd('.')}). Make it writable, or choose another place with --runs.", e);
        }
    }

    /// <summary>Removes what killed processes left unfinished. To be called under the <see cref="RunLock"/> alone.</summary>
    /// <returns>How many leftovers there were.</returns>
    public int RemoveLeftovers()
    {
        var leftovers = Directory.GetDirectories(TrialsFolder).Where(f => Leftover().IsMatch(Path.GetFileName(f))).ToList();
        foreach (var folder in leftovers)
        {
            Directory.Delete(folder, recursive: true);
        }

        return leftovers.Count;
    }

    /// <summary>Writes a file of the run folder whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    public static void WriteWhole(string path, string text)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            File.WriteAllText(aside, text);
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Whether an error means that the storage is full, read-only or broken, so that no other trial could be written either.</summary>
    /// <param name="error">The error.</param>
    public static bool IsStorageFailure(Exception error)
    {
        const int inputOutput = 5, noSpace = 28, readOnly = 30, diskFull = 112, quota = 122; // errno, and the one that .NET gives a failed allocation
        return error is UnauthorizedAccessException
            || (error is IOException && (error.HResult & 0xffff) is inputOutput or noSpace or readOnly or diskFull or quota);
    }

    /// <summary>What to say of a storage failure.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="error">The error.</param>
    public static string StorageFailure(string folder, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return $"{folder}: the run folder is full or cannot be written: {error.Message.TrimEnd('.')}. Free space or make it writable.";
    }

    [GeneratedRegex(@"^\..*\.partial-\d+$")]
    private static partial Regex Leftover();
}
