using FsCheck;
using FsCheck.Fluent;
using Undertone.Preprocessing;
using Undertone.Speech;

namespace Undertone.Tests.Preprocessing;

/// <summary>Voice activity, adaptive thresholds and segmentation, on the demo voice with pauses whose places are known.</summary>
public sealed class SilenceTests
{
    private const int Rate = 16000;

    private static readonly Lazy<Waveform> Short = new(() => Call(30, 0.3, 0.2, 0.5).Audio);

    [Theory]
    [InlineData(40)]
    [InlineData(10)]
    public void Speech_is_found_where_it_is(double snr)
    {
        var (audio, spoken) = Call(snr, 1.0, 1.0, 1.0);
        var regions = VoiceActivityDetection.Detect(audio, 0);
        var heard = new bool[audio.Samples.Length];
        foreach (var region in regions)
        {
            heard.AsSpan(region.Start, region.Length).Fill(true);
        }

        // Of the utterances most is found, of the pauses nearly nothing.
        double Share(bool wanted) => Enumerable.Range(0, heard.Length).Where(i => spoken[i] == wanted).Average(i => heard[i] ? 1.0 : 0);
        Share(true).ShouldBeGreaterThan(0.65);
        Share(false).ShouldBeLessThan(0.12);
    }

    [Fact]
    public void Ends_are_cut_with_a_hang_over_and_pauses_where_asked()
    {
        var (audio, spoken) = Call(40, 1.0, 1.5, 1.0);
        var ends = VoiceActivityDetection.Apply(audio, SilenceCut.Ends).Seconds;
        var pauses = VoiceActivityDetection.Apply(audio, SilenceCut.Pauses).Seconds;
        ends.ShouldBeLessThan(audio.Seconds - 1.4);
        pauses.ShouldBeLessThan(ends - 1);
        pauses.ShouldBeGreaterThan(0.7 * spoken.Count(s => s) / Rate);
        VoiceActivityDetection.Apply(audio, SilenceCut.Ends, 0.3).Seconds.ShouldBe(ends + 0.4, 0.01);
        VoiceActivityDetection.Apply(audio, SilenceCut.Ends, 100).Samples.ShouldBe(audio.Samples);
    }

    [Fact]
    public void Steady_noise_and_silence_are_no_speech()
    {
        var noise = new Waveform([.. Noise.White(3 * Rate, new SeededRandom(2)).Select(s => 0.1f * s)], Rate);
        VoiceActivityDetection.Detect(noise, 0).Sum(r => r.Length).ShouldBeLessThan(noise.Samples.Length / 20);
        var silence = new Waveform(new float[Rate], Rate);
        VoiceActivityDetection.Detect(silence).ShouldBeEmpty();
        VoiceActivityDetection.Apply(silence, SilenceCut.Pauses).ShouldBeSameAs(silence);
        VoiceActivityDetection.Detect(new Waveform([], Rate)).ShouldBeEmpty();
        VoiceActivityDetection.Detect(new Waveform([0.5f], Rate)).Sum(r => r.Length).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.01)]
    public void The_adaptive_threshold_drops_quiet_frames_whatever_the_gain(double gain)
    {
        // Six frames of 20 ms: quiet, loud, quiet, soft, quiet, half a frame loud.
        float[] amplitudes = [0.001f, 1, 0.001f, 0.2f, 0.002f, 0.9f];
        var samples = amplitudes.SelectMany((a, i) => Enumerable.Range(0, i == 5 ? 160 : 320).Select(n => (float)(gain * a * (n % 2 == 0 ? 1 : -1)))).ToArray();
        var result = AdaptiveThresholdSilenceRemoval.Apply(new Waveform(samples, Rate), 0.1).Samples;
        result.ShouldBe([.. samples[320..640], .. samples[960..1280], .. samples[1600..]]);
    }

    [Fact]
    public void What_has_no_quiet_frames_stays()
    {
        foreach (var samples in new float[][] { [], [0.3f], new float[5000], [.. Enumerable.Repeat(0.5f, 5000)] })
        {
            var audio = new Waveform(samples, Rate);
            AdaptiveThresholdSilenceRemoval.Apply(audio, 0.1).ShouldBeSameAs(audio);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => AdaptiveThresholdSilenceRemoval.Apply(new Waveform([], Rate), 1));
    }

    [Fact]
    public void A_call_is_cut_at_its_pauses()
    {
        var (audio, spoken) = Call(35, 1.0, 0.8, 1.0);
        var segments = Segmentation.Find(audio);
        segments.Count.ShouldBe(2);
        segments.ShouldAllBe(s => Segmentation.Cut(audio, s).Samples.Length == s.Length);
        foreach (var segment in segments)
        {
            Enumerable.Range(segment.Start, segment.Length).Average(i => spoken[i] ? 1.0 : 0).ShouldBeGreaterThan(0.7);
        }
    }

    [Fact]
    public void Segments_lie_apart_in_order_and_within_the_longest() => Prop.ForAll(
        Gen.Choose(3, 30).Select(n => n / 10.0).ToArbitrary(),
        longest =>
        {
            var audio = Short.Value;
            var segments = Segmentation.Find(audio, new SegmentationOptions { Longest = longest, Pause = 0.3 });
            return segments.Count > 0
                && segments.All(s => s.Start >= 0 && s.End <= audio.Samples.Length && s.Length > 0 && s.Length <= (longest * Rate) + 1)
                && segments.Zip(segments.Skip(1)).All(p => p.First.End <= p.Second.Start);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Silence_has_no_segments_and_impossible_lengths_are_refused()
    {
        Segmentation.Find(new Waveform(new float[Rate], Rate)).ShouldBeEmpty();
        Should.Throw<UndertoneException>(() => Segmentation.Find(new Waveform(new float[10], Rate), new SegmentationOptions { Longest = 0.1 }))
            .Message.ShouldContain("0.1");
    }

    /// <summary>Two utterances with pauses before, between and after, in white noise.</summary>
    private static (Waveform Audio, bool[] Spoken) Call(double snr, params double[] pauses)
    {
        var samples = new List<float>();
        var spoken = new List<bool>();
        for (var i = 0; i < pauses.Length; i++)
        {
            samples.AddRange(new float[(int)(pauses[i] * Rate)]);
            spoken.AddRange(new bool[(int)(pauses[i] * Rate)]);
            if (i < pauses.Length - 1)
            {
                var utterance = SilenceTrimming.Apply(DemoVoice.Speak(DemoSpeaker.All[i], "anger", i).Waveform, 30, 0).Samples;
                samples.AddRange(utterance);
                spoken.AddRange(Enumerable.Repeat(true, utterance.Length));
            }
        }

        var speech = new Waveform([.. samples], Rate);
        return (Noise.Mix(speech, Noise.White(samples.Count, new SeededRandom(3)), snr), [.. spoken]);
    }
}
