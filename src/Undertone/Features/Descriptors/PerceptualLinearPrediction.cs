namespace Undertone.Features.Descriptors;

/// <summary>
/// Perceptual linear prediction (Hermansky 1990, doi:10.1121/1.399423): the spectrum as it is heard (critical bands, equal
/// loudness, cube root) is modelled by the poles of a linear prediction, whose cepstrum is the result.
/// </summary>
public static class PerceptualLinearPrediction
{
    /// <summary>Where the method is described.</summary>
    public const string Source = "Hermansky 1990, doi:10.1121/1.399423";

    // The quietest that is told from silence, after equal loudness.
    private const double Floor = 1e-9;

    /// <summary>The Bark scale as the paper has it (Schroeder's): 6 · asinh(f / 600).</summary>
    /// <param name="hertz">The frequency f, in Hz.</param>
    public static double Bark(double hertz) => 6 * Math.Asinh(hertz / 600);

    /// <summary>The number of critical bands, one at each end and steps of nearly one Bark between.</summary>
    /// <param name="sampleRate">In Hz.</param>
    public static int Bands(int sampleRate) => (int)Math.Ceiling(Bark(sampleRate / 2.0)) + 1;

    /// <summary>The weight of a frequency in a critical band (the paper's equations 4 and 5).</summary>
    /// <param name="hertz">The frequency, in Hz.</param>
    /// <param name="band">The band, from 0.</param>
    /// <param name="sampleRate">In Hz.</param>
    public static double CriticalBand(double hertz, int band, int sampleRate)
    {
        var distance = Bark(hertz) - Centre(band, sampleRate);
        return distance switch
        {
            < -1.3 or > 2.5 => 0,
            <= -0.5 => Math.Pow(10, 2.5 * (distance + 0.5)),
            < 0.5 => 1,
            _ => Math.Pow(10, 0.5 - distance),
        };
    }

    /// <summary>
    /// The ear's sensitivity at about 40 dB (the paper's equations 7 and 8, the latter for audio beyond 5 kHz), up to a factor.
    /// </summary>
    /// <param name="band">The band, from 0.</param>
    /// <param name="sampleRate">In Hz.</param>
    public static double EqualLoudness(int band, int sampleRate)
    {
        var hertz = 600 * Math.Sinh(Centre(band, sampleRate) / 6);
        var square = Math.Pow(2 * Math.PI * hertz, 2);
        var below = (square + 56.8e6) * square * square / (Math.Pow(square + 6.3e6, 2) * (square + 0.38e9));
        return sampleRate > 10000 ? below * 9.58e26 / (Math.Pow(square, 3) + 9.58e26) : below;
    }

    /// <summary>The cepstrum of critical-band energies.</summary>
    /// <param name="bands">Energies of the bands after <see cref="EqualLoudness"/>; overwritten.</param>
    /// <param name="order">The number of poles.</param>
    /// <param name="cepstrum">Receives coefficients 0 (the logarithm of the residual's energy), 1, 2…</param>
    public static void Cepstrum(Span<double> bands, int order, Span<float> cepstrum)
    {
        // The outermost bands reach beyond what was measured: they take their neighbours' values, as the paper says.
        for (var band = 1; band < bands.Length - 1; band++)
        {
            bands[band] = Math.Pow(Math.Max(bands[band], Floor), 0.33);
        }

        bands[0] = bands[1];
        bands[^1] = bands[^2];
        Span<double> correlation = stackalloc double[order + 1];
        Correlate(bands, correlation);
        Span<double> prediction = stackalloc double[order + 1];
        var residual = Predict(correlation, prediction);
        Span<double> values = stackalloc double[cepstrum.Length];
        values[0] = Math.Log(residual);
        for (var n = 1; n < values.Length; n++)
        {
            var sum = n <= order ? -prediction[n] : 0;
            for (var k = Math.Max(1, n - order); k < n; k++)
            {
                sum -= (double)k / n * values[k] * prediction[n - k];
            }

            values[n] = sum;
        }

        for (var n = 0; n < values.Length; n++)
        {
            cepstrum[n] = (float)values[n];
        }
    }

    private static double Centre(int band, int sampleRate) => Bark(sampleRate / 2.0) * band / (Bands(sampleRate) - 1);

    /// <summary>The inverse Fourier transform of a spectrum that is even about both its ends.</summary>
    private static void Correlate(ReadOnlySpan<double> spectrum, Span<double> correlation)
    {
        var last = spectrum.Length - 1;
        for (var lag = 0; lag < correlation.Length; lag++)
        {
            var sum = spectrum[0] + (lag % 2 == 0 ? spectrum[last] : -spectrum[last]);
            for (var n = 1; n < last; n++)
            {
                sum += 2 * spectrum[n] * Math.Cos(Math.PI * n * lag / last);
            }

            correlation[lag] = sum / (2 * last);
        }
    }

    /// <summary>Durbin's recursion; the energy of what cannot be predicted is returned.</summary>
    private static double Predict(ReadOnlySpan<double> correlation, Span<double> prediction)
    {
        prediction.Clear();
        prediction[0] = 1;
        var error = correlation[0];
        Span<double> before = stackalloc double[prediction.Length];
        for (var i = 1; i < prediction.Length; i++)
        {
            var sum = correlation[i];
            for (var j = 1; j < i; j++)
            {
                sum += prediction[j] * correlation[i - j];
            }

            var reflection = -sum / error;
            prediction.CopyTo(before);
            for (var j = 1; j < i; j++)
            {
                prediction[j] = before[j] + (reflection * before[i - j]);
            }

            prediction[i] = reflection;
            error *= 1 - (reflection * reflection);
        }

        return error;
    }
}
