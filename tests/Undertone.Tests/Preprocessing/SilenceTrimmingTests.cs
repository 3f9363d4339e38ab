using Undertone.Corpora;
using Undertone.Features;
using Undertone.Preprocessing;
using Undertone.Speech;
using Undertone.Systems;
using Undertone.Systems.Baselines;
using Undertone.Tests.Corpora;
using Undertone.Training;

namespace Undertone.Tests.Preprocessing;

public sealed class SilenceTrimmingTests
{
    private const int Rate = 16000;

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.001)]
    public void What_sounds_is_kept_with_its_hang_over_whatever_the_level(double level)
    {
        var audio = Burst(before: 0.8, sound: 0.5, after: 0.4, level);
        var trimmed = SilenceTrimming.Apply(audio, 40, 0.05);

        // A frame of 25 ms reaches into the sound before its own start does, so up to a frame more is kept.
        trimmed.Seconds.ShouldBeInRange(0.6, 0.65);
        trimmed.Samples.Max().ShouldBe(audio.Samples.Max());
    }

    [Fact]
    public void Pauses_inside_stay()
    {
        float[] samples = [.. Burst(0.3, 0.2, 0.5, 1).Samples, .. Burst(0.5, 0.2, 0.3, 1).Samples];
        SilenceTrimming.Apply(new Waveform(samples, Rate), 40, 0).Seconds.ShouldBeInRange(1.4, 1.45);
    }

    [Fact]
    public void The_threshold_is_in_decibels_below_the_loudest_frame()
    {
        // A hum 30 dB below the tone (amplitude 0.0316 of it) around it.
        var samples = Burst(0.5, 0.5, 0.5, 1).Samples;
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] += 0.0316f * MathF.Sin(i * 0.05f);
        }

        var audio = new Waveform(samples, Rate);
        SilenceTrimming.Apply(audio, 25, 0).Seconds.ShouldBeInRange(0.5, 0.56);
        SilenceTrimming.Apply(audio, 35, 0).Seconds.ShouldBe(1.5, 0.001);
    }

    [Fact]
    public void Sound_at_the_very_ends_is_kept()
    {
        var audio = Burst(0, 0.5, 0, 1);
        SilenceTrimming.Apply(audio, 40, 0).ShouldBeSameAs(audio);
        var click = new float[Rate];
        click[^1] = 1;
        SilenceTrimming.Apply(new Waveform(click, Rate), 40, 0).Samples[^1].ShouldBe(1);
    }

    [Fact]
    public void Silence_and_snippets_are_left_alone()
    {
        var silence = new Waveform(new float[Rate], Rate);
        SilenceTrimming.Apply(silence, 40, 0).ShouldBeSameAs(silence);
        var snippet = new Waveform([0.5f, 0.1f], Rate);
        SilenceTrimming.Apply(snippet, 40, 0).ShouldBeSameAs(snippet);
        var empty = new Waveform([], Rate);
        SilenceTrimming.Apply(empty, 40, 0).ShouldBeSameAs(empty);
    }

    [Theory]
    [InlineData("preprocessing.trim-silence", "-3", "trim-silence must be greater than 0")]
    [InlineData("preprocessing.hang-over", "0.1", "hang-over has no use without trim-silence")]
    public void Impossible_settings_are_refused(string path, string value, string problem) =>
        SettingPath.Problems(SettingPath.Apply(new Cnn().Defaults, path, value)).ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public void A_system_that_does_not_preprocess_has_the_settings_it_always_had()
    {
        SettingsJson.Write(new Cnn().Defaults).ContainsKey("preprocessing").ShouldBeFalse();
        var trimming = SettingPath.Apply(new Cnn().Defaults, "preprocessing.trim-silence", "40");
        SettingsJson.Write(trimming)["preprocessing"]!.ToJsonString().ShouldBe("""{"trim-silence":40}""");
        SettingsJson.Read(new Cnn().Defaults, SettingsJson.Write(trimming)).Preprocessing!.TrimSilence.ShouldBe(40);
    }

    [Fact]
    public void Trimmed_features_are_cached_apart()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.wav");
        var audio = Burst(0.8, 0.5, 0.4, 0.5);
        WaveFile.Write(path, audio);
        var utterance = new Utterance("c", "a", path, "s", "anger") { AudioHash = AudioHash.Of(audio) };
        var cache = new FeatureCache(Path.Combine(folder.Path, "cache"));
        var extractor = new LogMel(new LogMelOptions());
        var whole = new FeaturePreparation(extractor, Normalisation.None).Extract([utterance], cache)[0];
        var trimmed = new FeaturePreparation(extractor, Normalisation.None, new PreprocessingSettings { TrimSilence = 40 });
        trimmed.Extract([utterance], cache)[0].Frames.ShouldBeLessThan(whole.Frames / 2);
        trimmed.Extract([AudioFile.Read(path)])[0].Frames.ShouldBe(trimmed.Extract([utterance], cache)[0].Frames);
    }

    private static Waveform Burst(double before, double sound, double after, double level)
    {
        var samples = new float[(int)Math.Round((before + sound + after) * Rate)];
        var start = (int)Math.Round(before * Rate);
        for (var i = 0; i < (int)Math.Round(sound * Rate); i++)
        {
            samples[start + i] = (float)(level * Math.Cos(i * 0.4));
        }

        return new Waveform(samples, Rate);
    }
}
