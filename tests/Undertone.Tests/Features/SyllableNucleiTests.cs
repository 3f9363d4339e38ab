using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Tests.Features;

public sealed class SyllableNucleiTests
{
    [Fact]
    public void Peaks_between_dips_of_two_decibels_count_where_there_is_a_voice()
    {
        //                    rise     dip  small dip     unvoiced    too quiet    last
        float[] intensity = [-60, -20, -23, -19, -20, -19, -24, -15, -30, -60, -46, -60, -20];
        var voiced = intensity.Select((_, i) => i != 7).ToArray();
        SyllableNuclei.Threshold(intensity).ShouldBe(-44);
        SyllableNuclei.Find(intensity, voiced).ShouldBe([1, 3, 12]);
        SyllableNuclei.Find(new float[50], new bool[50]).ShouldBeEmpty();
        SyllableNuclei.Find([-3], [true]).ShouldBeEmpty();
    }

    [Fact]
    public void The_demo_voices_speak_as_many_syllables_as_are_found()
    {
        var (found, spoken) = (new List<double>(), new List<double>());
        foreach (var speaker in DemoSpeaker.All)
        {
            for (var sentence = 0; sentence < DemoVoice.Sentences; sentence++)
            {
                var (audio, truth) = DemoVoice.Speak(speaker, "neutral", sentence);
                var frames = audio.Samples.Length / 160;
                var intensity = Intensity.Of(audio.Samples, 640, 160, 0, frames);
                var voiced = Enumerable.Range(0, frames).Select(f => truth.Pitch[Math.Min(2 * f, truth.Frames - 1)] > 0).ToArray();
                found.Add(SyllableNuclei.Find(intensity, voiced).Count);
                spoken.Add(truth.Syllables);
            }
        }

        (found.Sum() / spoken.Sum()).ShouldBeInRange(0.8, 1.2);
        found.Zip(spoken, (f, s) => Math.Abs(f - s)).Average().ShouldBeLessThan(2);
    }

    [Fact]
    public void Intensity_is_the_level_under_the_window()
    {
        var tone = Enumerable.Range(0, 16000).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * 500 * i / 16000))).ToArray();
        var levels = Intensity.Of(tone, 640, 160, 0, 100);
        levels.Length.ShouldBe(100);
        levels[50].ShouldBe(-9.03f, 0.01f);
        levels[0].ShouldBe(-12.04f, 0.2f);
        Intensity.Of(new float[100], 640, 160, 0, 2).ShouldBe([-120, -120]);
    }
}
