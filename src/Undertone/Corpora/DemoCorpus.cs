using System.Globalization;
using System.Text;
using Undertone.Speech;

namespace Undertone.Corpora;

/// <summary>Writes the demo corpus: one WAV file an utterance and <c>truth.csv</c> with the true values of each.</summary>
public static class DemoCorpus
{
    /// <summary>The table of true values, written last: where it is, the corpus is whole.</summary>
    public const string TruthFile = "truth.csv";

    // Raise it when the voice changes: copies made by an older one are then made anew.
    private const int Version = 1;

    private const string Columns =
        "utterance,speaker,gender,emotion,text,seconds,f0_mean_hz,f0_deviation_semitones,syllables_per_second,pause_seconds,level_db,tilt_db,jitter,shimmer";

    private static readonly string Stamp = string.Create(CultureInfo.InvariantCulture, $"# demo corpus {Version}");

    /// <summary>The utterances, sorted by id: every speaker says every sentence in every emotion once.</summary>
    /// <param name="folder">The corpus's folder.</param>
    public static IReadOnlyList<Utterance> Utterances(string folder) =>
        [.. Lines().Select(line => line.At(folder)).OrderBy(u => u.Id, StringComparer.Ordinal)];

    /// <summary>Whether the folder holds the whole corpus, made by this version.</summary>
    /// <param name="folder">The corpus's folder.</param>
    public static bool IsWhole(string folder)
    {
        var truth = Path.Combine(folder, TruthFile);
        return File.Exists(truth)
            && File.ReadLines(truth).FirstOrDefault() == Stamp
            && Lines().All(line => File.Exists(line.At(folder).Path));
    }

    /// <summary>
    /// Makes the corpus in a folder, or what of it is missing. Each file is written aside and renamed into place whole, so
    /// that an interrupted generation leaves nothing half written, and two processes may generate into one folder at once: they
    /// write the same bytes.
    /// </summary>
    /// <param name="folder">The folder, created where it does not exist.</param>
    /// <param name="progress">Told of utterances as they are made, from several threads.</param>
    /// <param name="cancellation">Ends the generation early.</param>
    /// <exception cref="UndertoneException">The folder cannot be written.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static void Generate(string folder, IProgress<ReadingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var truth = Path.Combine(folder, TruthFile);
        try
        {
            Directory.CreateDirectory(folder);
            var lines = Lines().ToList();
            var rows = new string[lines.Count];
            var done = 0;
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
            Parallel.For(0, lines.Count, options, i =>
            {
                rows[i] = Make(lines[i], folder);
                progress?.Report(new ReadingProgress(Interlocked.Increment(ref done), lines.Count));
            });

            var text = new StringBuilder(Stamp).Append('\n').Append(Columns).Append('\n');
            text.AppendJoin('\n', rows.Order(StringComparer.Ordinal)).Append('\n');
            Put(truth, aside => File.WriteAllText(aside, text.ToString()));
        }
        catch (Exception e) when (Cause(e) is IOException or AudioException && FullDisk.Explains(e, folder))
        {
            throw new IOException($"The demo corpus cannot be made in '{folder}': the disk is full. Free space there (14 MB), or name another cache by XDG_CACHE_HOME.", e);
        }
        catch (Exception e) when (Cause(e) is IOException or UnauthorizedAccessException or AudioException)
        {
            throw new UndertoneException(
                $"The demo corpus cannot be made in '{folder}': {Cause(e).Message.TrimEnd('.')}. Make the folder writable, or name another cache by XDG_CACHE_HOME.", e);
        }
    }

    private static Exception Cause(Exception e) => e is AggregateException many ? many.InnerExceptions[0] : e;

    private static string Make(Line line, string folder)
    {
        var utterance = line.At(folder);
        var (waveform, truth) = DemoVoice.Speak(line.Speaker, line.Emotion, line.Sentence);
        Directory.CreateDirectory(Path.GetDirectoryName(utterance.Path)!);
        Put(utterance.Path, aside => WaveFile.Write(aside, waveform));

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{utterance.Id},{utterance.Speaker},{utterance.Gender},{utterance.Emotion},{utterance.Text},{waveform.Seconds:F4},{truth.MeanPitch:F2},{truth.PitchDeviation:F3},{truth.Rate:F3},{truth.PauseSeconds:F3},{truth.LevelDb:F2},{truth.TiltDb:F2},{truth.Jitter:F5},{truth.Shimmer:F5}");
    }

    // The name begins with a dot so that a listing never takes what an interruption left for an utterance.
    private static void Put(string path, Action<string> write)
    {
        var aside = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}{Path.GetExtension(path)}");
        try
        {
            write(aside);

            // What is there already stays, with its time of change: indexes of the audio remain valid.
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(aside)))
            {
                File.Move(aside, path, overwrite: true);
            }
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static IEnumerable<Line> Lines() =>
        from speaker in DemoSpeaker.All
        from emotion in DemoVoice.Emotions
        from sentence in Enumerable.Range(0, DemoVoice.Sentences)
        select new Line(speaker, emotion, sentence);

    private sealed record Line(DemoSpeaker Speaker, string Emotion, int Sentence)
    {
        public Utterance At(string folder)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"s{Sentence + 1}");
            var id = $"{Speaker.Id}-{Emotion}-{text}";
            var (arousal, valence) = DemoVoice.Dimensions(Speaker, Emotion, Sentence);
            return new Utterance("demo", id, Path.Combine(folder, Speaker.Id, id + ".wav"), Speaker.Id, Emotion)
            {
                Gender = Speaker.Gender,
                Language = "zxx",
                Text = text,
                Arousal = arousal,
                Valence = valence,
            };
        }
    }
}
