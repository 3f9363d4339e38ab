using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Undertone.Features.Tables;

/// <summary>How far an extraction is.</summary>
/// <param name="Done">Recordings that were done, those of an interrupted call before included.</param>
/// <param name="Total">Recordings to do.</param>
public readonly record struct ExtractionProgress(int Done, int Total);

/// <summary>A recording of which there are no features.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Reason">Why not.</param>
public sealed record ExtractionFailure(string Name, string Reason);

/// <summary>What an extraction did.</summary>
/// <param name="Recordings">Recordings in the table.</param>
/// <param name="Frames">Their frames, all together.</param>
/// <param name="Resumed">Recordings that an interrupted call before had done already.</param>
/// <param name="Seconds">The audio computed in this call, in seconds.</param>
/// <param name="Failures">Recordings left out, in the order given.</param>
public sealed record ExtractionResult(int Recordings, long Frames, int Resumed, double Seconds, IReadOnlyList<ExtractionFailure> Failures);

/// <summary>
/// Extracts a feature set from many recordings, on several threads, into one file. The file appears whole at the end and
/// has the same bytes whatever the number of threads; an interrupted extraction goes on where it stopped.
/// </summary>
public sealed class FeatureTableExtraction
{
    /// <summary>What follows the table's name while it is not whole.</summary>
    public const string PartialSuffix = ".partial";

    /// <summary>The feature set.</summary>
    public required FeatureExtractor Extractor { get; init; }

    /// <summary>The recordings, in the table's order; no name twice.</summary>
    public required IReadOnlyList<FeatureSource> Sources { get; init; }

    /// <summary>What <see cref="FeatureSource.Labels"/> are called in the table. Default none.</summary>
    public IReadOnlyList<string> LabelNames { get; init; } = [];

    /// <summary>The number of threads. Default one a processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Told of each recording that is done, from several threads.</summary>
    public IProgress<ExtractionProgress>? Progress { get; init; }

    /// <summary>Extracts and writes. Recordings that cannot be read or analysed are left out and reported.</summary>
    /// <param name="path">The table: <c>.csv</c> or <c>.safetensors</c>; one that is there is replaced at the end.</param>
    /// <param name="cancellation">Ends the work early; what was done is kept for the next call.</param>
    /// <returns>What was done; no file is written where no recording could be.</returns>
    /// <exception cref="UndertoneException">The extension or the folder cannot be used, a name stands twice, or another process writes the table.</exception>
    /// <exception cref="ArgumentException">A recording has more or fewer labels than there are names for.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ExtractionResult WriteTo(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        var writer = FeatureTableWriter.For(path);
        Check(path);
        var aside = path + PartialSuffix;
        ExtractionResult result;
        using (var partial = PartialFeatures.Open(aside, Extractor))
        {
            var resumed = Sources.Where(s => partial.FramesOf(s) is not null).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
            var (seconds, failures) = Extract(partial, resumed, cancellation);
            List<FeatureSource> done = [.. Sources.Where(s => !failures.ContainsKey(s.Name))];
            result = new ExtractionResult(
                done.Count,
                done.Sum(s => (long)partial.FramesOf(s)!.Value),
                resumed.Count,
                seconds,
                [.. Sources.Where(s => failures.ContainsKey(s.Name)).Select(s => new ExtractionFailure(s.Name, failures[s.Name]))]);
            if (done.Count > 0)
            {
                Place(path, stream => writer.Write(stream, Extractor, LabelNames, done, partial, Workers));
            }
        }

        File.Delete(aside);
        return result;
    }

    /// <summary>Extracts a set of one frame an utterance into memory.</summary>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="UndertoneException">The set is frame-wise, or a recording cannot be read or analysed.</exception>
    public FeatureTable ToTable(CancellationToken cancellation = default)
    {
        if (!Extractor.IsFunctionals)
        {
            throw new UndertoneException(
                $"'{Extractor.Name}' has {Extractor.Pace}; a table of one row an utterance needs a set of one frame, such as '{Extractor.Name}{FunctionalsOfOptions.Suffix}'.");
        }

        var rows = new double[Sources.Count][];
        var done = 0;
        ForEach(Enumerable.Range(0, rows.Length), cancellation, row =>
        {
            rows[row] = [.. Extractor.Extract(Sources[row].Audio).Values];
            Progress?.Report(new ExtractionProgress(Interlocked.Increment(ref done), rows.Length));
        });
        return new FeatureTable([.. Extractor.Describe().Select(v => v.Name)], [.. Sources.Select(s => s.Name)], rows);
    }

    private static void Place(string path, Action<Stream> write)
    {
        var temporary = FormattableString.Invariant($"{path}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private void Check(string path)
    {
        if (Sources.FirstOrDefault(s => s.Labels.Count != LabelNames.Count) is { } labelled)
        {
            throw new ArgumentException($"the recording '{labelled.Name}' has {labelled.Labels.Count} labels; expected {LabelNames.Count}, one for each of {nameof(LabelNames)}.");
        }

        if (Sources.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new UndertoneException($"the recording '{twice.Key}' is given twice; expected each once.");
        }

        if (Directory.Exists(path))
        {
            throw new UndertoneException($"{path}: is a folder; expected a file to write the table to.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException && !FullDisk.Explains(e, folder))
        {
            throw new UndertoneException($"{path}: its folder cannot be made: {e.Message}", e);
        }
    }

    private (double Seconds, IReadOnlyDictionary<string, string> Failures) Extract(PartialFeatures partial, HashSet<string> resumed, CancellationToken cancellation)
    {
        var failures = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var done = resumed.Count;
        long microseconds = 0;
        Progress?.Report(new ExtractionProgress(done, Sources.Count));
        ForEach(Sources.Where(s => !resumed.Contains(s.Name)), cancellation, source =>
        {
            try
            {
                var audio = new MeasuredAudio(source.Audio);
                partial.Add(source, Extractor.Extract(audio));
                Interlocked.Add(ref microseconds, (long)(audio.Seconds * 1e6));
            }
            catch (UndertoneException e)
            {
                failures[source.Name] = e.Message;
            }

            Progress?.Report(new ExtractionProgress(Interlocked.Increment(ref done), Sources.Count));
        });
        return (microseconds / 1e6, failures);
    }

    /// <summary>Does the same to all items on <see cref="Workers"/> threads, the first items first; throws the first error itself.</summary>
    private void ForEach<T>(IEnumerable<T> items, CancellationToken cancellation, Action<T> work)
    {
        try
        {
            Parallel.ForEach(
                Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellation },
                work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions.FirstOrDefault(i => i is OperationCanceledException) ?? e.InnerExceptions[0]);
        }
    }
}
