using Undertone.Preprocessing.NoiseReduction;
using Undertone.Speech;

namespace Undertone.Preprocessing.InputChecks;

/// <summary>
/// The signal-to-noise ratio of a recording, dB: its power over that of its noise, which <see cref="MinimumStatistics"/>
/// follows. An estimate: it takes steady sounds for noise, and a voice in the background for speech.
/// </summary>
public sealed class InputNoise : InputMeasure
{
    private const double Margin = 3;
    private const double Greatest = 100;

    /// <inheritdoc/>
    public override string Name => "noise";

    /// <inheritdoc/>
    public override string Unit => "dB (speech over noise)";

    /// <inheritdoc/>
    public override double Of(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        var transform = new ShortTimeFourier(waveform.SampleRate);
        var statistics = new MinimumStatistics(transform.Bins);
        var power = new double[transform.Bins];
        var (all, noise) = (0.0, 0.0);
        void Hear(float[] samples) => transform.Analyse(samples, (_, real, imaginary) =>
        {
            for (var k = 0; k < power.Length; k++)
            {
                power[k] = ((double)real[k] * real[k]) + ((double)imaginary[k] * imaginary[k]);
                all += power[k];
            }

            statistics.Hear(power);
            foreach (var value in statistics.Noise)
            {
                noise += value;
            }
        });

        // The first second and a half is heard twice: at the first hearing nothing is known of its noise.
        Hear(waveform.Samples[..Math.Min(waveform.Samples.Length, MinimumStatistics.Window * transform.Hop)]);
        (all, noise) = (0, 0);
        Hear(waveform.Samples);
        var ratio = (all - noise) / noise;
        return ratio > 0 ? Math.Clamp(10 * Math.Log10(ratio), -Greatest, Greatest) : -Greatest;
    }

    /// <inheritdoc/>
    public override (double Least, double Greatest) Accepted(InputRange training, PreprocessingSettings? preprocessing)
    {
        ArgumentNullException.ThrowIfNull(training);
        return (training.Low - Margin, double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override string Advice(double value, bool tooLow) =>
        "noise stands out; record where it is quiet, or train a model with noise (augmentation.noise, preprocessing.denoise).";
}
