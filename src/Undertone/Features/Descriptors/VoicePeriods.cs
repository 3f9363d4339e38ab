using System.Numerics.Tensors;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Jitter, shimmer and harmonics-to-noise ratio from the periods of the waveform, as the ComParE sets have them. A period is
/// as long as the shift near 1/F0 at which the waveform resembles itself best (waveform matching, Titze &amp; Liang 1993,
/// doi:10.1044/jshr.3606.1120); harmonics are the periods' mean, noise is what they leave (Yumoto et al. 1982,
/// doi:10.1121/1.387808).
/// </summary>
/// <remarks>
/// Harmonics and noise are those of the periods that begin in the frame before, as the published values have them. For
/// jitter and shimmer periods follow each other through a voiced stretch; each frame compares its own, with each other and
/// with the last of the frame before, and where it finds none the values hold. One object serves one thread at a time.
/// </remarks>
internal sealed class VoicePeriods
{
    /// <summary>The logarithmic ratio where there is no voice, in dB.</summary>
    public const float NoHarmonics = -100;

    private const double SearchRange = 0.25;
    private const double LeastCorrelation = 0.5;
    private const double WiderBy = 1.25;
    private const int MostPeriods = 32;

    private readonly int _sampleRate;
    private readonly int _hop;
    private readonly int[] _starts = new int[MostPeriods];
    private readonly int[] _samples = new int[MostPeriods];
    private float[] _mean = [];
    private int _next;
    private double? _lastLength;
    private double? _lastChange;
    private double _jitter;
    private double _jitterOfDifferences;
    private double _shimmer;

    /// <summary>Makes it.</summary>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="hop">The distance between frames, in samples.</param>
    public VoicePeriods(int sampleRate, int hop) => (_sampleRate, _hop) = (sampleRate, hop);

    /// <summary>Measures every frame.</summary>
    /// <param name="samples">The audio.</param>
    /// <param name="pitch">F0 in Hz, one value a frame; 0 where there is no voice.</param>
    /// <param name="jitter">Receives the mean difference of neighbouring periods over the mean period.</param>
    /// <param name="jitterOfDifferences">Receives the mean difference of neighbouring differences over the mean period (DDP).</param>
    /// <param name="shimmer">Receives the mean difference of neighbouring amplitudes over the mean amplitude.</param>
    /// <param name="harmonicsToNoise">Receives the ratio in dB; −100 where there is no voice.</param>
    public void Of(
        ReadOnlySpan<float> samples,
        ReadOnlySpan<float> pitch,
        Span<float> jitter,
        Span<float> jitterOfDifferences,
        Span<float> shimmer,
        Span<float> harmonicsToNoise)
    {
        Forget();
        for (var frame = 0; frame < pitch.Length; frame++)
        {
            harmonicsToNoise[frame] = NoHarmonics;
            if (!(pitch[frame] > 0))
            {
                Forget();
            }
            else
            {
                var period = _sampleRate / (double)pitch[frame];
                Compare(samples, Math.Max(0, (frame * _hop) - (_hop / 4)), period);
                harmonicsToNoise[frame] = HarmonicsToNoise(samples, Find(samples, Math.Max(0, (frame - 1) * _hop), period));
            }

            (jitter[frame], jitterOfDifferences[frame], shimmer[frame]) = ((float)_jitter, (float)_jitterOfDifferences, (float)_shimmer);
        }
    }

    private void Forget()
    {
        _next = -1;
        (_lastLength, _lastChange) = (null, null);
        (_jitter, _jitterOfDifferences, _shimmer) = (0, 0, 0);
    }

    /// <summary>Compares the periods of a frame with each other and with the last ones of the frame before.</summary>
    private void Compare(ReadOnlySpan<float> samples, int begin, double period)
    {
        var reach = Reach.Of(period, WiderBy);
        var at = _next < Math.Max(0, begin - _hop) ? begin : _next;
        var (lengths, changes, secondChanges, amplitudes, amplitudeChanges) = (default(Sum), default(Sum), default(Sum), default(Sum), default(Sum));
        while (at + period < begin + _hop && at + reach.Longest + 1 + Math.Max(reach.Width, reach.Longest) < samples.Length)
        {
            var (shift, exact, correlation) = Match(samples[at..], reach);
            if (correlation < LeastCorrelation)
            {
                at += Math.Max(1, (int)period);
                continue;
            }

            var (amplitude, following) = (Swing(samples.Slice(at, shift)), Swing(samples.Slice(at + shift, shift)));
            amplitudes.Add((amplitude + following) / 2);
            amplitudeChanges.Add(Math.Abs(amplitude - following));
            lengths.Add(exact);
            if (_lastLength is { } last)
            {
                changes.Add(Math.Abs(exact - last));
                if (_lastChange is { } change)
                {
                    secondChanges.Add(Math.Abs(exact - last - change));
                }

                _lastChange = exact - last;
            }

            _lastLength = exact;
            at += shift;
        }

        _next = at;
        _jitter = changes.Mean is { } j ? j / lengths.Mean!.Value : _jitter;
        _jitterOfDifferences = secondChanges.Mean is { } d ? d / lengths.Mean!.Value : _jitterOfDifferences;
        _shimmer = amplitudeChanges.Mean is { } s ? Functionals.Functional.Ratio(s, amplitudes.Mean!.Value) : _shimmer;
    }

    private static double Swing(ReadOnlySpan<float> values) => (double)TensorPrimitives.Max(values) - TensorPrimitives.Min(values);

    /// <summary>Finds the periods that begin within a hop, one behind the other.</summary>
    private int Find(ReadOnlySpan<float> samples, int start, double period)
    {
        var count = 0;
        var reach = Reach.Of(period, 1);
        var end = start + _hop;
        while (start < end && count < MostPeriods && start + reach.Longest + 1 + reach.Width < samples.Length)
        {
            var shift = Match(samples[start..], reach).Shift;
            (_starts[count], _samples[count++]) = (start, shift);
            start += shift;
        }

        return count;
    }

    /// <summary>The shift of the best match, whole and between samples by a parabola, and its correlation coefficient.</summary>
    private static (int Shift, double Exact, double Correlation) Match(ReadOnlySpan<float> samples, Reach reach)
    {
        var (width, shortest, longest) = reach;
        var reference = samples[..width];
        double own = TensorPrimitives.SumOfSquares(reference);
        double energy = TensorPrimitives.SumOfSquares(samples.Slice(shortest - 1, width));
        var (best, at, left, right) = (double.NegativeInfinity, shortest, 0.0, 0.0);
        var (before, pending) = (0.0, false);
        for (var shift = shortest - 1; shift <= longest + 1; shift++)
        {
            var correlation = TensorPrimitives.Dot(reference, samples.Slice(shift, width)) / Math.Sqrt((own * Math.Max(0, energy)) + 1e-20);
            if (pending)
            {
                (right, pending) = (correlation, false);
            }

            if (shift >= shortest && shift <= longest && correlation > best)
            {
                (best, at, left, pending) = (correlation, shift, before, true);
            }

            before = correlation;
            if (shift <= longest)
            {
                energy += ((double)samples[shift + width] * samples[shift + width]) - ((double)samples[shift] * samples[shift]);
            }
        }

        var curvature = left - (2 * best) + right;
        var inside = at > shortest && at < longest && curvature < 0;
        return (at, at + (inside ? Math.Clamp(0.5 * (left - right) / curvature, -0.5, 0.5) : 0), best);
    }

    /// <summary>The energy of the mean of the periods, and of the one behind them, over that of what it leaves.</summary>
    private float HarmonicsToNoise(ReadOnlySpan<float> samples, int count)
    {
        if (count == 0)
        {
            return NoHarmonics;
        }

        var length = Math.Min(TensorPrimitives.Min<int>(_samples.AsSpan(0, count)), samples.Length - _starts[count - 1] - _samples[count - 1]);
        if (length <= 0)
        {
            return NoHarmonics;
        }

        if (_mean.Length < length)
        {
            _mean = new float[length];
        }

        var mean = _mean.AsSpan(0, length);
        mean.Clear();
        for (var i = 0; i <= count; i++)
        {
            TensorPrimitives.Add(mean, Period(samples, i, count, length), mean);
        }

        TensorPrimitives.Multiply(mean, 1f / (count + 1), mean);
        double noise = 0;
        for (var i = 0; i <= count; i++)
        {
            var distance = (double)TensorPrimitives.Distance(Period(samples, i, count, length), mean);
            noise += distance * distance;
        }

        var harmonics = (count + 1) * (double)TensorPrimitives.SumOfSquares<float>(mean);
        return (float)Math.Clamp(10 * Math.Log10(Math.Max(harmonics, 1e-30) / Math.Max(noise, 1e-30)), NoHarmonics, -NoHarmonics);
    }

    private ReadOnlySpan<float> Period(ReadOnlySpan<float> samples, int i, int count, int length)
    {
        var start = i < count ? _starts[i] : _starts[count - 1] + _samples[count - 1];
        return samples.Slice(start, length);
    }

    /// <summary>What a period is matched with: how many samples, at which shifts.</summary>
    private readonly record struct Reach(int Width, int Shortest, int Longest)
    {
        public static Reach Of(double period, double widerBy)
        {
            var shortest = Math.Max(2, (int)Math.Ceiling(period * (1 - SearchRange)));
            return new Reach(Math.Max(4, (int)(period * widerBy)), shortest, Math.Max(shortest, (int)Math.Floor(period * (1 + SearchRange))));
        }
    }

    /// <summary>A sum of so many.</summary>
    private struct Sum
    {
        private double _sum;
        private int _count;

        public readonly double? Mean => _count == 0 ? null : _sum / _count;

        public void Add(double value)
        {
            _sum += value;
            _count++;
        }
    }
}
