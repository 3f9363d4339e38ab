namespace Undertone.Speech;

/// <summary>Looks at one frame's spectrum and may change it.</summary>
/// <param name="frame">The frame's index, from 0.</param>
/// <param name="real">The real parts, one a frequency.</param>
/// <param name="imaginary">The imaginary parts, one a frequency.</param>
public delegate void SpectrumStep(int frame, Span<float> real, Span<float> imaginary);

/// <summary>
/// The short-time Fourier transform and its inverse by weighted overlap-add (Griffin and Lim 1984,
/// doi:10.1109/TASSP.1984.1164317): square-root Hann windows before and after, so that spectra left as they are give the
/// audio back. Beyond its ends the audio counts as mirrored, so that no frame is half silent. One frame is in memory at a time, however long the audio. Holds no state between calls and may be used by
/// several threads at once.
/// </summary>
public sealed class ShortTimeFourier
{
    private readonly RealFft _fft;
    private readonly float[] _window;

    /// <summary>Plans transforms.</summary>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    /// <param name="frameSeconds">The length of a frame, seconds; rounded to a multiple of four samples.</param>
    /// <param name="overlap">Frames that cover each sample: 2 or 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is not as described.</exception>
    public ShortTimeFourier(int sampleRate, double frameSeconds = 0.032, int overlap = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameSeconds);
        if (overlap is not (2 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(overlap), overlap, "expected 2 or 4.");
        }

        SampleRate = sampleRate;
        FrameLength = Math.Max(8, 4 * (int)Math.Round(frameSeconds * sampleRate / 4));
        Hop = FrameLength / overlap;
        _fft = new RealFft(FrameLength);
        _window = new float[FrameLength];
        for (var n = 0; n < FrameLength; n++)
        {
            _window[n] = (float)Math.Sin(Math.PI * n / FrameLength);
        }
    }

    /// <summary>Samples a second, in Hz.</summary>
    public int SampleRate { get; }

    /// <summary>Samples a frame.</summary>
    public int FrameLength { get; }

    /// <summary>Samples from frame to frame.</summary>
    public int Hop { get; }

    /// <summary>Frequencies from 0 to half the sample rate.</summary>
    public int Bins => _fft.Bins;

    /// <summary>The distance between frames, in seconds.</summary>
    public double HopSeconds => (double)Hop / SampleRate;

    /// <summary>The number of frames: they begin before the first sample and end after the last, so that all samples are covered alike.</summary>
    /// <param name="samples">The number of samples.</param>
    public int Frames(int samples) => (samples + FrameLength - Hop + Hop - 1) / Hop;

    /// <summary>The first sample of a frame; below zero for those that begin before the audio.</summary>
    /// <param name="frame">The frame's index.</param>
    public int Start(int frame) => (frame * Hop) - (FrameLength - Hop);

    /// <summary>Looks at every frame's spectrum, in order.</summary>
    /// <param name="samples">N samples.</param>
    /// <param name="step">Called with each spectrum; what it changes is lost.</param>
    public void Analyse(float[] samples, SpectrumStep step)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(step);
        Run(samples, step, null);
    }

    /// <summary>Changes every frame's spectrum, in order, and puts the audio together again.</summary>
    /// <param name="samples">N samples.</param>
    /// <param name="step">Called with each spectrum, which it may change.</param>
    /// <returns>N samples.</returns>
    public float[] Filter(float[] samples, SpectrumStep step)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(step);
        var result = new float[samples.Length];
        Run(samples, step, result);
        return result;
    }

    private static int Mirrored(int index, int length)
    {
        var period = Math.Max(1, 2 * (length - 1));
        var place = Math.Abs(index) % period;
        return place < length ? place : period - place;
    }

    private void Run(float[] samples, SpectrumStep step, float[]? result)
    {
        var frame = new float[FrameLength];
        var (real, imaginary) = (new float[Bins], new float[Bins]);
        // The squared windows that cover a sample sum to half the overlap.
        var scale = 2f * Hop / FrameLength;
        var frames = samples.Length == 0 ? 0 : Frames(samples.Length);
        for (var t = 0; t < frames; t++)
        {
            var start = Start(t);
            var from = Math.Max(0, -start);
            var to = Math.Min(FrameLength, samples.Length - start);
            for (var n = 0; n < FrameLength; n++)
            {
                frame[n] = samples[Mirrored(start + n, samples.Length)] * _window[n];
            }

            _fft.Forward(frame, real, imaginary);
            step(t, real, imaginary);
            if (result is null)
            {
                continue;
            }

            _fft.Inverse(real, imaginary, frame);
            for (var n = from; n < to; n++)
            {
                result[start + n] += frame[n] * _window[n] * scale;
            }
        }
    }
}
