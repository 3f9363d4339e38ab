using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Tests.Features;

public sealed class AutocorrelationPitchTests
{
    [Theory]
    [InlineData(70)]
    [InlineData(123.4)]
    [InlineData(220)]
    [InlineData(587.3)]
    public void The_pitch_of_a_buzz_is_found(double hertz)
    {
        var contour = new AutocorrelationPitch().Track([.. Enumerable.Range(0, 16000).Select(i => Buzz(hertz * i / 16000))]);
        contour.Hertz.Length.ShouldBe(101);
        for (var frame = 5; frame < 95; frame++)
        {
            contour.Hertz[frame].ShouldBe((float)hertz, (float)hertz * 0.005f, $"frame {frame}");
            contour.Strength[frame].ShouldBeGreaterThan(0.95f);
        }
    }

    [Fact]
    public void A_glide_is_followed_and_a_gap_is_no_voice()
    {
        double Phase(double t) => (100 * t) + (75 * t * t);
        float[] signal = [.. Enumerable.Range(0, 32000).Select(i => i is > 12000 and < 20000 ? 0 : Buzz(Phase(i / 16000.0)))];
        var contour = new AutocorrelationPitch().Track(signal);
        foreach (var frame in Enumerable.Range(5, 65).Concat(Enumerable.Range(130, 65)))
        {
            contour.Hertz[frame].ShouldBe(100 + (1.5f * frame), 3, $"frame {frame}");
        }

        contour.Hertz[80..120].ShouldAllBe(h => h == 0);
        contour.Strength[80..120].ShouldAllBe(s => s == 0);
    }

    [Fact]
    public void Noise_silence_and_a_constant_have_no_voice()
    {
        var random = new Random(5);
        new AutocorrelationPitch().Track([.. Enumerable.Range(0, 16000).Select(_ => random.NextSingle() - 0.5f)]).Hertz.Count(h => h > 0).ShouldBeLessThan(8);
        new AutocorrelationPitch().Track(new float[8000]).Hertz.ShouldAllBe(h => h == 0);
        new AutocorrelationPitch().Track([.. Enumerable.Repeat(0.7f, 8000)]).Hertz[2..^2].ShouldAllBe(h => h == 0);
        new AutocorrelationPitch().Track([0.5f]).Hertz.ShouldBe([0]);
    }

    [Fact]
    public void The_demo_voices_true_pitch_is_found()
    {
        int voiced = 0, gross = 0, wrong = 0, frames = 0;
        var fine = new List<double>();
        var pitch = new AutocorrelationPitch();
        foreach (var speaker in DemoSpeaker.All)
        {
            foreach (var emotion in new[] { "anger", "neutral", "sadness" })
            {
                var (audio, truth) = DemoVoice.Speak(speaker, emotion, 1);
                var contour = pitch.Track(audio.Samples);
                for (var frame = 0; frame < contour.Hertz.Length && 2 * frame < truth.Frames; frame++)
                {
                    var (ours, real) = (contour.Hertz[frame], truth.Pitch[2 * frame]);
                    frames++;
                    wrong += ours > 0 != real > 0 ? 1 : 0;
                    if (ours > 0 && real > 0)
                    {
                        var error = Math.Abs((ours / real) - 1.0);
                        voiced++;
                        gross += error > 0.2 ? 1 : 0;
                        fine.Add(error);
                    }
                }
            }
        }

        ((double)gross / voiced).ShouldBeLessThan(0.02, "gross errors");
        ((double)wrong / frames).ShouldBeLessThan(0.15, "voicing errors");
        fine.Order().ElementAt(fine.Count / 2).ShouldBeLessThan(0.01, "median error");
    }

    [Fact]
    public void An_impossible_range_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new AutocorrelationPitch(lowest: 300, highest: 200));
        Should.Throw<ArgumentOutOfRangeException>(() => new AutocorrelationPitch(highest: 5000));
        Should.Throw<ArgumentOutOfRangeException>(() => new AutocorrelationPitch(hopSeconds: 0));
    }

    // Eight harmonics, falling.
    private static float Buzz(double cycles) => (float)Enumerable.Range(1, 8).Sum(h => 0.2 / h * Math.Sin(2 * Math.PI * h * cycles));
}
