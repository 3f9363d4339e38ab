using Undertone.Speech;

namespace Undertone.Preprocessing.NoiseReduction;

/// <summary>
/// Noise reduction by the estimator of least mean square error of log amplitudes (Y. Ephraim, D. Malah 1985, Speech
/// enhancement using a minimum mean-square error log-spectral amplitude estimator, doi:10.1109/TASSP.1985.1164550), with
/// the decision-directed a priori signal-to-noise ratio and the noise of <see cref="MinimumStatistics"/>.
/// </summary>
public static class MmseLsa
{
    /// <summary>Reduces noise.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="greatestReduction">No frequency is lowered by more than this, dB; what is left hides the artefacts.</param>
    /// <returns>As many samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The reduction is negative.</exception>
    public static Waveform Apply(Waveform waveform, double greatestReduction = 20)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentOutOfRangeException.ThrowIfNegative(greatestReduction);
        var transform = new ShortTimeFourier(waveform.SampleRate);
        var follower = NoiseFollower.Ahead(transform, waveform.Samples);
        var least = Math.Pow(10, -greatestReduction / 20);
        return waveform with
        {
            Samples = transform.Filter(waveform.Samples, (_, real, imaginary) =>
            {
                follower.Hear(real, imaginary);
                for (var k = 0; k < real.Length; k++)
                {
                    var gain = (float)Math.Clamp(Gain(follower.Prior(k), follower.Posterior(k)), least, 1);
                    real[k] *= gain;
                    imaginary[k] *= gain;
                    follower.Estimated(k, gain);
                }
            }),
        };
    }

    /// <summary>The gain of equation 20 of the paper.</summary>
    /// <param name="prior">The a priori signal-to-noise ratio ξ.</param>
    /// <param name="posterior">The a posteriori signal-to-noise ratio γ.</param>
    internal static double Gain(double prior, double posterior)
    {
        var wiener = prior / (1 + prior);
        var v = Math.Max(wiener * posterior, 1e-10);
        return v > 50 ? wiener : wiener * Math.Exp(0.5 * ExponentialIntegral(v));
    }

    /// <summary>
    /// E1(x) for x &gt; 0: the power series and, above 2, the continued fraction of Abramowitz and Stegun 5.1.11 and 5.1.22,
    /// the latter by Lentz's method. (MathNet.Numerics gives up near 1, where its fraction converges slowly.)
    /// </summary>
    private static double ExponentialIntegral(double x)
    {
        const double Accuracy = 1e-12;
        if (x <= 2)
        {
            double sum = -0.57721566490153286 - Math.Log(x), power = 1;
            for (var n = 1; n < 60; n++)
            {
                power *= -x / n;
                sum -= power / n;
                if (Math.Abs(power) < Accuracy * Math.Abs(sum))
                {
                    break;
                }
            }

            return sum;
        }

        double b = x + 1, c = 1e300, d = 1 / b, fraction = d;
        for (var n = 1; n < 200; n++)
        {
            double a = -(double)n * n;
            b += 2;
            d = 1 / ((a * d) + b);
            c = b + (a / c);
            fraction *= c * d;
            if (Math.Abs((c * d) - 1) < Accuracy)
            {
                break;
            }
        }

        return fraction * Math.Exp(-x);
    }
}
