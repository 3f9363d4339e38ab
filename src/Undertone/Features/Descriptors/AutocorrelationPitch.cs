using System.Numerics.Tensors;

namespace Undertone.Features.Descriptors;

/// <summary>A contour of F0, one value a frame; frame f is centred at f · hop.</summary>
/// <param name="Hertz">F0 in Hz; 0 where there is no voice.</param>
/// <param name="Strength">How periodic the signal is there: its normalised autocorrelation at one period, 0 to 1; 0 where there is no voice.</param>
public sealed record PitchContour(float[] Hertz, float[] Strength);

/// <summary>
/// F0 by autocorrelation (Boersma 1993, "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise
/// ratio of a sampled sound", IFA Proceedings 17, 97–110): the autocorrelation of each windowed frame is divided by that of
/// the window, its peaks are candidates, and the cheapest path through them is taken, which may also leave the voice. The
/// costs are the paper's. Peaks are interpolated by a parabola.
/// </summary>
public sealed class AutocorrelationPitch
{
    /// <summary>Where the method is described.</summary>
    public const string Source = "Boersma 1993, Accurate short-term analysis of the fundamental frequency, IFA Proceedings 17";

    private const int Candidates = 15;
    private const double VoicingThreshold = 0.45;
    private const double SilenceThreshold = 0.03;
    private const double OctaveCost = 0.01;
    private const double OctaveJumpCost = 0.35;
    private const double VoicingCost = 0.14;

    private readonly int _sampleRate;
    private readonly double _lowest;
    private readonly int _hop;
    private readonly int _shortestLag;
    private readonly int _longestLag;
    private readonly float[] _window;
    private readonly double[] _windowCorrelation;
    private readonly RealFft _fft;

    /// <summary>Plans the analysis.</summary>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="lowest">The lowest F0, in Hz; three of its periods are one window. Default 60.</param>
    /// <param name="highest">The highest F0, in Hz. Default 600.</param>
    /// <param name="hopSeconds">The distance between frames, in seconds. Default 0.01.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or beyond a quarter of the sample rate, or the hop is below a sample.</exception>
    public AutocorrelationPitch(int sampleRate = Speech.Waveform.StandardRate, double lowest = 60, double highest = 600, double hopSeconds = 0.01)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lowest, 10);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(highest, lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(highest, sampleRate / 4.0);
        (_sampleRate, _lowest, _hop) = (sampleRate, lowest, (int)Math.Round(hopSeconds * sampleRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(_hop, 1, nameof(hopSeconds));
        _shortestLag = (int)Math.Floor(sampleRate / highest);
        _longestLag = (int)Math.Ceiling(sampleRate / lowest) + 1;
        var length = (int)Math.Round(3 * sampleRate / lowest);
        _window = [.. Enumerable.Range(0, length).Select(n => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * (n + 0.5) / length))))];

        // Long enough that the ends of the frame do not meet at the lags that are looked at, and of small prime factors.
        _fft = new RealFft(Enumerable.Range(length + _longestLag + 1, length).First(n => n % 8 == 0 && IsSmooth(n)));
        _windowCorrelation = [.. Enumerable.Range(0, _longestLag + 2).Select(lag =>
        {
            double sum = 0;
            for (var n = 0; n + lag < length; n++)
            {
                sum += (double)_window[n] * _window[n + lag];
            }

            return sum;
        })];
        for (var lag = _windowCorrelation.Length - 1; lag >= 0; lag--)
        {
            _windowCorrelation[lag] /= _windowCorrelation[0];
        }
    }

    /// <summary>Tracks F0.</summary>
    /// <param name="samples">The signal, finite, at least one sample.</param>
    /// <returns>1 + ⌊samples / hop⌋ frames.</returns>
    public PitchContour Track(ReadOnlySpan<float> samples)
    {
        var frames = 1 + (samples.Length / _hop);
        var peak = samples.IsEmpty ? 0 : Peak(samples, TensorPrimitives.Sum(samples) / samples.Length);
        var scratch = new Scratch(_fft, _longestLag + 2);
        var found = new Candidate[frames][];
        for (var frame = 0; frame < frames; frame++)
        {
            found[frame] = Analyse(samples, (frame * _hop) - (_window.Length / 2), peak, scratch);
        }

        return Path(found);
    }

    private static bool IsSmooth(int n)
    {
        foreach (var factor in (ReadOnlySpan<int>)[2, 3, 5])
        {
            while (n % factor == 0)
            {
                n /= factor;
            }
        }

        return n == 1;
    }

    /// <summary>The furthest from the mean; 0 where that is only what rounding leaves of a constant.</summary>
    private static float Peak(ReadOnlySpan<float> samples, float mean)
    {
        var peak = Math.Max(TensorPrimitives.Max(samples) - mean, mean - TensorPrimitives.Min(samples));
        return peak <= 1e-5f * Math.Abs(mean) ? 0 : peak;
    }

    private Candidate[] Analyse(ReadOnlySpan<float> samples, int start, float globalPeak, Scratch scratch)
    {
        var (first, last) = (Math.Max(0, start), Math.Min(samples.Length, start + _window.Length));
        if (last <= first || globalPeak <= 0)
        {
            return [new Candidate(0, 0, VoicingThreshold + 2)];
        }

        var inside = samples[first..last];
        var mean = TensorPrimitives.Sum(inside) / inside.Length;
        var frame = scratch.Frame.AsSpan();
        frame.Clear();
        for (var n = 0; n < inside.Length; n++)
        {
            frame[n] = (inside[n] - mean) * _window[first - start + n];
        }

        var silence = Math.Max(0, 2 - (Peak(inside, mean) / (double)globalPeak * (1 + VoicingThreshold) / SilenceThreshold));
        var found = new List<Candidate> { new(0, 0, VoicingThreshold + silence) };
        if (!Correlate(scratch))
        {
            return [.. found];
        }

        var r = scratch.Correlation;
        for (var lag = Math.Max(2, _shortestLag); lag < r.Length - 1 && lag <= _longestLag; lag++)
        {
            if (r[lag] <= 0.5 * VoicingThreshold || r[lag] < r[lag - 1] || r[lag] <= r[lag + 1])
            {
                continue;
            }

            var curve = r[lag - 1] - (2 * r[lag]) + r[lag + 1];
            var shift = curve == 0 ? 0 : 0.5 * (r[lag - 1] - r[lag + 1]) / curve;
            var height = r[lag] - (0.25 * (r[lag - 1] - r[lag + 1]) * shift);

            // Interpolated, a peak may rise above 1.
            height = height > 1 ? 1 / height : height;
            var hertz = _sampleRate / (lag + shift);
            if (hertz >= _lowest)
            {
                found.Add(new Candidate(hertz, height, height - (OctaveCost * Math.Log2(_lowest / hertz))));
            }
        }

        return found.Count <= Candidates ? [.. found] : [found[0], .. found.Skip(1).OrderByDescending(c => c.Score).Take(Candidates - 1)];
    }

    /// <summary>The normalised autocorrelation of the frame over that of the window; false where there is nothing but silence.</summary>
    private bool Correlate(Scratch scratch)
    {
        var (frame, real, imaginary) = (scratch.Frame, scratch.Real, scratch.Imaginary);
        _fft.Forward(frame, real, imaginary);
        for (var k = 0; k < real.Length; k++)
        {
            frame[k] = (real[k] * real[k]) + (imaginary[k] * imaginary[k]);
            frame[(frame.Length - k) % frame.Length] = frame[k];
        }

        // The spectrum of powers is real and even: its transform is the autocorrelation but for a factor.
        _fft.Forward(frame, real, imaginary);
        if (!(real[0] > 1e-20f))
        {
            return false;
        }

        for (var lag = 0; lag < scratch.Correlation.Length; lag++)
        {
            scratch.Correlation[lag] = real[lag] / (double)real[0] / _windowCorrelation[lag];
        }

        return true;
    }

    private PitchContour Path(Candidate[][] found)
    {
        var step = 0.01 * _sampleRate / _hop;
        var totals = found[0].Select(c => c.Score).ToArray();
        var from = new int[found.Length][];
        for (var frame = 1; frame < found.Length; frame++)
        {
            var next = new double[found[frame].Length];
            from[frame] = new int[next.Length];
            for (var c = 0; c < next.Length; c++)
            {
                var best = double.NegativeInfinity;
                for (var b = 0; b < totals.Length; b++)
                {
                    var total = totals[b] - (step * Cost(found[frame - 1][b].Hertz, found[frame][c].Hertz));
                    if (total > best)
                    {
                        (best, from[frame][c]) = (total, b);
                    }
                }

                next[c] = best + found[frame][c].Score;
            }

            totals = next;
        }

        var (hertz, strength) = (new float[found.Length], new float[found.Length]);
        var at = Array.IndexOf(totals, totals.Max());
        for (var frame = found.Length - 1; frame >= 0; frame--)
        {
            (hertz[frame], strength[frame]) = ((float)found[frame][at].Hertz, (float)Math.Min(1, found[frame][at].Height));
            at = frame > 0 ? from[frame][at] : 0;
        }

        return new PitchContour(hertz, strength);
    }

    private static double Cost(double before, double now) =>
        (before > 0, now > 0) switch
        {
            (false, false) => 0,
            (true, true) => OctaveJumpCost * Math.Abs(Math.Log2(before / now)),
            _ => VoicingCost,
        };

    /// <summary>A possible F0 of a frame; 0 Hz for none.</summary>
    private readonly record struct Candidate(double Hertz, double Height, double Score);

    private sealed class Scratch(RealFft fft, int lags)
    {
        public float[] Frame { get; } = new float[fft.Length];

        public float[] Real { get; } = new float[fft.Bins];

        public float[] Imaginary { get; } = new float[fft.Bins];

        public double[] Correlation { get; } = new double[lags];
    }
}
