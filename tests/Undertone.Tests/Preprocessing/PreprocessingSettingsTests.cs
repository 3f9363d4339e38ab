using Undertone.Preprocessing;
using Undertone.Speech;
using Undertone.Systems;
using Undertone.Systems.Baselines;

namespace Undertone.Tests.Preprocessing;

public sealed class PreprocessingSettingsTests
{
    private const int Rate = 16000;

    /// <summary>Every setting with a value, so that one added later cannot be forgotten.</summary>
    private static readonly (string Path, string[] Values)[] Every =
    [
        ("add-noise.kind", ["pink", "babble"]),
        ("add-noise.snr", ["5", "0"]),
        ("telephone", ["predicted"]),
        ("dc-removal", ["true"]),
        ("denoise", ["spectral-gate", "mmse-lsa"]),
        ("trim-silence", ["40"]),
        ("voice-activity", ["ends", "pauses"]),
        ("silence-removal", ["0.05"]),
        ("level", ["peak", "rms", "r128"]),
        ("pre-emphasis", ["0.97"]),
    ];

    [Fact]
    public void Every_step_changes_audio_and_has_its_own_cache_key()
    {
        var audio = DemoVoice.Speak(DemoSpeaker.All[2], "fear", 1).Waveform;
        float[] quiet = [.. Noise.White(Rate / 3, new SeededRandom(4)).Select(s => 1e-5f * s)];
        audio = audio with { Samples = [.. quiet.Concat(audio.Samples).Concat(quiet).Select(s => s + 0.00002f)] };
        var keys = new HashSet<string> { "a" };
        foreach (var (path, value) in Every.SelectMany(e => e.Values.Select(v => (e.Path, v))))
        {
            var settings = SettingPath.Apply(new Cnn().Defaults, $"preprocessing.{path}", value);
            SettingPath.Problems(settings).ShouldBeEmpty();
            keys.Add(settings.Preprocessing!.HashOf("a")).ShouldBeTrue($"{path}: {value}");
            var result = settings.Preprocessing.Apply(audio);
            result.Samples.ShouldNotBe(audio.Samples, $"{path}: {value}");
            result.Samples.ShouldAllBe(s => float.IsFinite(s));
            settings.Preprocessing.Apply(audio).Samples.ShouldBe(result.Samples);
        }

        // Besides those: hang-over and greatest-reduction, which change another's.
        typeof(PreprocessingSettings).GetProperties().Length.ShouldBe(Every.Select(e => e.Path.Split('.')[0]).Distinct().Count() + 2);
        new PreprocessingSettings { Denoise = NoiseReductionMethod.MmseLsa, GreatestReduction = 10 }.HashOf("a")
            .ShouldNotBe(new PreprocessingSettings { Denoise = NoiseReductionMethod.MmseLsa }.HashOf("a"));
        new PreprocessingSettings { VoiceActivity = SilenceCut.Ends, HangOver = 0.2 }.HashOf("a")
            .ShouldNotBe(new PreprocessingSettings { VoiceActivity = SilenceCut.Ends }.HashOf("a"));
        new PreprocessingSettings { Denoise = NoiseReductionMethod.MmseLsa }.HashOf("").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("denoise", "wiener", "spectral-gate, mmse-lsa")]
    [InlineData("greatest-reduction", "10", "no use without denoise")]
    [InlineData("silence-removal", "1", "silence-removal must be in (0, 1)")]
    [InlineData("pre-emphasis", "-1", "pre-emphasis must be in [0, 1]")]
    [InlineData("add-noise.snr", "300", "snr must be in")]
    public void Impossible_settings_are_refused(string path, string value, string problem)
    {
        string Said()
        {
            try
            {
                return string.Join("; ", SettingPath.Problems(SettingPath.Apply(new Cnn().Defaults, $"preprocessing.{path}", value)));
            }
            catch (UndertoneException error)
            {
                return error.Message;
            }
        }

        Said().ShouldContain(problem);
    }

    [Fact]
    public void A_condition_is_for_predicted_recordings_unless_said_otherwise()
    {
        var settings = new PreprocessingSettings { AddNoise = new AddedNoise(), Level = LevelMeasure.Rms };
        settings.ForTraining().ShouldBe(new PreprocessingSettings { Level = LevelMeasure.Rms });
        var all = settings with { AddNoise = new AddedNoise { Scope = ConditionScope.All } };
        all.ForTraining().ShouldBe(all);
        new PreprocessingSettings { Telephone = ConditionScope.Predicted }.ForTraining().ShouldBe(new PreprocessingSettings());
        new PreprocessingSettings { Telephone = ConditionScope.All }.ForTraining().Telephone.ShouldBe(ConditionScope.All);
    }

    [Theory]
    [InlineData(NoiseKind.White)]
    [InlineData(NoiseKind.Pink)]
    [InlineData(NoiseKind.Babble)]
    public void The_wanted_ratio_is_reached(NoiseKind kind)
    {
        var speech = DemoVoice.Speak(DemoSpeaker.All[1], "sadness", 2).Waveform;
        foreach (var snr in new[] { -5.0, 0, 10, 20 })
        {
            var mixed = new AddedNoise { Kind = kind, Snr = snr }.Apply(speech).Samples;
            double signal = 0, noise = 0;
            for (var i = 0; i < mixed.Length; i++)
            {
                signal += (double)speech.Samples[i] * speech.Samples[i];
                noise += Math.Pow(mixed[i] - speech.Samples[i], 2);
            }

            (10 * Math.Log10(signal / noise)).ShouldBe(snr, 0.1);
        }

        var silence = new Waveform(new float[400], Rate);
        new AddedNoise { Kind = kind }.Apply(silence).Samples.ShouldBe(silence.Samples);
        new AddedNoise { Kind = kind }.Apply(new Waveform([], Rate)).Samples.ShouldBeEmpty();
    }

    [Fact]
    public void Pink_noise_falls_by_three_decibels_an_octave()
    {
        var pink = Noise.Pink(1 << 17, new SeededRandom(9));
        var transform = new ShortTimeFourier(Rate);
        var power = new double[transform.Bins];
        transform.Analyse(pink, (_, re, im) =>
        {
            for (var k = 0; k < power.Length; k++)
            {
                power[k] += (re[k] * re[k]) + (im[k] * im[k]);
            }
        });
        double Band(int from) => power[from..(2 * from)].Average();
        for (var from = 8; from <= 64; from *= 2)
        {
            (10 * Math.Log10(Band(from) / Band(2 * from))).ShouldBe(3.01, 0.4);
        }
    }

    [Fact]
    public void The_mean_is_taken_off_and_the_first_difference_taken()
    {
        var audio = new Waveform([0.5f, 0.7f, 0.3f], Rate);
        DcRemoval.Apply(audio).Samples.Zip(new[] { 0, 0.2f, -0.2f }).ShouldAllBe(p => MathF.Abs(p.First - p.Second) < 1e-6f);
        DcRemoval.Apply(new Waveform([], Rate)).Samples.ShouldBeEmpty();
        PreEmphasis.Apply(audio, 0.9).Samples.Zip(new[] { 0.05f, 0.25f, -0.33f }).ShouldAllBe(p => MathF.Abs(p.First - p.Second) < 1e-6f);
        PreEmphasis.Apply(audio, 0).Samples.ShouldBe(audio.Samples);
        Should.Throw<ArgumentOutOfRangeException>(() => PreEmphasis.Apply(audio, 1.1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Spectra_left_as_they_are_give_the_audio_back(int overlap)
    {
        foreach (var length in new[] { 1, 2, 3, 100, 511, 512, 513, 4000 })
        {
            var noise = Noise.White(length, new SeededRandom((ulong)length));
            var back = new ShortTimeFourier(Rate, overlap: overlap).Filter(noise, (_, _, _) => { });
            noise.Zip(back).ShouldAllBe(p => MathF.Abs(p.First - p.Second) < 1e-5f);
        }

        new ShortTimeFourier(Rate).Filter([], (_, _, _) => { }).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => new ShortTimeFourier(Rate, overlap: 3));
    }
}
