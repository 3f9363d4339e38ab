using System.Numerics;

namespace Undertone.Speech;

/// <summary>Kinds of noise that need no recordings.</summary>
public enum NoiseKind
{
    /// <summary>The same power at every frequency.</summary>
    White,

    /// <summary>Power that falls by 3 dB an octave.</summary>
    Pink,

    /// <summary>Several people speaking at once.</summary>
    Babble,
}

/// <summary>Makes noise and mixes it into speech at a signal-to-noise ratio.</summary>
public static class Noise
{
    /// <summary>Talkers of babble: from about six on, no single one is understood.</summary>
    private const int Talkers = 8;

    /// <summary>Makes noise; babble is of synthetic talkers (<see cref="DemoVoice"/>).</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="length">The number of samples.</param>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    /// <param name="random">Where it comes from.</param>
    /// <returns>As many samples as asked for, of no certain level.</returns>
    public static float[] Make(NoiseKind kind, int length, int sampleRate, SeededRandom random) => kind switch
    {
        NoiseKind.White => White(length, random),
        NoiseKind.Pink => Pink(length, random),
        _ => SyntheticBabble(length, sampleRate, random),
    };

    /// <summary>White noise of the normal distribution.</summary>
    /// <param name="length">The number of samples.</param>
    /// <param name="random">Where it comes from.</param>
    /// <returns>Samples of variance 1.</returns>
    public static float[] White(int length, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var samples = new float[length];
        for (var i = 0; i < length; i++)
        {
            samples[i] = (float)random.NextGaussian();
        }

        return samples;
    }

    /// <summary>
    /// Pink noise: white noise whose spectrum is divided by the root of the frequency (Timmer and König 1995, On generating
    /// power law noise, Astronomy and Astrophysics 300, 707). Constant below 20 Hz, where nothing is heard.
    /// </summary>
    /// <param name="length">The number of samples.</param>
    /// <param name="random">Where it comes from.</param>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    /// <returns>Samples of no certain level.</returns>
    public static float[] Pink(int length, SeededRandom random, int sampleRate = Waveform.StandardRate)
    {
        ArgumentNullException.ThrowIfNull(random);
        var fft = new RealFft((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, length)));
        var white = White(fft.Length, random);
        var (real, imaginary) = (new float[fft.Bins], new float[fft.Bins]);
        fft.Forward(white, real, imaginary);
        var lowest = 20.0 * fft.Length / sampleRate;
        real[0] = imaginary[0] = 0;
        for (var k = 1; k < fft.Bins; k++)
        {
            var gain = (float)(1 / Math.Sqrt(Math.Max(k, lowest)));
            real[k] *= gain;
            imaginary[k] *= gain;
        }

        fft.Inverse(real, imaginary, white);
        return white[..length];
    }

    /// <summary>
    /// Babble: recordings at one level, each repeated from a random place until the noise is long enough, and summed.
    /// </summary>
    /// <param name="talkers">At least one recording, all of one sample rate; silent ones do not count.</param>
    /// <param name="length">The number of samples.</param>
    /// <param name="random">Where the places come from.</param>
    /// <returns>Samples of no certain level.</returns>
    public static float[] Babble(IReadOnlyList<Waveform> talkers, int length, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(talkers);
        ArgumentNullException.ThrowIfNull(random);
        var sum = new float[length];
        foreach (var talker in talkers)
        {
            var samples = talker.Samples;
            var power = Power(samples);
            var start = samples.Length == 0 ? 0 : random.NextInt(samples.Length);
            if (power == 0)
            {
                continue;
            }

            var gain = (float)(1 / Math.Sqrt(power));
            for (var i = 0; i < length; i++)
            {
                sum[i] += gain * samples[(start + i) % samples.Length];
            }
        }

        return sum;
    }

    /// <summary>Adds noise to a recording.</summary>
    /// <param name="speech">Mono audio.</param>
    /// <param name="noise">Noise of the same length.</param>
    /// <param name="decibels">The signal-to-noise ratio wanted: ten times the logarithm of the ratio of both powers over the whole recording.</param>
    /// <returns>The mixture, the speech in it at its own level; the recording itself where it or the noise is digital silence.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Waveform Mix(Waveform speech, float[] noise, double decibels)
    {
        ArgumentNullException.ThrowIfNull(speech);
        ArgumentNullException.ThrowIfNull(noise);
        var samples = speech.Samples;
        if (noise.Length != samples.Length)
        {
            throw new ArgumentException($"{noise.Length} samples of noise for {samples.Length} of speech; expected as many.", nameof(noise));
        }

        var (signal, disturbance) = (Power(samples), Power(noise));
        if (signal == 0 || disturbance == 0)
        {
            return speech;
        }

        var gain = (float)Math.Sqrt(signal / disturbance * Math.Pow(10, -decibels / 10));
        var mixed = new float[samples.Length];
        for (var i = 0; i < mixed.Length; i++)
        {
            mixed[i] = samples[i] + (gain * noise[i]);
        }

        return speech with { Samples = mixed };
    }

    private static float[] SyntheticBabble(int length, int sampleRate, SeededRandom random)
    {
        var talkers = new List<Waveform>();
        for (var i = 0; i < Talkers; i++)
        {
            var speaker = DemoSpeaker.All[i % DemoSpeaker.All.Count];
            var emotion = DemoVoice.Emotions[random.NextInt(DemoVoice.Emotions.Count)];
            var spoken = DemoVoice.Speak(speaker, emotion, random.NextInt(DemoVoice.Sentences), random.NextInt(1000)).Waveform;
            talkers.Add(spoken.SampleRate == sampleRate ? spoken : Resampler.Resample(spoken, sampleRate));
        }

        return Babble(talkers, length, random);
    }

    private static double Power(float[] samples)
    {
        double sum = 0;
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
        }

        return samples.Length == 0 ? 0 : sum / samples.Length;
    }
}
