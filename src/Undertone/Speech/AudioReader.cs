namespace Undertone.Speech;

/// <summary>Mono audio that is read from its beginning to its end, block by block.</summary>
public abstract class AudioReader : IDisposable
{
    /// <summary>Samples a second, in Hz.</summary>
    public abstract int SampleRate { get; }

    /// <summary>Reads what comes next.</summary>
    /// <param name="samples">Receives finite amplitudes, nominally in [-1, 1].</param>
    /// <returns>How many: all that fit, fewer only where the audio ends, then 0.</returns>
    /// <exception cref="UndertoneException">The audio cannot be read, or is shorter than it claims.</exception>
    public abstract int Read(Span<float> samples);

    /// <summary>Ends the reading.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what is held.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
