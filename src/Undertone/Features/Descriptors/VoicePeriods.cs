using System.Numerics.Tensors;

namespace Undertone.Features.Descriptors;

/// <summary>
/// The harmonics-to-noise ratio from the periods of the waveform, as the ComParE sets have it: harmonics are the periods' mean,
/// noise is what they leave (Yumoto et al. 1982, doi:10.1121/1.387808).
/// </summary>
/// <remarks>The periods are those that begin in the frame before. One object serves one thread at a time.</remarks>
internal sealed class VoicePeriods
{
    /// <summary>The logarithmic ratio where there is no voice, in dB.</summary>
    public const float NoHarmonics = -100;

    private const double SearchRange = 0.25;
    private const int MostPeriods = 32;

    private readonly int _sampleRate;
    private readonly int _hop;
    private readonly int[] _starts = new int[MostPeriods];
    private readonly int[] _samples = new int[MostPeriods];
    private float[] _mean = [];

    /// <summary>Makes it.</summary>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="hop">The distance between frames, in samples.</param>
    public VoicePeriods(int sampleRate, int hop) => (_sampleRate, _hop) = (sampleRate, hop);

    /// <summary>Measures every frame.</summary>
    /// <param name="samples">The audio.</param>
    /// <param name="pitch">F0 in Hz, one value a frame; 0 where there is no voice.</param>
    /// <param name="harmonicsToNoise">Receives the ratio in dB; −100 where there is no voice.</param>
    public void Of(ReadOnlySpan<float> samples, ReadOnlySpan<float> pitch, Span<float> harmonicsToNoise)
    {
        for (var frame = 0; frame < pitch.Length; frame++)
        {
            harmonicsToNoise[frame] = pitch[frame] > 0
                ? HarmonicsToNoise(samples, Find(samples, Math.Max(0, (frame - 1) * _hop), _sampleRate / (double)pitch[frame]))
                : NoHarmonics;
        }
    }

    /// <summary>Finds the periods that begin within a hop, one behind the other.</summary>
    private int Find(ReadOnlySpan<float> samples, int start, double period)
    {
        var count = 0;
        var reach = Reach.Of(period);
        var end = start + _hop;
        while (start < end && count < MostPeriods && start + reach.Longest + 1 + reach.Width < samples.Length)
        {
            var shift = Match(samples[start..], reach);
            (_starts[count], _samples[count++]) = (start, shift);
            start += shift;
        }

        return count;
    }

    /// <summary>The shift of the best match.</summary>
    private static int Match(ReadOnlySpan<float> samples, Reach reach)
    {
        var (width, shortest, longest) = reach;
        var reference = samples[..width];
        double own = TensorPrimitives.SumOfSquares(reference);
        double energy = TensorPrimitives.SumOfSquares(samples.Slice(shortest, width));
        var (best, at) = (double.NegativeInfinity, shortest);
        for (var shift = shortest; shift <= longest; shift++)
        {
            var correlation = TensorPrimitives.Dot(reference, samples.Slice(shift, width)) / Math.Sqrt((own * Math.Max(0, energy)) + 1e-20);
            (best, at) = correlation > best ? (correlation, shift) : (best, at);
            energy += ((double)samples[shift + width] * samples[shift + width]) - ((double)samples[shift] * samples[shift]);
        }

        return at;
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
        public static Reach Of(double period)
        {
            var shortest = Math.Max(2, (int)Math.Ceiling(period * (1 - SearchRange)));
            return new Reach(Math.Max(4, (int)period), shortest, Math.Max(shortest, (int)Math.Floor(period * (1 + SearchRange))));
        }
    }
}
