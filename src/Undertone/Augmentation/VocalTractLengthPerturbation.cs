using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>
/// A longer or shorter vocal tract: the spectrum's envelope is stretched along frequency by a factor, with the piecewise
/// linear warp of N. Jaitly and G. Hinton 2013, Vocal tract length perturbation (VTLP) improves speech recognition, ICML
/// Workshop on Deep Learning for Audio, Speech and Language.
/// </summary>
/// <remarks>
/// The paper warps the filters of a mel spectrogram. Here the envelope of the waveform is warped, cepstrally smoothed, and
/// the harmonics stay where they are, so that it serves every feature set and leaves the pitch alone.
/// </remarks>
public sealed record VocalTractLengthPerturbation : WaveformAugmentation
{
    private const double Highest = 4800;
    private const double EnvelopeSeconds = 0.0018;
    private const double Tiny = 1e-8;

    /// <summary>The greatest relative change, in [0, 0.5].</summary>
    public double Range { get; init; } = 0.1;

    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Warp(waveform, Between(1 - Range, 1 + Range, random));
    }

    /// <summary>Warps the envelope.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="factor">Formants move up by it, as of a shorter tract, where it is above 1; in [0.5, 2].</param>
    /// <returns>As many samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not as described.</exception>
    public static Waveform Warp(Waveform waveform, double factor)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (factor is not (>= 0.5 and <= 2))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "expected a factor in [0.5, 2].");
        }

        var transform = new ShortTimeFourier(waveform.SampleRate, overlap: 4);
        var fft = new RealFft(transform.FrameLength);
        var places = Places(transform, factor);
        var kept = (int)(EnvelopeSeconds * waveform.SampleRate);
        var (log, nothing, cepstrum) = (new float[transform.Bins], new float[transform.Bins], new float[fft.Length]);
        var (envelope, rest) = (new float[transform.Bins], new float[transform.Bins]);
        return waveform with
        {
            Samples = transform.Filter(waveform.Samples, (_, real, imaginary) =>
            {
                for (var k = 0; k < log.Length; k++)
                {
                    log[k] = (float)(0.5 * Math.Log(((double)real[k] * real[k]) + ((double)imaginary[k] * imaginary[k]) + Tiny));
                }

                fft.Inverse(log, nothing, cepstrum);
                Array.Clear(cepstrum, kept + 1, cepstrum.Length - (2 * kept) - 1);
                fft.Forward(cepstrum, envelope, rest);
                for (var k = 0; k < log.Length; k++)
                {
                    var below = Math.Min((int)places[k], log.Length - 2);
                    var share = places[k] - below;
                    var gain = (float)Math.Exp(envelope[below] + (share * (envelope[below + 1] - envelope[below])) - envelope[k]);
                    real[k] *= gain;
                    imaginary[k] *= gain;
                }
            }),
        };
    }

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() =>
        [("range", Range, Range is >= 0 and <= 0.5, "in [0, 0.5]")];

    /// <summary>Where each frequency's new envelope stood before, in bins: the warp's inverse.</summary>
    private static double[] Places(ShortTimeFourier transform, double factor)
    {
        var half = transform.SampleRate / 2.0;
        // Up to here the warp is a product, above it the rest is brought to end at half the sample rate.
        var bend = Math.Min(Highest, 0.6 * half) * Math.Min(factor, 1);
        var before = bend / factor;
        var places = new double[transform.Bins];
        for (var k = 0; k < places.Length; k++)
        {
            var hertz = k * half / (transform.Bins - 1);
            var source = hertz <= bend ? hertz / factor : half - ((half - hertz) * (half - before) / (half - bend));
            places[k] = source / half * (transform.Bins - 1);
        }

        return places;
    }
}
