using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Tests.Features;

/// <summary>Jitter, shimmer and harmonics-to-noise ratio against what is true of the sound: the demo voice, trains of pulses, noise of known level.</summary>
public sealed class VoiceQualityTests
{
    private static readonly Compare2016 Frames = new(new Compare2016Options());
    private static readonly FeatureExtractor Geneva = new EGeMapsOptions().CreateExtractor();
    private static readonly List<string> GenevaNames = [.. Geneva.Describe().Select(d => d.Name)];

    // Waveform matching finds the shift at which two periods are most alike, which is a mean of both: of the demo voice's
    // jitter, independent from period to period, it sees two fifths to a half (0.3 to 0.55 in a vowel of a second and a half).
    [Theory]
    [InlineData("f1", 210)]
    [InlineData("m1", 120)]
    [InlineData("m2", 120)]
    public void Jitter_follows_the_demo_voice(string speaker, double pitch)
    {
        foreach (var vowel in "ai")
        {
            var vowels = new[] { 0, 0.003, 0.01, 0.02, 0.03 }.Select(j => Vowel(speaker, vowel, pitch, jitter: j)).ToList();
            var truth = vowels.Select(v => v.Truth.Jitter).ToArray();
            foreach (var measured in (double[][])[
                [.. vowels.Select(v => Mean(v.Waveform, "jitterLocal_sma"))],
                [.. vowels.Select(v => Mean(v.Waveform, "jitterDDP_sma"))],
                [.. vowels.Select(v => Value(v.Waveform, "jitterLocal_sma3nz_amean"))]])
            {
                Correlation(truth, measured).ShouldBeGreaterThan(0.95);
                measured[0].ShouldBeLessThan(0.0005);
                (measured[^1] / truth[^1]).ShouldBeInRange(0.2, 0.6);
            }
        }
    }

    // The amplitude is that of the wave in the period, in which the vowel's resonances of the pulse before still ring: they
    // add some to a steady voice and smooth a shimmering one.
    [Theory]
    [InlineData("f1", 210)]
    [InlineData("m1", 120)]
    [InlineData("m2", 120)]
    public void Shimmer_follows_the_demo_voice(string speaker, double pitch)
    {
        foreach (var vowel in "ai")
        {
            var vowels = new[] { 0, 0.03, 0.08, 0.15 }.Select(s => Vowel(speaker, vowel, pitch, shimmer: s)).ToList();
            var truth = vowels.Select(v => v.Truth.Shimmer).ToArray();
            foreach (var measured in (double[][])[
                [.. vowels.Select(v => Mean(v.Waveform, "shimmerLocal_sma"))],
                [.. vowels.Select(v => Math.Pow(10, Value(v.Waveform, "shimmerLocaldB_sma3nz_amean") / 20) - 1)]])
            {
                Correlation(truth, measured).ShouldBeGreaterThan(0.95);
                measured[0].ShouldBeLessThan(0.02);
                (measured[^1] / truth[^1]).ShouldBeInRange(0.6, 1.1);
            }
        }
    }

    [Theory]
    [InlineData("100 104", "1", 4 / 102.0, 0)]
    [InlineData("80 81", "1 0.8", 1 / 80.5, 0.2 / 0.9)]
    [InlineData("120 120 126", "1", 4 / 122.0, 0)]
    [InlineData("80", "1 0.9", 0, 0.1 / 0.95)]
    public void Planted_jitter_and_shimmer_of_a_train_of_pulses_are_found(string lengths, string amplitudes, double jitter, double shimmer)
    {
        var train = Train([.. lengths.Split(' ').Select(int.Parse)], [.. amplitudes.Split(' ').Select(a => 0.3 * double.Parse(a))]);
        Mean(train, "jitterLocal_sma").ShouldBe(jitter, (0.12 * jitter) + 0.0003);
        Mean(train, "shimmerLocal_sma").ShouldBe(shimmer, (0.08 * shimmer) + 0.008);
        Value(train, "jitterLocal_sma3nz_amean").ShouldBe(jitter, (0.12 * jitter) + 0.0003);
        Value(train, "shimmerLocaldB_sma3nz_amean").ShouldBe(20 * Math.Log10(1 + shimmer), 0.09);
    }

    // The mean of n periods still holds a share 1/n of the noise, so the ratio lies up to 4 dB above the true one, and rises
    // with it dB by dB.
    [Theory]
    [InlineData(100)]
    [InlineData(160)]
    [InlineData(250)]
    public void Harmonics_to_noise_ratio_is_that_of_the_mixture(double pitch)
    {
        var ratios = new[] { 5.0, 10, 15, 20, 30 };
        var measured = ratios.Select(r => VoicedMean(Mixture(pitch, r), "logHNR_sma")).ToArray();
        for (var i = 0; i < ratios.Length; i++)
        {
            (measured[i] - ratios[i]).ShouldBeInRange(0, 4);
        }

        for (var i = 2; i < ratios.Length; i++)
        {
            (measured[i] - measured[i - 1]).ShouldBe(ratios[i] - ratios[i - 1], 0.7);
        }
    }

    // By the autocorrelation of a windowed frame, whose peak falls with the lag: low periods have a ceiling.
    [Fact]
    public void Harmonics_to_noise_ratio_by_autocorrelation_rises_with_that_of_the_mixture()
    {
        foreach (var pitch in new[] { 160.0, 250 })
        {
            var measured = new[] { 0.0, 5, 10, 15, 20 }.Select(r => Value(Mixture(pitch, r), "HNRdBACF_sma3nz_amean")).ToArray();
            measured.ShouldBe(measured.Order());
            measured[0].ShouldBe(0, 1);
            measured[1].ShouldBe(5, 1.5);
        }
    }

    private static DemoUtterance Vowel(string speaker, char vowel, double pitch, double jitter = 0, double shimmer = 0) =>
        DemoVoice.Vowel(DemoSpeaker.All.Single(s => s.Id == speaker), vowel, pitch, 1.5, jitter, shimmer);

    private static double Mean(Waveform wave, string descriptor) => Values(wave, descriptor).Where(v => v != 0).DefaultIfEmpty(0).Average();

    private static double VoicedMean(Waveform wave, string descriptor) => Values(wave, descriptor).Where(v => v > -50).Average();

    private static IEnumerable<double> Values(Waveform wave, string descriptor)
    {
        var frames = Frames.Descriptors(wave);
        var at = Frames.DescriptorNames.ToList().IndexOf(descriptor);
        return Enumerable.Range(0, frames.Frames).Select(f => (double)frames[f][at]);
    }

    private static double Value(Waveform wave, string name) => Geneva.Extract(wave).Values[GenevaNames.IndexOf(name)];

    /// <summary>Decaying tones of 700 Hz, one behind the other.</summary>
    private static Waveform Train(int[] lengths, double[] amplitudes)
    {
        var samples = new float[24000];
        for (var (at, i) = (200, 0); at + 300 < samples.Length; at += lengths[i % lengths.Length], i++)
        {
            for (var n = 0; n < 300; n++)
            {
                samples[at + n] += (float)(amplitudes[i % amplitudes.Length] * Math.Exp(-n / 20.0) * Math.Sin(2 * Math.PI * n * 700 / 16000));
            }
        }

        return new Waveform(samples, 16000);
    }

    /// <summary>Harmonics and white noise at a ratio of so many dB.</summary>
    private static Waveform Mixture(double pitch, double ratio)
    {
        var random = new Random(5);
        var harmonics = Enumerable.Range(0, 24000)
            .Select(n => Enumerable.Range(1, 20).Sum(h => 0.1 / h * Math.Cos((2 * Math.PI * pitch * h * n / 16000) + h)))
            .ToArray();
        var deviation = Math.Sqrt(harmonics.Average(h => h * h) / Math.Pow(10, ratio / 10));
        return new Waveform([.. harmonics.Select(h => (float)(h + (deviation * Gaussian())))], 16000);

        double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private static double Correlation(double[] x, double[] y) => MathNet.Numerics.Statistics.Correlation.Pearson(x, y);
}
