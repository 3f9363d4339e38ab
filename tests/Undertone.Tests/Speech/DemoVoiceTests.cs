using Undertone.Speech;

namespace Undertone.Tests.Speech;

public class DemoVoiceTests
{
    private static readonly DemoSpeaker Woman = DemoSpeaker.All.First(s => s.Gender == "female");
    private static readonly DemoSpeaker Man = DemoSpeaker.All.First(s => s.Gender == "male");

    [Fact]
    public void TheSameArgumentsGiveTheSameSamplesAndOthersDoNot()
    {
        var a = DemoVoice.Speak(Woman, "anger", 2).Waveform;

        DemoVoice.Speak(Woman, "anger", 2).Waveform.Samples.ShouldBe(a.Samples);
        AudioHash.Of(DemoVoice.Speak(Woman, "anger", 2, take: 1).Waveform).ShouldNotBe(AudioHash.Of(a));
        AudioHash.Of(DemoVoice.Speak(Woman, "anger", 2, seed: 1).Waveform).ShouldNotBe(AudioHash.Of(a));
        AudioHash.Of(DemoVoice.Speak(Man, "anger", 2).Waveform).ShouldNotBe(AudioHash.Of(a));
    }

    [Fact]
    public void EveryUtteranceIsFiniteAndLouderThanTheRoomAndNotClipped()
    {
        foreach (var emotion in DemoVoice.Emotions)
        {
            for (var sentence = 0; sentence < DemoVoice.Sentences; sentence++)
            {
                var (audio, truth) = DemoVoice.Speak(Woman, emotion, sentence);
                audio.SampleRate.ShouldBe(16000);
                audio.Seconds.ShouldBeInRange(0.7, 5);
                audio.Samples.ShouldAllBe(s => float.IsFinite(s) && Math.Abs(s) < 1);
                truth.LevelDb.ShouldBeInRange(-50, -6);
                truth.Frames.ShouldBe((int)((audio.Seconds - 0.001) / DemoTruth.HopSeconds) + 1);
                truth.Formants.Length.ShouldBe(5);
                truth.Formants.ShouldAllBe(f => f.Length == truth.Frames);
                ((double)truth.Pitch.Count(p => p > 0) / truth.Frames).ShouldBeInRange(0.3, 0.95);
            }
        }
    }

    [Theory]
    [InlineData("f1", 'a', 220)]
    [InlineData("f3", 'i', 310)]
    [InlineData("m1", 'o', 110)]
    [InlineData("m2", 'e', 80.5)]
    [InlineData("m4", 'u', 147.3)]
    public void TheMeasuredPitchOfAVowelIsTheTrueOne(string speaker, char vowel, double pitch)
    {
        var (audio, truth) = DemoVoice.Vowel(DemoSpeaker.All.First(s => s.Id == speaker), vowel, pitch, 0.6, jitter: 0.005, shimmer: 0.03, breath: 0.02);

        truth.MeanPitch.ShouldBe(pitch, pitch * 0.01);
        for (var centre = 3200; centre < audio.Samples.Length - 3200; centre += 1600)
        {
            AutocorrelationPitch(audio.Samples.AsSpan(centre - 800, 1600)).ShouldBe(pitch, pitch * 0.03);
        }
    }

    [Fact]
    public void TheTruePitchOfASentenceIsWhatAutocorrelationFindsInItsVowels()
    {
        var (audio, truth) = DemoVoice.Speak(Man, "neutral", 0);
        var errors = new List<double>();
        for (var i = 10; i < truth.Frames - 10; i++)
        {
            // Only where the voice is steady for the whole window, as the measurement supposes.
            var around = truth.Pitch[(i - 8)..(i + 9)];
            if (around.Min() > 0 && around.Max() / around.Min() < 1.08)
            {
                var measured = AutocorrelationPitch(audio.Samples.AsSpan((i * 80) - 560, 1120));
                errors.Add(Math.Abs(measured - truth.Pitch[i]) / truth.Pitch[i]);
            }
        }

        errors.Count.ShouldBeGreaterThan(50);
        errors.Order().ElementAt(errors.Count / 2).ShouldBeLessThan(0.03);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('e')]
    [InlineData('i')]
    public void LinearPredictionFindsTheTrueFormants(char vowel)
    {
        var (audio, truth) = DemoVoice.Vowel(Man, vowel, 90, 0.5);

        var peaks = LinearPredictionPeaks(audio.Samples.AsSpan(2000, 4000));

        foreach (var formant in truth.Formants.Take(3).Select(f => f[50]))
        {
            peaks.Min(p => Math.Abs(p - formant)).ShouldBeLessThan(0.08f * formant, $"formant {formant} Hz, peaks {string.Join(' ', peaks)}");
        }
    }

    [Theory]
    [InlineData(0.005, 0.02)]
    [InlineData(0.02, 0.1)]
    public void JitterAndShimmerAreWhatWasAskedFor(double jitter, double shimmer)
    {
        var truth = DemoVoice.Vowel(Woman, 'a', 200, 20, jitter, shimmer).Truth;

        truth.Periods.Count.ShouldBeInRange(3990, 4010);
        truth.Jitter.ShouldBe(jitter, jitter * 0.05);
        truth.Shimmer.ShouldBe(shimmer, shimmer * 0.05);
    }

    [Fact]
    public void ASteadyVowelHasNoJitter()
    {
        var truth = DemoVoice.Vowel(Man, 'o', 100).Truth;
        truth.Jitter.ShouldBe(0);
        truth.Shimmer.ShouldBe(0);
        truth.PitchDeviation.ShouldBe(0, 1e-9);
        truth.Periods.Skip(1).ShouldAllBe(p => p.Continues);
    }

    [Fact]
    public void EmotionsDifferInTheDirectionsOfTheLiterature()
    {
        DemoTruth[] All(string emotion) =>
            [.. from s in DemoSpeaker.All from t in new[] { 0, 3 } select DemoVoice.Speak(s, emotion, t).Truth];
        var (anger, neutral, sadness) = (All("anger"), All("neutral"), All("sadness"));

        anger.Average(t => t.MeanPitch).ShouldBeGreaterThan(neutral.Average(t => t.MeanPitch));
        sadness.Average(t => t.MeanPitch).ShouldBeLessThan(neutral.Average(t => t.MeanPitch));
        anger.Average(t => t.LevelDb).ShouldBeGreaterThan(neutral.Average(t => t.LevelDb) + 3);
        sadness.Average(t => t.LevelDb).ShouldBeLessThan(neutral.Average(t => t.LevelDb) - 3);
        anger.Average(t => t.Rate).ShouldBeGreaterThan(neutral.Average(t => t.Rate));
        sadness.Average(t => t.Rate).ShouldBeLessThan(neutral.Average(t => t.Rate));
        anger.Average(t => t.TiltDb).ShouldBeLessThan(sadness.Average(t => t.TiltDb));
    }

    [Fact]
    public void ImpossibleWishesAreRefused()
    {
        Should.Throw<ArgumentException>(() => DemoVoice.Speak(Man, "angr", 0)).Message.ShouldContain("did you mean 'anger'");
        Should.Throw<ArgumentOutOfRangeException>(() => DemoVoice.Speak(Man, "anger", DemoVoice.Sentences));
        Should.Throw<ArgumentException>(() => DemoVoice.Vowel(Man, 'x', 100));
        Should.Throw<ArgumentException>(() => DemoVoice.Vowel(Man, 'a', double.NaN));
        Should.Throw<ArgumentException>(() => DemoVoice.Vowel(Man, 'a', 100, 0));
    }

    // The lag of the highest normalised autocorrelation, refined by a parabola; of near-equal peaks the shortest lag.
    private static double AutocorrelationPitch(ReadOnlySpan<float> x)
    {
        var (shortest, longest) = (16000 / 450, 16000 / 60);
        var r = new double[longest + 2];
        for (var lag = shortest - 1; lag <= longest + 1; lag++)
        {
            double xy = 0, xx = 0, yy = 0;
            for (var i = 0; i + lag < x.Length; i++)
            {
                xy += x[i] * x[i + lag];
                xx += x[i] * x[i];
                yy += x[i + lag] * x[i + lag];
            }

            r[lag] = xy / Math.Sqrt(xx * yy);
        }

        var best = r[shortest..(longest + 1)].Max();
        for (var lag = shortest; lag <= longest; lag++)
        {
            if (r[lag] > 0.9 * best && r[lag] >= r[lag - 1] && r[lag] >= r[lag + 1])
            {
                var bend = r[lag - 1] - (2 * r[lag]) + r[lag + 1];
                return 16000 / (lag + (bend == 0 ? 0 : 0.5 * (r[lag - 1] - r[lag + 1]) / bend));
            }
        }

        return 0;
    }

    // Peaks in Hz of the all-pole spectrum of order 14 after pre-emphasis: Levinson's recursion.
    private static List<float> LinearPredictionPeaks(ReadOnlySpan<float> samples)
    {
        const int Order = 14;
        var x = new double[samples.Length - 1];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = (samples[i + 1] - (0.97 * samples[i])) * (0.54 - (0.46 * Math.Cos(2 * Math.PI * i / (x.Length - 1))));
        }

        var r = Enumerable.Range(0, Order + 1).Select(lag => Enumerable.Range(0, x.Length - lag).Sum(i => x[i] * x[i + lag])).ToArray();
        var a = new double[Order + 1];
        a[0] = 1;
        var error = r[0];
        for (var i = 1; i <= Order; i++)
        {
            var k = -Enumerable.Range(0, i).Sum(j => a[j] * r[i - j]) / error;
            var before = (double[])a.Clone();
            for (var j = 1; j <= i; j++)
            {
                a[j] = before[j] + (k * before[i - j]);
            }

            error *= 1 - (k * k);
        }

        double Gain(double hertz)
        {
            double re = 0, im = 0;
            for (var j = 0; j <= Order; j++)
            {
                re += a[j] * Math.Cos(2 * Math.PI * hertz / 16000 * j);
                im += a[j] * Math.Sin(2 * Math.PI * hertz / 16000 * j);
            }

            return 1 / ((re * re) + (im * im));
        }

        var peaks = new List<float>();
        for (var hertz = 150; hertz < 5500; hertz += 5)
        {
            if (Gain(hertz) > Gain(hertz - 5) && Gain(hertz) >= Gain(hertz + 5))
            {
                peaks.Add(hertz);
            }
        }

        return peaks;
    }
}
