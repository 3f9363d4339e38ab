namespace Undertone.Speech;

/// <summary>
/// A telephone line: 8000 samples a second, the band of 300 to 3400 Hz, and eight bits a sample by the
/// μ-law of ITU-T Recommendation G.711 (its smooth law, of which the recommendation's segments are an approximation).
/// </summary>
public static class TelephoneLine
{
    private const int Rate = 8000;
    private const double Lowest = 300;
    private const double Highest = 3400;
    private const double Mu = 255;

    /// <summary>Sends a recording over the line.</summary>
    /// <param name="waveform">Mono audio; amplitudes beyond 1 are clipped by the line.</param>
    /// <returns>As many samples at the same rate.</returns>
    public static Waveform Transmit(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (waveform.Samples.Length == 0)
        {
            return waveform;
        }

        var line = Resampler.Resample(waveform, Rate);
        var narrow = line with { Samples = Array.ConvertAll(Band(line.Samples), s => Companded(s)) };
        var back = Resampler.Resample(narrow, waveform.SampleRate);
        return waveform with { Samples = Fitted(back.Samples, waveform.Samples.Length) };
    }

    /// <summary>A sample after coding and decoding.</summary>
    /// <param name="sample">An amplitude; clipped to [−1, 1].</param>
    /// <returns>The nearest of the law's 255 amplitudes.</returns>
    public static float Companded(float sample)
    {
        var magnitude = Math.Min(1, Math.Abs((double)sample));
        var code = Math.Round(127 * Math.Log(1 + (Mu * magnitude)) / Math.Log(1 + Mu));
        return (float)(Math.Sign(sample) * (Math.Pow(1 + Mu, code / 127) - 1) / Mu);
    }

    /// <summary>Keeps the band in the frequency domain, with slopes of 100 Hz on its outer sides.</summary>
    private static float[] Band(float[] samples)
    {
        var fft = new RealFft((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, 2 * samples.Length)));
        var buffer = Fitted([.. samples], fft.Length);
        var (real, imaginary) = (new float[fft.Bins], new float[fft.Bins]);
        fft.Forward(buffer, real, imaginary);
        for (var k = 0; k < fft.Bins; k++)
        {
            var hertz = (double)k * Rate / fft.Length;
            var outside = Math.Max(Lowest - hertz, hertz - Highest) / 100;
            var gain = (float)(outside <= 0 ? 1 : outside >= 1 ? 0 : 0.5 + (0.5 * Math.Cos(Math.PI * outside)));
            real[k] *= gain;
            imaginary[k] *= gain;
        }

        fft.Inverse(real, imaginary, buffer);
        return buffer[..samples.Length];
    }

    /// <summary>The samples, cut or filled with silence.</summary>
    private static float[] Fitted(float[] samples, int length)
    {
        Array.Resize(ref samples, length);
        return samples;
    }
}
