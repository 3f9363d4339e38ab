using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Tests.Features;

public sealed class FormantTrackerTests
{
    [Theory]
    [InlineData("m1", 5000)]
    [InlineData("f1", 5500)]
    public void Formants_are_those_of_the_demo_voice(string speaker, double ceiling)
    {
        var utterance = DemoVoice.Speak(DemoSpeaker.All.Single(s => s.Id == speaker), "neutral", 0);
        var track = new FormantTracker(new FormantOptions { Ceiling = ceiling }).Track(utterance.Waveform);

        for (var formant = 0; formant < 3; formant++)
        {
            var errors = new List<double>();
            for (var frame = 0; frame < track.Frames; frame++)
            {
                // The middle of the frame, where the voice sounds throughout.
                var instant = (int)Math.Round(((frame * 0.01) + 0.0125) / DemoTruth.HopSeconds);
                if (instant + 4 < utterance.Truth.Frames && instant >= 4 && Enumerable.Range(instant - 4, 9).All(i => utterance.Truth.Pitch[i] > 0))
                {
                    var truth = utterance.Truth.Formants[formant][instant];
                    errors.Add(Math.Abs(track.Frequencies[(frame * 3) + formant] - truth) / truth);
                }
            }

            errors.Count.ShouldBeGreaterThan(30);
            errors.Order().ElementAt(errors.Count / 2).ShouldBeLessThan(0.12, $"F{formant + 1}");
        }
    }

    [Fact]
    public void A_single_resonance_is_found_with_its_bandwidth()
    {
        // A two-pole resonator of 1500 Hz and 100 Hz bandwidth, struck every 10 ms.
        var (radius, angle) = (Math.Exp(-Math.PI * 100 / 16000), 2 * Math.PI * 1500 / 16000);
        var samples = new float[16000];
        var (one, two) = (0.0, 0.0);
        for (var n = 0; n < samples.Length; n++)
        {
            var next = (n % 160 == 0 ? 0.5 : 0) + (2 * radius * Math.Cos(angle) * one) - (radius * radius * two);
            (one, two) = (next, one);
            samples[n] = (float)next;
        }

        var track = new FormantTracker(new FormantOptions { Formants = 1, Order = 4, PreEmphasis = 0 }).Track(new Waveform(samples, 16000));
        track.Frequencies[50].ShouldBe(1500, 30);
        track.Bandwidths[50].ShouldBe(100, 60);
    }

    [Fact]
    public void Silence_has_no_formants_and_impossible_settings_are_refused()
    {
        var track = new FormantTracker(new FormantOptions()).Track(new Waveform(new float[1600], 16000));
        track.Frequencies.ShouldAllBe(f => f == 0);
        Should.Throw<UndertoneException>(() => new FormantTracker(new FormantOptions { Order = 2 })).Message.ShouldContain("order");
        Should.Throw<UndertoneException>(() => new FormantTracker(new FormantOptions()).Track(new Waveform([float.NaN], 16000))).Message.ShouldContain("not finite");
    }
}
