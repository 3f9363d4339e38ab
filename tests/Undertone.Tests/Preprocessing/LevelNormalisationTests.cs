using FsCheck;
using FsCheck.Fluent;
using Undertone.Preprocessing;
using Undertone.Speech;

namespace Undertone.Tests.Preprocessing;

public sealed class LevelNormalisationTests
{
    private const int Rate = 16000;

    [Fact]
    public void The_peak_becomes_one() =>
        LevelNormalisation.Apply(new Waveform([0.1f, -0.25f, 0], Rate), LevelMeasure.Peak).Samples.ShouldBe([0.4f, -1f, 0f]);

    [Fact]
    public void The_rms_becomes_a_twentieth()
    {
        // 3, 4 and two zeros: mean square 25 / 4, root 2.5; the gain is 0.05 / 2.5.
        var levelled = LevelNormalisation.Apply(new Waveform([3, -4, 0, 0], Rate), LevelMeasure.Rms).Samples;
        levelled.Zip([0.06f, -0.08f, 0f, 0f]).ShouldAllBe(p => MathF.Abs(p.First - p.Second) < 1e-7f);
    }

    [Theory]
    [InlineData(LevelMeasure.Peak)]
    [InlineData(LevelMeasure.Rms)]
    public void Gain_makes_no_difference(LevelMeasure measure) => Prop.ForAll(
        Gen.Choose(-1000, 1000).ArrayOf(50).Select(a => Array.ConvertAll(a, i => i / 1000f)).Where(a => a.Any(s => s != 0)).ToArbitrary(),
        samples =>
        {
            var once = LevelNormalisation.Apply(new Waveform(samples, Rate), measure).Samples;
            var louder = LevelNormalisation.Apply(new Waveform(Array.ConvertAll(samples, s => s * 4), Rate), measure).Samples;
            return once.Zip(louder).All(p => MathF.Abs(p.First - p.Second) < 1e-5f);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Silence_stays_silence()
    {
        var silence = new Waveform(new float[100], Rate);
        LevelNormalisation.Apply(silence, LevelMeasure.Rms).ShouldBeSameAs(silence);
    }

    [Fact]
    public void Every_step_has_its_own_cache_key()
    {
        string[] keys =
        [
            new PreprocessingSettings().HashOf("a"),
            new PreprocessingSettings { TrimSilence = 40 }.HashOf("a"),
            new PreprocessingSettings { TrimSilence = 40, HangOver = 0.1 }.HashOf("a"),
            new PreprocessingSettings { TrimSilence = 40, Level = LevelMeasure.Rms }.HashOf("a"),
            new PreprocessingSettings { Level = LevelMeasure.Rms }.HashOf("a"),
            new PreprocessingSettings { Level = LevelMeasure.Peak }.HashOf("a"),
        ];
        keys.Distinct().Count().ShouldBe(keys.Length);
        keys[0].ShouldBe("a");
    }

    [Fact]
    public void Level_is_measured_after_trimming()
    {
        var audio = new Waveform([.. new float[Rate], .. Enumerable.Range(0, Rate).Select(i => 0.3f * MathF.Cos(i * 0.4f))], Rate);
        var result = new PreprocessingSettings { TrimSilence = 40, HangOver = 0, Level = LevelMeasure.Rms }.Apply(audio);
        Math.Sqrt(result.Samples.Average(s => (double)s * s)).ShouldBe(0.05, 1e-6);
    }
}
