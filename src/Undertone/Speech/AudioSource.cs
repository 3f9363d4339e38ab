namespace Undertone.Speech;

/// <summary>
/// Audio that can be read from its beginning as often as it is wanted. What works block by block need not hold it whole:
/// an hour is 230 MB of samples.
/// </summary>
public abstract class AudioSource
{
    /// <summary>A file, read as <see cref="AudioFile.Read(string)"/> reads it.</summary>
    /// <param name="path">The file; a missing one fails when it is read, not here.</param>
    public static AudioSource File(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new OfFile(path);
    }

    /// <summary>Audio in memory.</summary>
    /// <param name="waveform">Mono audio.</param>
    public static AudioSource Of(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        return new OfFunction(() => waveform);
    }

    /// <summary>Audio that a function puts into memory.</summary>
    /// <param name="read">Gives the audio, the same at every call.</param>
    public static AudioSource Of(Func<Waveform> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new OfFunction(read);
    }

    /// <summary>Begins to read.</summary>
    /// <exception cref="UndertoneException">There is no such audio, or it cannot be read.</exception>
    public abstract AudioReader Open();

    /// <summary>Reads all of it into memory.</summary>
    /// <exception cref="UndertoneException">As for <see cref="Open"/>.</exception>
    public abstract Waveform Read();

    private sealed class OfFile(string path) : AudioSource
    {
        public override AudioReader Open() => AudioFile.Open(path);

        public override Waveform Read() => AudioFile.Read(path);
    }

    private sealed class OfFunction(Func<Waveform> read) : AudioSource
    {
        public override AudioReader Open() => new Reader(read());

        public override Waveform Read() => read();

        private sealed class Reader(Waveform waveform) : AudioReader
        {
            private int _at;

            public override int SampleRate => waveform.SampleRate;

            public override int Read(Span<float> samples)
            {
                var count = Math.Min(samples.Length, waveform.Samples.Length - _at);
                waveform.Samples.AsSpan(_at, count).CopyTo(samples);
                _at += count;
                return count;
            }
        }
    }
}
