using System.Numerics.Tensors;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Jitter and shimmer: how much neighbouring periods of the voice differ in length and in amplitude, period by period from
/// the waveform. A period is as long as the shift, within a tenth of 1/F0, at which the waveform resembles itself best
/// by cross-correlation (waveform matching after Titze &amp; Liang 1993, doi:10.1044/jshr.3606.1120).
/// </summary>
internal sealed class PeriodPerturbation(int sampleRate, int hop)
{
    private const double SearchRange = 0.1;
    private const double LeastCorrelation = 0.5;

    /// <summary>Measures every frame.</summary>
    /// <param name="samples">The audio.</param>
    /// <param name="pitch">F0 in Hz, one value a frame; 0 where there is no voice.</param>
    /// <param name="jitter">Receives local jitter, a fraction; 0 where there is no voice or too few periods yet.</param>
    /// <param name="shimmer">Receives local shimmer in dB.</param>
    public void Of(ReadOnlySpan<float> samples, ReadOnlySpan<float> pitch, Span<float> jitter, Span<float> shimmer)
    {
        jitter.Clear();
        shimmer.Clear();
        var start = 0;
        var (lastLength, lastAmplitude) = (0.0, 0.0);
        var (lastJitter, lastShimmer) = (0f, 0f);
        for (var frame = 0; frame < pitch.Length; frame++)
        {
            if (!(pitch[frame] > 0))
            {
                (lastLength, lastAmplitude, lastJitter, lastShimmer) = (0, 0, 0, 0);
                start = (frame + 1) * hop;
                continue;
            }

            var expected = sampleRate / (double)pitch[frame];
            var shortest = Math.Max(2, (int)Math.Ceiling(expected * (1 - SearchRange)));
            var longest = Math.Max(shortest, (int)Math.Floor(expected * (1 + SearchRange)));
            var end = (frame + 1) * hop;
            var (lengths, differences, levels, periods) = (0.0, 0.0, 0.0, 0);
            while (start < end && start + (2 * longest) + 1 < samples.Length)
            {
                var (length, correlation) = Match(samples[start..], shortest, longest);
                if (correlation < LeastCorrelation)
                {
                    (lastLength, lastAmplitude) = (0, 0);
                    start += (int)expected;
                    continue;
                }

                var period = samples.Slice(start, (int)Math.Round(length));
                var amplitude = (double)TensorPrimitives.Max(period) - TensorPrimitives.Min(period);
                if (lastLength > 0 && lastAmplitude > 0 && amplitude > 0)
                {
                    differences += Math.Abs(length - lastLength);
                    lengths += (length + lastLength) / 2;
                    levels += Math.Abs(20 * Math.Log10(amplitude / lastAmplitude));
                    periods++;
                }

                (lastLength, lastAmplitude) = (length, amplitude);
                start += Math.Max(1, (int)Math.Round(length));
            }

            if (periods > 0)
            {
                (lastJitter, lastShimmer) = ((float)(differences / lengths), (float)(levels / periods));
            }

            (jitter[frame], shimmer[frame]) = (lastJitter, lastShimmer);
        }
    }

    /// <summary>The shift of the best match, between samples by a parabola, and its correlation coefficient.</summary>
    private static (double Length, double Correlation) Match(ReadOnlySpan<float> samples, int shortest, int longest)
    {
        var (best, at) = (double.NegativeInfinity, shortest);
        var reference = samples[..longest];
        var energy = (double)TensorPrimitives.SumOfSquares(reference);
        if (!(energy > 0))
        {
            return (shortest, 0);
        }

        double before = 0, beforeBest = 0, afterBest = 0;
        var wantAfter = false;
        var shiftedEnergy = (double)TensorPrimitives.SumOfSquares(samples.Slice(shortest, longest));
        for (var shift = shortest; shift <= longest; shift++)
        {
            var shifted = samples.Slice(shift, longest);
            var correlation = TensorPrimitives.Dot(reference, shifted) / Math.Sqrt(energy * Math.Max(shiftedEnergy, 1e-20));
            if (wantAfter)
            {
                (afterBest, wantAfter) = (correlation, false);
            }

            if (correlation > best)
            {
                (best, at, beforeBest, wantAfter) = (correlation, shift, before, shift < longest);
            }

            before = correlation;
            shiftedEnergy += ((double)samples[shift + longest] * samples[shift + longest]) - ((double)samples[shift] * samples[shift]);
        }

        var curvature = beforeBest - (2 * best) + afterBest;
        var between = at > shortest && at < longest && curvature < 0 ? Math.Clamp(0.5 * (beforeBest - afterBest) / curvature, -0.5, 0.5) : 0;
        return (at + between, best);
    }
}
