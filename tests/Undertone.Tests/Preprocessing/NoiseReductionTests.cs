using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Undertone.Preprocessing.NoiseReduction;
using Undertone.Speech;

namespace Undertone.Tests.Preprocessing;

/// <summary>Expected values come from Data/Preprocessing/make_preprocessing.py.</summary>
public sealed class NoiseReductionTests
{
    private const int Rate = 16000;

    [Fact]
    public void Minimum_statistics_give_the_noise_of_a_transcription_in_NumPy()
    {
        var transform = new ShortTimeFourier(Rate);
        var statistics = new MinimumStatistics(transform.Bins);
        var expected = Read("minimum-statistics.f32");
        var at = 0;
        transform.Analyse(Noisy.Samples, (frame, real, imaginary) =>
        {
            var power = new double[real.Length];
            for (var k = 0; k < power.Length; k++)
            {
                power[k] = ((double)real[k] * real[k]) + ((double)imaginary[k] * imaginary[k]);
            }

            statistics.Hear(power);
            for (var k = 0; frame % 10 == 0 && k < power.Length; k += 8)
            {
                statistics.Noise[k].ShouldBe(expected[at], 1e-3 * expected[at]);
                at++;
            }
        });
        at.ShouldBe(expected.Length);
    }

    [Fact]
    public void The_noise_of_steady_noise_is_its_power()
    {
        var transform = new ShortTimeFourier(Rate);
        var statistics = new MinimumStatistics(transform.Bins);
        var mean = new double[transform.Bins];
        var frames = 0;
        transform.Analyse(Noise.White(20 * Rate, new SeededRandom(1)), (_, real, imaginary) =>
        {
            var power = new double[real.Length];
            for (var k = 0; k < power.Length; k++)
            {
                power[k] = ((double)real[k] * real[k]) + ((double)imaginary[k] * imaginary[k]);
                mean[k] += power[k];
            }

            frames++;
            statistics.Hear(power);
        });

        // The bias of the minimum is undone: over all frequencies the estimate lies within a decibel and a half.
        var ratio = 10 * Math.Log10(statistics.Noise.ToArray().Sum() / (mean.Sum() / frames));
        ratio.ShouldBe(0, 1.5);
    }

    [Fact]
    public void Mmse_lsa_gives_the_samples_of_a_transcription_in_SciPy() =>
        ShouldMatch(MmseLsa.Apply(Noisy), "mmse-lsa.f32");

    [Fact]
    public void Spectral_gating_gives_the_samples_of_a_transcription_in_NumPy() =>
        ShouldMatch(SpectralGating.Apply(Noisy), "spectral-gating.f32");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Speech_in_white_noise_comes_nearer_to_clean_speech(bool gate)
    {
        var clean = DemoVoice.Speak(DemoSpeaker.All[0], "anger", 0).Waveform;
        var noisy = Noise.Mix(clean, Noise.White(clean.Samples.Length, new SeededRandom(5)), 5);
        var reduced = gate ? SpectralGating.Apply(noisy) : MmseLsa.Apply(noisy);
        SegmentalSnr.Of(clean, reduced).ShouldBeGreaterThan(SegmentalSnr.Of(clean, noisy) + 2);
    }

    [Fact]
    public void No_reduction_leaves_the_recording()
    {
        Noisy.Samples.Zip(SpectralGating.Apply(Noisy, 0).Samples).ShouldAllBe(p => MathF.Abs(p.First - p.Second) < 1e-6f);
        Noisy.Samples.Zip(MmseLsa.Apply(Noisy, 0).Samples).ShouldAllBe(p => MathF.Abs(p.First - p.Second) < 1e-6f);
    }

    [Fact]
    public void Odd_audio_stays_finite_and_keeps_its_length() => Prop.ForAll(
        Gen.Elements(0, 1, 2, 7, 320, 511, 5000).SelectMany(n => Gen.Elements(0, 1, 2).Select(kind => (n, kind))).ToArbitrary(),
        c =>
        {
            var samples = new float[c.n];
            for (var i = 0; i < c.n; i++)
            {
                samples[i] = c.kind switch { 0 => 0, 1 => i == c.n / 2 ? 1 : 0, _ => i % 100 < 50 ? 1 : -1 };
            }

            var audio = new Waveform(samples, Rate);
            return new[] { MmseLsa.Apply(audio), SpectralGating.Apply(audio) }
                .All(r => r.Samples.Length == c.n && r.Samples.All(float.IsFinite) && (c.kind != 0 || r.Samples.All(s => s == 0)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Segmental_snr_is_the_ratio_where_all_frames_have_it()
    {
        var clean = new Waveform([.. Enumerable.Range(0, 4800).Select(i => i % 2 == 0 ? 0.5f : -0.5f)], Rate);
        var noisy = clean with { Samples = Array.ConvertAll(clean.Samples, s => s * 1.1f) };
        SegmentalSnr.Of(clean, noisy).ShouldBe(20, 1e-3);
        SegmentalSnr.Of(clean, clean).ShouldBe(35);
        SegmentalSnr.Of(clean, clean with { Samples = Array.ConvertAll(clean.Samples, s => s * -9f) }).ShouldBe(-10);
        SegmentalSnr.Of(new Waveform(new float[4800], Rate), clean).ShouldBe(double.NaN);
        Should.Throw<ArgumentException>(() => SegmentalSnr.Of(clean, new Waveform([1f], Rate)));
    }

    private static Waveform Noisy => new(Read("noisy.f32"), Rate);

    private static float[] Read(string file) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Preprocessing", file))).ToArray();

    private static void ShouldMatch(Waveform result, string file)
    {
        var expected = Read(file);
        expected.Length.ShouldBe((result.Samples.Length + 7) / 8);
        for (var i = 0; i < expected.Length; i++)
        {
            result.Samples[8 * i].ShouldBe(expected[i], 1e-4f);
        }
    }
}
