namespace Undertone.Speech;

/// <summary>
/// Reads audio files by libsndfile: WAV of all sample formats (PCM of 8 to 32 bits, float, double, A-law, µ-law), FLAC,
/// OGG and MP3; any rate from <see cref="LowestRate"/> to <see cref="HighestRate"/>, any number of channels.
/// </summary>
/// <remarks>
/// Nothing in a file is trusted: memory grows with the audio that is really there, and a file that holds less than its
/// header promises is refused rather than read short, since half an utterance would bear the whole one's label. Where
/// the format keeps no length (MP3, OGG, WAV written into a pipe) a cut file cannot be told from a short one and is read
/// as it stands.
/// </remarks>
public static class AudioFile
{
    /// <summary>The lowest sample rate that is read, in Hz.</summary>
    public const int LowestRate = 1000;

    /// <summary>The highest sample rate that is read, in Hz.</summary>
    public const int HighestRate = 768_000;

    /// <summary>The longest audio that is read, in seconds (three hours): utterances are far shorter.</summary>
    public const int LongestSeconds = 3 * 60 * 60;

    // Tables of segments are often rounded to a tenth or hundredth of a second; the audio's own end then counts.
    private const double EndTolerance = 0.05;

    private const string Formats = "expected WAV, FLAC, OGG or MP3";

    /// <summary>The file extensions that are taken for audio, in lower case and with their dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
        [".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif", ".aiff", ".au", ".w64", ".rf64", ".caf", ".sph"];

    /// <summary>The version of the libsndfile that is in use.</summary>
    /// <exception cref="UndertoneException">It is missing; the message names the package.</exception>
    public static string SoundFileVersion => SoundFile.Version();

    /// <summary>The version of the libsoxr that is in use.</summary>
    /// <exception cref="UndertoneException">It is missing; the message names the package.</exception>
    public static string SoxrVersion => Soxr.Version();

    /// <summary>Whether a file's name has one of the <see cref="Extensions"/>, in whatever case.</summary>
    /// <param name="path">The file; it need not exist.</param>
    public static bool HasAudioExtension(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a file's header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AudioException">The file is missing, empty, or not audio.</exception>
    public static AudioInfo Probe(string path)
    {
        using var file = OpenFile(path, out var info);
        return new AudioInfo(info.SampleRate, info.Channels, info.Frames, SoundFile.Describe(info.Format));
    }

    /// <summary>Reads a file as mono audio at 16 kHz: the mean of its channels, resampled by <see cref="Resampler"/>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>At least one sample, all finite; nominally in [-1, 1], though float files may exceed it.</returns>
    /// <exception cref="AudioException">
    /// The file is missing, empty, not audio, without a sample, shorter than its header promises, longer than
    /// <see cref="LongestSeconds"/>, of an impossible rate, or holds NaN or infinite samples.
    /// </exception>
    /// <exception cref="UndertoneException">libsndfile or libsoxr is missing.</exception>
    public static Waveform Read(string path) => Resampler.Resample(ReadAtOwnRate(path), Waveform.StandardRate);

    /// <summary>Reads a part of a file as <see cref="Read(string)"/> reads the whole; the part is cut before it is resampled.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Where the part begins, in seconds.</param>
    /// <param name="end">Where it ends, in seconds, at most 0.05 s after the audio's own end; null for that end.</param>
    /// <returns>As for the whole.</returns>
    /// <exception cref="AudioException">As for the whole, or the part is empty or not within the file.</exception>
    public static Waveform Read(string path, double start, double? end)
    {
        using var file = OpenFile(path, out var info);
        if (!DecodedAudio.KeepsLength(info) || info.Seekable == 0)
        {
            // Where the format does not say how long the audio is, only decoding all of it does.
            var whole = ReadAtOwnRate(path);
            var (from, to) = Part(path, start, end, whole.Samples.Length, whole.SampleRate);
            return Resampler.Resample(whole with { Samples = whole.Samples[(int)from..(int)to] }, Waveform.StandardRate);
        }

        var (first, last) = Part(path, start, end, info.Frames, info.SampleRate);
        using var decoded = new DecodedAudio(path, file, info) { First = first };
        var samples = SoundFile.Seek(file, first) == first ? Decode(path, decoded, last - first, last - first) : [];
        if (samples.Length < last - first)
        {
            throw decoded.Truncated();
        }

        return Resampler.Resample(new Waveform(samples, info.SampleRate), Waveform.StandardRate);
    }

    /// <summary>Reads a file as mono audio at the rate that it has.</summary>
    /// <param name="path">The file.</param>
    /// <returns>As <see cref="Read(string)"/>, but at the file's own rate.</returns>
    /// <exception cref="AudioException">As for <see cref="Read(string)"/>.</exception>
    public static Waveform ReadAtOwnRate(string path)
    {
        using var file = OpenFile(path, out var info);
        using var decoded = new DecodedAudio(path, file, info);
        var samples = Decode(path, decoded, long.MaxValue, info.Frames);
        CheckLength(path, decoded, info);
        return new Waveform(samples, info.SampleRate);
    }

    /// <summary>Begins to read a file block by block: the samples that <see cref="Read(string)"/> gives, without all of them in memory.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A reader of mono audio at 16 kHz. What only the file's end shows (that it is cut short) is thrown there.</returns>
    /// <exception cref="AudioException">As for <see cref="Read(string)"/>.</exception>
    public static AudioReader Open(string path)
    {
        var file = OpenFile(path, out var info);
        try
        {
            return new FileReader(path, file, info);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a file that was read to its end and holds nothing, or less than its header promises.</summary>
    internal static void CheckLength(string path, DecodedAudio decoded, SoundFile.Info info)
    {
        if (decoded.Count == 0)
        {
            throw new AudioException(path, "holds no audio (0 frames)", "expected at least one");
        }

        if (DecodedAudio.KeepsLength(info) && decoded.Count < info.Frames)
        {
            throw decoded.Truncated();
        }
    }

    /// <summary>A file that holds less than it promises.</summary>
    internal static AudioException Truncated(string path, string found, string promised) =>
        new(path, $"is truncated: it holds {found} but {promised}", "copy the file anew");

    private static (long First, long Last) Part(string path, double start, double? end, long frames, int rate)
    {
        var seconds = (double)frames / rate;
        var part = FormattableString.Invariant($"{start:0.###} to {end ?? seconds:0.###} s");
        if (!(start >= 0 && (end ?? double.MaxValue) > start))
        {
            throw new AudioException(path, $"has no part from {part}", "expected a beginning of at least 0 s and an end after it");
        }

        if (start >= seconds || end > seconds + EndTolerance)
        {
            throw new AudioException(path, FormattableString.Invariant($"ends at {seconds:0.###} s, before the part from {part} does"), "expected a part within the file");
        }

        var first = (long)Math.Round(start * rate);
        var last = (long)Math.Min(Math.Round((end ?? seconds) * rate), frames);
        return last > first ? (first, last) : throw new AudioException(path, $"has no sample from {part}", "expected a longer part");
    }

    private static SoundFileHandle OpenFile(string path, out SoundFile.Info info)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckContainer(path);
        info = default;
        var file = SoundFile.Open(path, SoundFile.ReadMode, ref info);
        if (file.IsInvalid)
        {
            throw new AudioException(path, $"is not audio that can be read ({SoundFile.ErrorText(file)})", Formats);
        }

        var fault = info switch
        {
            { Channels: < 1 } => ($"has {info.Channels} channels", "expected at least one"),
            { SampleRate: < LowestRate or > HighestRate } => ($"has a sample rate of {info.SampleRate} Hz", $"expected {LowestRate} to {HighestRate} Hz"),
            { Frames: < 0 } => ($"has a length of {info.Frames} frames", "expected a valid header"),
            _ => default((string Found, string Expected)?),
        };
        if (fault is { } found)
        {
            file.Dispose();
            throw new AudioException(path, found.Found, found.Expected);
        }

        return file;
    }

    private static void CheckContainer(string path)
    {
        if (Directory.Exists(path))
        {
            throw new AudioException(path, "is a folder", "expected an audio file");
        }

        try
        {
            using var stream = File.OpenRead(path);
            if (stream.CanSeek && stream.Length == 0)
            {
                throw new AudioException(path, "is empty (0 bytes)", Formats);
            }

            if (stream.CanSeek && IsGitLfsPointer(stream))
            {
                throw new AudioException(path, "is a pointer of Git LFS and not the audio", "run 'git lfs pull' in the repository that it came with");
            }

            if (stream.CanSeek && ContainerLength.MissingBytes(stream) is > 1 and var missing)
            {
                throw Truncated(path, $"{stream.Length} bytes", $"its header promises {stream.Length + missing}");
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AudioException(path, "does not exist", "expected an audio file at that path", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioException(path, $"cannot be opened ({error.Message})", "expected a readable audio file", error);
        }
    }

    // What 'git clone' leaves in place of large files where Git LFS is not installed.
    private static bool IsGitLfsPointer(FileStream stream)
    {
        var sign = "version https://git-lfs"u8;
        Span<byte> begin = stackalloc byte[sign.Length];
        var isPointer = stream.Length < 1024 && stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length && begin.SequenceEqual(sign);
        stream.Position = 0;
        return isPointer;
    }

    private static float[] Decode(string path, DecodedAudio decoded, long wanted, long promised)
    {
        // A lying header must not decide how much memory is taken: a minute, and beyond it a sample for each byte that is there.
        var hint = Math.Max(60L * decoded.SampleRate, new FileInfo(path).Length);
        var samples = new float[Math.Min(Math.Min(Math.Clamp(promised, 0, Array.MaxLength), wanted), hint)];
        var count = 0;
        Span<float> next = stackalloc float[1];
        while (count < wanted)
        {
            if (count < samples.Length)
            {
                var read = decoded.Read(samples.AsSpan(count, (int)Math.Min(samples.Length - count, wanted - count)));
                count += read;
                if (read == 0)
                {
                    break;
                }
            }
            else if (count == Array.MaxLength)
            {
                throw new AudioException(path, "holds more samples than fit into memory", "cut it into utterances");
            }
            else if (decoded.Read(next) == 0)
            {
                break;
            }
            else
            {
                Array.Resize(ref samples, (int)Math.Min(Math.Max(count + 4096L, 2L * samples.Length), Array.MaxLength));
                samples[count++] = next[0];
            }
        }

        Array.Resize(ref samples, count);
        return samples;
    }
}
