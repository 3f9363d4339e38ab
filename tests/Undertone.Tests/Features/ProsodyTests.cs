using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Tests.Features;

public sealed class ProsodyTests
{
    private static readonly FeatureExtractor Prosody = new ProsodyOptions().CreateExtractor();
    private static readonly List<string> Names = [.. Prosody.Describe().Select(v => v.Name)];

    [Fact]
    public void A_melody_and_its_rhythm_are_measured()
    {
        // Five tones of 0.2 s, 0.2 s apart, each at a constant pitch two semitones above the one before.
        var samples = new float[32000];
        for (var i = 0; i < samples.Length; i++)
        {
            var (tone, within) = (i / 6400, i % 6400);
            if (within < 3200)
            {
                var hertz = 110 * Math.Pow(2, tone / 6.0);
                samples[i] = (float)(Math.Sin(Math.PI * within / 3200) * Enumerable.Range(1, 8).Sum(h => 0.2 / h * Math.Sin(2 * Math.PI * h * hertz * i / 16000)));
            }
        }

        var values = Measure(samples);
        values["F0_mean"].ShouldBe(24 + 4, 0.5);
        values["F0_percentile50"].ShouldBe(24 + 4, 0.1);
        values["F0_range5-95"].ShouldBe(8, 0.2);
        values["F0_stddev"].ShouldBe(Math.Sqrt(8), 0.2);
        values["F0_slope"].ShouldBe(5, 0.3);
        values["F0_meanChange"].ShouldBe(0, 10);
        values["F0_highPosition"].ShouldBe(0.85, 0.04);
        values["risingSlope_mean"].ShouldBeLessThan(3);
        values["syllablesPerSecond"].ShouldBe(2.5, 0.02);
        values["syllableInterval_mean"].ShouldBe(0.4, 0.02);
        values["syllableInterval_stddev"].ShouldBe(0, 0.02);
        values["voicedSegmentsPerSecond"].ShouldBe(2.5, 0.02);
        values["voicedSegment_mean"].ShouldBe(0.18, 0.04);
        values["unvoicedSegment_mean"].ShouldBe(0.2, 0.04);
        values["pausesPerSecond"].ShouldBe(2.5, 0.02);
        values["pauseShare"].ShouldBe(0.5, 0.1);
        values["periodicity_mean"].ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Loudness_moves_the_level_and_nothing_else()
    {
        var audio = DemoVoice.Speak(DemoSpeaker.All[0], "happiness", 2).Waveform;
        var loud = Measure(audio.Samples);
        var quiet = Measure([.. audio.Samples.Select(s => s / 2)]);
        foreach (var name in Names)
        {
            var level = name is "intensity_mean" or "intensity_percentile20" or "intensity_percentile50" or "intensity_percentile80" ? 20 * Math.Log10(2) : 0;
            (loud[name] - quiet[name]).ShouldBe(level, 1e-3 * Math.Max(1, Math.Abs(loud[name])), name);
        }
    }

    [Fact]
    public void The_demo_voices_pitch_and_rate_are_found()
    {
        var (pitch, rate) = (new List<(double Ours, double True)>(), new List<(double Ours, double True)>());
        foreach (var speaker in DemoSpeaker.All)
        {
            foreach (var emotion in new[] { "anger", "sadness" })
            {
                var (audio, truth) = DemoVoice.Speak(speaker, emotion, 3);
                var values = Measure(audio.Samples);
                pitch.Add((values["F0_mean"], 12 * Math.Log2(truth.MeanPitch / 27.5)));
                rate.Add((values["syllablesPerSecond"], truth.Syllables / audio.Seconds));
            }
        }

        pitch.ShouldAllBe(p => Math.Abs(p.Ours - p.True) < 1);
        Correlation(rate).ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public void Audio_without_a_voice_has_no_melody()
    {
        var random = new Random(1);
        var values = Measure([.. Enumerable.Range(0, 3200).Select(_ => 0.01f * (random.NextSingle() - 0.5f))]);
        values["voicedShare"].ShouldBeLessThan(0.15);
        Measure(new float[3200]).Where(v => v.Key.StartsWith("F0", StringComparison.Ordinal)).ShouldAllBe(v => v.Value == 0);
    }

    private static Dictionary<string, double> Measure(float[] samples) =>
        Names.Zip(Prosody.Extract(new Waveform(samples, 16000)).Values).ToDictionary(v => v.First, v => (double)v.Second);

    private static double Correlation(List<(double Ours, double True)> pairs)
    {
        var (a, b) = (pairs.Average(p => p.Ours), pairs.Average(p => p.True));
        return pairs.Sum(p => (p.Ours - a) * (p.True - b)) / Math.Sqrt(pairs.Sum(p => (p.Ours - a) * (p.Ours - a)) * pairs.Sum(p => (p.True - b) * (p.True - b)));
    }
}
