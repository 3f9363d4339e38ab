using Undertone.Emotions;
using Undertone.Preprocessing;
using Undertone.Preprocessing.InputChecks;
using Undertone.Speech;
using Undertone.Testing;

namespace Undertone.Tests.Preprocessing;

/// <summary>What is unlike the training recordings is warned of, and what is like them is not.</summary>
public sealed class InputCheckTests : IClassFixture<InputCheckTests.Heard>
{
    private const int Rate = Waveform.StandardRate;

    private readonly Heard _heard;

    public InputCheckTests(Heard heard) => _heard = heard;

    [Fact]
    public void Recordings_like_those_of_the_training_raise_no_warning()
    {
        var warnings = Heard.Recordings(take: 7).SelectMany(w => InputCheck.Warnings(_heard.Ranges, w)).ToList();
        warnings.ShouldBeEmpty(string.Join('\n', warnings.Select(w => w.Message)));
    }

    [Fact]
    public void A_telephone_line_is_noticed() =>
        Noticed("bandwidth", TelephoneLine.Transmit).Advice.ShouldContain("telephone");

    [Fact]
    public void A_low_sampling_rate_is_noticed() =>
        Noticed("bandwidth", w => Resampler.Resample(Resampler.Resample(w, 8000), Rate));

    [Theory]
    [InlineData(NoiseKind.White)]
    [InlineData(NoiseKind.Pink)]
    public void Noise_as_loud_as_the_speech_is_noticed(NoiseKind kind) =>
        Noticed("noise", w => Noise.Mix(w, Noise.Make(kind, w.Samples.Length, Rate, new SeededRandom(1)), 0)).Value.ShouldBeLessThan(6);

    [Fact]
    public void A_level_60_dB_lower_is_noticed()
    {
        var warning = Noticed("level", w => Scaled(w, 0.001f));
        warning.Advice.ShouldStartWith("too quiet");
        warning.Message.ShouldContain($"{warning.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)} LUFS, where training recordings have ");
    }

    [Fact]
    public void A_level_far_above_is_noticed() => Noticed("level", w => Scaled(w, 20)).Advice.ShouldStartWith("too loud");

    [Fact]
    public void What_the_model_puts_right_itself_is_not_warned_of()
    {
        var levelling = new PreprocessingSettings { Level = LevelMeasure.Rms };
        var recording = Heard.Recordings(take: 7).First();
        InputCheck.Warnings(_heard.Ranges, Scaled(recording, 0.06f)).ShouldHaveSingleItem().Measure.ShouldBe("level");
        InputCheck.Warnings(_heard.Ranges, Scaled(recording, 0.06f), levelling).ShouldBeEmpty();
        InputCheck.Warnings(_heard.Ranges, Scaled(recording, 20), levelling).ShouldBeEmpty();
        InputCheck.Warnings(_heard.Ranges, Scaled(recording, 0.001f), levelling).ShouldHaveSingleItem().Measure.ShouldBe("level");

        var silenceAround = recording with { Samples = [.. new float[4 * recording.Samples.Length], .. recording.Samples] };
        InputCheck.Warnings(_heard.Ranges, silenceAround, new PreprocessingSettings { TrimSilence = 40 }).ShouldNotContain(w => w.Measure == "speech");
    }

    [Fact]
    public void Clipping_is_noticed_whatever_the_level_is_afterwards()
    {
        var clipping = Noticed("clipping", w => Clipped(w, 12));
        var quieter = Noticed("clipping", w => Scaled(Clipped(w, 12), 0.5f));
        quieter.Value.ShouldBe(clipping.Value, 0.02);
    }

    [Fact]
    public void A_tenth_of_a_second_and_a_minute_are_noticed()
    {
        // From the loudest place: there is speech in it.
        Noticed("length", w => w with { Samples = w.Samples[(w.Samples.Length / 2)..][..(Rate / 10)] }).Advice.ShouldStartWith("too short");
        Noticed("length", w => w with { Samples = [.. Enumerable.Range(0, 60 * Rate).Select(i => w.Samples[i % w.Samples.Length])] }).Advice.ShouldContain("--segments");
    }

    [Fact]
    public void Where_nobody_speaks_that_alone_is_said()
    {
        foreach (var silent in (Waveform[])
            [new(new float[2 * Rate], Rate), new([.. Noise.White(2 * Rate, new SeededRandom(2)).Select(s => 0.05f * s)], Rate)])
        {
            var warning = InputCheck.Warnings(_heard.Ranges, silent).ShouldHaveSingleItem();
            warning.Measure.ShouldBe("speech");
            warning.Value.ShouldBe(0);
            warning.Advice.ShouldContain("no speech was found");
        }
    }

    [Fact]
    public void Recordings_that_are_mostly_silent_are_noticed() =>
        Noticed("speech", w => w with { Samples = [.. new float[4 * w.Samples.Length], .. w.Samples] });

    [Fact]
    public void The_signal_to_noise_ratio_of_white_noise_is_estimated()
    {
        var speech = Heard.Recordings(take: 4).First();
        foreach (var snr in new[] { 0.0, 5, 10, 15 })
        {
            var noisy = Noise.Mix(speech, Noise.White(speech.Samples.Length, new SeededRandom(3)), snr);
            new InputNoise().Of(noisy).ShouldBe(snr, 2.5);
        }
    }

    [Fact]
    public void Percentiles_are_those_of_NumPy_and_measures_that_were_not_kept_are_not_checked()
    {
        // numpy.percentile([1, 2, 4], [1, 99]): 1.02, 3.96
        var ranges = InputCheck.RangesOf([Tone(1), Tone(2), Tone(4)]);
        ranges["length"].ShouldBe(new InputRange(1.02, 3.96));
        InputCheck.RangesOf([]).ShouldBeEmpty();
        InputCheck.Warnings(new Dictionary<string, InputRange>(), Tone(1)).ShouldBeEmpty();
    }

    [Fact]
    public void One_sample_has_finite_values_of_every_measure()
    {
        foreach (var measure in InputMeasure.All)
        {
            double.IsFinite(measure.Of(new Waveform([0], Rate))).ShouldBeTrue(measure.Name);
            double.IsFinite(measure.Of(new Waveform([0.5f], Rate))).ShouldBeTrue(measure.Name);
        }
    }

    [CorpusFact("emodb")]
    public void Nearly_all_recordings_of_a_corpus_are_like_its_own()
    {
        // The speakers' recordings in turn: those that the ranges are of, and the others.
        var folder = Path.Combine(Environment.GetEnvironmentVariable("UNDERTONE_CORPORA")!, "emodb");
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(AudioFile.HasAudioExtension).Order(StringComparer.Ordinal).ToList();
        var ranges = InputCheck.RangesOf(files.Where((_, i) => i % 4 == 0).Select(AudioFile.Read));
        var others = files.Where((_, i) => i % 4 == 1).ToList();
        var without = others.Count(f => InputCheck.Warnings(ranges, AudioFile.Read(f)).Count == 0);
        ((double)without / others.Count).ShouldBeGreaterThanOrEqualTo(0.97);
    }

    private InputWarning Noticed(string measure, Func<Waveform, Waveform> change)
    {
        List<InputWarning>? first = null;
        foreach (var recording in Heard.Recordings(take: 7).Take(6))
        {
            var warnings = InputCheck.Warnings(_heard.Ranges, change(recording)).Where(w => w.Measure == measure).ToList();
            warnings.Count.ShouldBe(1);
            first ??= warnings;
        }

        return first![0];
    }

    private static Waveform Tone(double seconds) =>
        new([.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (float)(0.1 * Math.Sin(i * 0.3)))], Rate);

    private static Waveform Scaled(Waveform waveform, float gain) => waveform with { Samples = Array.ConvertAll(waveform.Samples, s => s * gain) };

    private static Waveform Clipped(Waveform waveform, double decibels)
    {
        var limit = waveform.Samples.Max(Math.Abs) * (float)Math.Pow(10, -decibels / 20);
        return waveform with { Samples = Array.ConvertAll(waveform.Samples, s => Math.Clamp(s, -limit, limit)) };
    }

    /// <summary>The ranges of synthetic voices, computed once.</summary>
    public sealed class Heard
    {
        public IReadOnlyDictionary<string, InputRange> Ranges { get; } = InputCheck.RangesOf([.. Recordings(take: 1), .. Recordings(take: 2), .. Recordings(take: 3)]);

        public static IEnumerable<Waveform> Recordings(int take) =>
            from speaker in DemoSpeaker.All.Take(6)
            from emotion in DemoVoice.Emotions
            select DemoVoice.Speak(speaker, emotion, (take + emotion.Length) % DemoVoice.Sentences, take).Waveform;
    }
}
