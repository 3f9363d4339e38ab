using Undertone.Speech;

namespace Undertone.Preprocessing.NoiseReduction;

/// <summary>
/// Noise reduction by a gate at each frequency: what is not clearly louder than the noise is lowered, with a mask that is
/// smoothed over time and frequency against the ringing of lone gates (Sainburg, Thielk, Gentner 2020, Finding, visualizing,
/// and quantifying latent structure across diverse animal vocal repertoires, doi:10.1371/journal.pcbi.1008228).
/// </summary>
/// <remarks>The noise is learned from the recording itself: the tenth of its frames that is quietest, at least six.</remarks>
public static class SpectralGating
{
    private const double QuietShare = 0.1;
    private const int FewestQuiet = 6;
    private const double Deviations = 1.5;
    private const double SmoothHertz = 500;
    private const double SmoothSeconds = 0.05;
    private const double Tiny = 1e-10;

    /// <summary>Reduces noise.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="greatestReduction">How far closed gates lower, dB.</param>
    /// <returns>As many samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The reduction is negative.</exception>
    public static Waveform Apply(Waveform waveform, double greatestReduction = 20)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentOutOfRangeException.ThrowIfNegative(greatestReduction);
        if (waveform.Samples.Length == 0)
        {
            return waveform;
        }

        var transform = new ShortTimeFourier(waveform.SampleRate, overlap: 4);
        var (frames, bins) = (transform.Frames(waveform.Samples.Length), transform.Bins);
        var levels = new float[frames * bins];
        var energies = new double[frames];
        transform.Analyse(waveform.Samples, (frame, real, imaginary) =>
        {
            for (var k = 0; k < bins; k++)
            {
                var power = ((double)real[k] * real[k]) + ((double)imaginary[k] * imaginary[k]);
                energies[frame] += power;
                levels[(frame * bins) + k] = (float)(10 * Math.Log10(power + Tiny));
            }
        });

        var thresholds = Thresholds(levels, energies, bins);
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = levels[i] > thresholds[i % bins] ? 1 : 0;
        }

        var hertz = (double)transform.SampleRate / transform.FrameLength;
        Smooth(levels, frames, bins, (int)(SmoothHertz / hertz), 1);
        Smooth(levels, bins, frames, (int)(SmoothSeconds / transform.HopSeconds), bins);
        var least = (float)Math.Pow(10, -greatestReduction / 20);
        return waveform with
        {
            Samples = transform.Filter(waveform.Samples, (frame, real, imaginary) =>
            {
                for (var k = 0; k < bins; k++)
                {
                    var gain = least + ((1 - least) * levels[(frame * bins) + k]);
                    real[k] *= gain;
                    imaginary[k] *= gain;
                }
            }),
        };
    }

    /// <summary>The level above which each gate opens, dB: mean and deviation of the quietest frames.</summary>
    private static double[] Thresholds(float[] levels, double[] energies, int bins)
    {
        var count = Math.Min(energies.Length, Math.Max(FewestQuiet, (int)(QuietShare * energies.Length)));
        var quiet = Enumerable.Range(0, energies.Length).OrderBy(t => energies[t]).Take(count).ToArray();
        var thresholds = new double[bins];
        for (var k = 0; k < bins; k++)
        {
            double sum = 0, squares = 0;
            foreach (var t in quiet)
            {
                double level = levels[(t * bins) + k];
                sum += level;
                squares += level * level;
            }

            var mean = sum / count;
            thresholds[k] = mean + (Deviations * Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))));
        }

        return thresholds;
    }

    /// <summary>
    /// A triangular mean over neighbours along one direction of the mask; at the edges over those that are there.
    /// <paramref name="stride"/> 1 smooths along rows, otherwise along columns.
    /// </summary>
    private static void Smooth(float[] mask, int lines, int length, int reach, int stride)
    {
        var source = new float[length];
        for (var line = 0; line < lines; line++)
        {
            var offset = stride == 1 ? line * length : line;
            for (var i = 0; i < length; i++)
            {
                source[i] = mask[offset + (i * stride)];
            }

            for (var i = 0; i < length; i++)
            {
                float sum = 0, weights = 0;
                for (var j = Math.Max(0, i - reach); j <= Math.Min(length - 1, i + reach); j++)
                {
                    var weight = reach + 1 - Math.Abs(i - j);
                    sum += weight * source[j];
                    weights += weight;
                }

                mask[offset + (i * stride)] = sum / weights;
            }
        }
    }
}
