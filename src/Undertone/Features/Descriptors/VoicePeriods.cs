using System.Numerics.Tensors;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Jitter, shimmer and harmonics-to-noise ratio from the periods of the waveform, as the ComParE sets have them. A period is
/// as long as the shift near 1/F0 at which the waveform resembles itself best (waveform matching, Titze &amp; Liang 1993,
/// doi:10.1044/jshr.3606.1120); harmonics are the periods' mean, noise is what they leave (Yumoto et al. 1982,
/// doi:10.1121/1.387808).
/// </summary>
/// <remarks>
/// In the published values a frame's periods begin about one frame before it, which is so here as well; jitter and shimmer
/// look at two frames' time, so that low voices have two periods to compare. Where no two periods are found, the last ones
/// hold. One object serves one thread at a time.
/// </remarks>
internal sealed class VoicePeriods
{
    /// <summary>The logarithmic ratio where there is no voice, in dB.</summary>
    public const float NoHarmonics = -100;

    private const double SearchRange = 0.25;
    private const double LeastCorrelation = 0.5;
    private const int MostPeriods = 32;

    private readonly int _sampleRate;
    private readonly int _hop;
    private readonly int[] _starts = new int[MostPeriods];
    private readonly int[] _samples = new int[MostPeriods];
    private readonly double[] _lengths = new double[MostPeriods];
    private readonly double[] _amplitudes = new double[MostPeriods];
    private float[] _mean = [];

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
        var (local, differences, amplitude) = (0.0, 0.0, 0.0);
        for (var frame = 0; frame < pitch.Length; frame++)
        {
            harmonicsToNoise[frame] = NoHarmonics;
            if (!(pitch[frame] > 0))
            {
                (local, differences, amplitude) = (0, 0, 0);
            }
            else
            {
                var period = _sampleRate / (double)pitch[frame];
                var start = (frame - 1) * _hop;
                var count = Find(samples, Math.Max(0, start - (_hop / 2)), 2 * _hop, period);
                if (count > 1)
                {
                    var lengths = _lengths.AsSpan(0, count);
                    var mean = TensorPrimitives.Sum<double>(lengths) / count;
                    local = MeanDifference(lengths) / mean;
                    differences = count > 2 ? MeanSecondDifference(lengths) / mean : differences;
                    var amplitudes = _amplitudes.AsSpan(0, count);
                    amplitude = Functionals.Functional.Ratio(MeanDifference(amplitudes), TensorPrimitives.Sum<double>(amplitudes) / count);
                }

                harmonicsToNoise[frame] = HarmonicsToNoise(samples, Find(samples, Math.Max(0, start), _hop, period, uncorrelatedToo: true));
            }

            (jitter[frame], jitterOfDifferences[frame], shimmer[frame]) = ((float)local, (float)differences, (float)amplitude);
        }
    }

    private static double MeanDifference(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        for (var i = 1; i < values.Length; i++)
        {
            sum += Math.Abs(values[i] - values[i - 1]);
        }

        return sum / (values.Length - 1);
    }

    private static double MeanSecondDifference(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        for (var i = 2; i < values.Length; i++)
        {
            sum += Math.Abs(values[i] - (2 * values[i - 1]) + values[i - 2]);
        }

        return sum / (values.Length - 2);
    }

    /// <summary>Finds the periods that begin within a stretch, one behind the other.</summary>
    private int Find(ReadOnlySpan<float> samples, int start, int length, double period, bool uncorrelatedToo = false)
    {
        var count = 0;
        var width = Math.Max(4, (int)period);
        var shortest = Math.Max(2, (int)Math.Ceiling(period * (1 - SearchRange)));
        var longest = Math.Max(shortest, (int)Math.Floor(period * (1 + SearchRange)));
        var end = start + length;
        while (start < end && count < MostPeriods && start + longest + 1 + width < samples.Length)
        {
            var (shift, exact, correlation) = Match(samples[start..], width, shortest, longest);
            if (uncorrelatedToo || correlation >= LeastCorrelation)
            {
                var values = samples.Slice(start, shift);
                (_starts[count], _samples[count], _lengths[count]) = (start, shift, exact);
                _amplitudes[count++] = (double)TensorPrimitives.Max(values) - TensorPrimitives.Min(values);
            }

            start += shift;
        }

        return count;
    }

    /// <summary>The shift of the best match, whole and between samples by a parabola, and its correlation coefficient.</summary>
    private static (int Shift, double Exact, double Correlation) Match(ReadOnlySpan<float> samples, int width, int shortest, int longest)
    {
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
}
