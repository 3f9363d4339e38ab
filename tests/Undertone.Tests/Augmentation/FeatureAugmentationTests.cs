using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Tests.Augmentation;

public class FeatureAugmentationTests
{
    [Fact]
    public void StretchingKeepsARampARampAndChangesItsLengthWithinBounds()
    {
        var ramp = new FeatureMatrix([.. Enumerable.Range(0, 100).Select(i => (float)i)], 100, 1);
        var stretch = new TimeStretch(0.2);
        var random = new SeededRandom(1);
        var seen = new HashSet<int>();
        for (var i = 0; i < 50; i++)
        {
            var result = stretch.Apply(ramp, random);
            seen.Add(result.Frames);
            result.Frames.ShouldBeInRange(83, 125);
            // Frame centres map onto frame centres, so the middle stays the middle.
            ((result.Values[0] + result.Values[^1]) / 2).ShouldBe(49.5f, 0.01f);
            var step = 100f / result.Frames;
            (result.Values[30] - result.Values[29]).ShouldBe(step, 1e-3f);
        }

        seen.Count.ShouldBeGreaterThan(10);
        ramp.Values[7].ShouldBe(7);
    }

    [Fact]
    public void ShiftingMovesBandsAndRepeatsTheEdge()
    {
        var random = new SeededRandom(3);
        var features = new FeatureMatrix([0, 1, 2, 3, 4, 10, 11, 12, 13, 14], 1, 10);
        for (var i = 0; i < 20; i++)
        {
            var result = new FrequencyShift(2, bands: 5).Apply(features, random);
            // The same distance in both spectrograms of the frame; the middle band is never at an edge.
            var moved = result.Values[2] - 2;
            moved.ShouldBeInRange(-2, 2);
            (result.Values[7] - 12).ShouldBe(moved, 1e-5f);
            result.Values.ShouldAllBe(v => v >= 0 && v <= 14);
        }
    }

    [Fact]
    public void MasksAreZeroWithinTheirBoundsAndTheInputStaysAsItWas()
    {
        var random = new SeededRandom(5);
        var settings = new SpecAugmentSettings { FrequencyMasks = 1, FrequencyWidth = 3, TimeMasks = 1, TimeWidth = 10 };
        var features = new FeatureMatrix([.. Enumerable.Repeat(1f, 40 * 8)], 40, 8);
        for (var i = 0; i < 50; i++)
        {
            var result = new SpecAugment(settings, bands: 8).Apply(features, random);
            var maskedFrames = Enumerable.Range(0, 40).Count(t => result[t].ToArray().All(v => v == 0));
            var maskedBands = Enumerable.Range(0, 8).Count(b => Enumerable.Range(0, 40).All(t => result[t][b] == 0));
            maskedFrames.ShouldBeInRange(0, 10);
            maskedBands.ShouldBeInRange(0, 3);
            result.Values.Count(v => v == 0).ShouldBe((maskedFrames * 8) + (maskedBands * (40 - maskedFrames)));
        }

        features.Values.ShouldAllBe(v => v == 1);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(1.1)]
    public void SpeedMovesPitchAndLengthTogether(double speed)
    {
        var tone = new Waveform([.. Enumerable.Range(0, 16000).Select(i => (float)Math.Sin(2 * Math.PI * 200 * i / 16000))], 16000);

        var result = SpeedPerturbation.Apply(tone, speed);

        result.SampleRate.ShouldBe(16000);
        ((double)result.Samples.Length).ShouldBe(16000 / speed, 2);
        var crossings = Enumerable.Range(1000, result.Samples.Length - 2000).Count(i => result.Samples[i] < 0 && result.Samples[i + 1] >= 0);
        var hertz = crossings / ((result.Samples.Length - 2000) / 16000.0);
        hertz.ShouldBe(200 * speed, 2);
        SpeedPerturbation.HashOf("abc", speed).ShouldNotBe("abc");
        SpeedPerturbation.HashOf("", speed).ShouldBeEmpty();
    }
}
