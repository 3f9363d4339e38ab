using System.Runtime.InteropServices;
using Undertone.Augmentation;
using Undertone.Speech;
using Undertone.Systems;
using Undertone.Systems.Baselines;
using Undertone.Tests.Corpora;

namespace Undertone.Tests.Augmentation;

/// <summary>Expected values come from Data/Augmentation/make_augmentation.py.</summary>
public sealed class WaveformAugmentationTests
{
    private const int Rate = 16000;

    public static TheoryData<WaveformAugmentation> Every =>
    [
        new Gain(), new TimeShift(), new TimeMask(), new RandomSplice(), new AdditiveNoise { Kinds = [NoiseSource.White] },
        new AdditiveNoise { Kinds = [NoiseSource.Pink] }, new AdditiveNoise { Kinds = [NoiseSource.Babble] }, new PitchShift(),
        new TimeScaleModification(), new VocalTractLengthPerturbation(), new TelephoneBand(), new Reverberation { Room = RoomSource.Decay },
        new Reverberation(),
    ];

    [Theory]
    [MemberData(nameof(Every))]
    public void It_repeats_itself_and_leaves_its_input(WaveformAugmentation augmentation)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        var audio = Speech(0);
        var before = (float[])audio.Samples.Clone();
        var once = augmentation.Apply(audio, new SeededRandom(7), Voices());
        var again = augmentation.Apply(audio, new SeededRandom(7), Voices());
        once.Samples.ShouldBe(again.Samples);
        audio.Samples.ShouldBe(before);
        once.Samples.ShouldNotBe(before);
        once.Samples.ShouldAllBe(s => float.IsFinite(s));
        augmentation.Problems().ShouldBeEmpty();
        if (augmentation is not TimeScaleModification)
        {
            once.Samples.Length.ShouldBe(before.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Odd_audio_stays_finite(WaveformAugmentation augmentation)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        float[] click = [.. new float[200], 1, .. new float[3000]];
        foreach (var samples in new float[][] { [], [0.5f], [0.1f, -0.1f], new float[320], click, [.. Enumerable.Repeat(1f, 320)] })
        {
            var audio = new Waveform(samples, Rate);
            for (var seed = 0UL; seed < 5; seed++)
            {
                var result = augmentation.Apply(audio, new SeededRandom(seed), Voices()).Samples;
                result.ShouldAllBe(s => float.IsFinite(s));
                if (samples.All(s => s == 0))
                {
                    result.ShouldAllBe(s => s == 0);
                }
            }
        }
    }

    [Theory]
    [InlineData(NoiseSource.White)]
    [InlineData(NoiseSource.Pink)]
    [InlineData(NoiseSource.Babble)]
    public void Noise_reaches_its_ratio(NoiseSource kind)
    {
        var audio = Speech(1);
        foreach (var snr in new[] { 0.0, 10, 20 })
        {
            var mixed = new AdditiveNoise { Kinds = [kind], LowestSnr = snr, HighestSnr = snr }.Apply(audio, new SeededRandom(2), Voices());
            var noise = mixed.Samples.Zip(audio.Samples, (m, s) => Math.Pow(m - s, 2)).Sum();
            (10 * Math.Log10(audio.Samples.Sum(s => (double)s * s) / noise)).ShouldBe(snr, 0.1);
        }
    }

    [Fact]
    public void Nobody_babbles_over_himself()
    {
        var sounds = new AugmentationSounds(3, i => i == 1 ? throw new InvalidOperationException("its own voice") : Speech(i)) { };
        var augmenter = new WaveformAugmenter(
            new WaveformAugmentationSettings { Noise = new AdditiveNoise { Kinds = [NoiseSource.Babble] } }, 0, sounds, ["a", "b", "c"]);
        for (var copy = 0; copy < 10; copy++)
        {
            augmenter.Apply(1, Speech(1), copy).Samples.ShouldNotBe(Speech(1).Samples);
        }
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.25)]
    public void Another_rate_keeps_the_pitch(double rate)
    {
        var result = TimeScaleModification.Stretch(Tone(440, 1), rate);
        result.Samples.Length.ShouldBe((int)Math.Round(Rate / rate));
        Strongest(result).ShouldBe(440, 4);
        // Frames that continue each other keep the level.
        result.Samples[2000..^2000].Max().ShouldBe(0.5f, 0.03f);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(4)]
    public void Another_pitch_keeps_the_length(double semitones)
    {
        var result = PitchShift.Shift(Tone(440, 1), semitones);
        result.Samples.Length.ShouldBe(Rate);
        Strongest(result).ShouldBe(440 * Math.Pow(2, semitones / 12), 4);
    }

    [Fact]
    public void A_shorter_tract_gives_the_samples_of_a_transcription_in_NumPy()
    {
        var noisy = new Waveform(Read("Preprocessing", "noisy.f32"), Rate);
        var result = VocalTractLengthPerturbation.Warp(noisy, 1.1).Samples;
        var expected = Read("Augmentation", "vtlp.f32");
        for (var i = 0; i < expected.Length; i++)
        {
            result[8 * i].ShouldBe(expected[i], 2e-4f);
        }
    }

    [Fact]
    public void No_warp_changes_nothing()
    {
        var audio = Speech(0);
        VocalTractLengthPerturbation.Warp(audio, 1).Samples.Zip(audio.Samples).ShouldAllBe(p => MathF.Abs(p.First - p.Second) < 1e-5f);
    }

    [Fact]
    public void The_image_method_gives_the_response_of_a_transcription_in_NumPy()
    {
        var response = RoomImpulseResponse.Images(new ShoeboxRoom([4, 3.5, 2.5], [1.5, 2.2, 1.4], [2.6, 1.1, 1.2], 0.25), 8000);
        var expected = Read("Augmentation", "room.f32");
        response.Length.ShouldBe(expected.Length);
        response.Zip(expected).ShouldAllBe(p => MathF.Abs(p.First - p.Second) < 1e-4f);
        Should.Throw<ArgumentException>(() => RoomImpulseResponse.Images(new ShoeboxRoom([4, 3, 2], [5, 1, 1], [1, 1, 1], 0.3), 8000));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void Decaying_noise_decays_by_60_decibels_in_its_time(double time)
    {
        var response = RoomImpulseResponse.Decay(time, Rate, new SeededRandom(1));
        double Power(double from, double to) => response[(int)(from * time * Rate)..(int)(to * time * Rate)].Average(s => (double)s * s);
        (10 * Math.Log10(Power(0.1, 0.3) / Power(0.6, 0.8))).ShouldBe(30, 1.5);
    }

    [Fact]
    public void A_room_keeps_power_and_the_place_of_the_direct_sound()
    {
        float[] click = [.. new float[500], 1, .. new float[1500]];
        var wet = Reverberation.Convolve(new Waveform(click, Rate), [1, 0, 0.5f]).Samples;
        (wet[500] / wet[502]).ShouldBe(2, 1e-3f);
        wet.Sum(s => (double)s * s).ShouldBe(1, 1e-4);
        RoomImpulseResponse.FromDirectSound([0.1f, -0.5f, 0.25f]).ShouldBe([1, -0.5f]);
        Should.Throw<UndertoneException>(() => RoomImpulseResponse.FromDirectSound(new float[3]));
    }

    [Fact]
    public void The_line_has_the_amplitudes_of_mu_law_and_its_band()
    {
        var expected = Read("Augmentation", "mu-law.f32");
        for (var i = 0; i < expected.Length; i++)
        {
            TelephoneLine.Companded(-1.2f + (2.4f * i / 400)).ShouldBe(expected[i], 1e-6f);
        }

        double Level(double hertz) => TelephoneLine.Transmit(Tone(hertz, 0.5)).Samples[2000..^2000].Max();
        Level(1000).ShouldBe(0.5, 0.03);
        Level(100).ShouldBeLessThan(0.01);
        Level(3800).ShouldBeLessThan(0.01);
    }

    [Fact]
    public void Spliced_pieces_are_all_there()
    {
        var ramp = new Waveform([.. Enumerable.Range(0, 2 * Rate).Select(i => 1 + (i * 1e-4f))], Rate);
        var spliced = new RandomSplice().Apply(ramp, new SeededRandom(3), AugmentationSounds.None).Samples;
        spliced.Length.ShouldBe(ramp.Samples.Length);
        // Away from the faded joints every value stands once.
        spliced.Intersect(ramp.Samples).Count().ShouldBeGreaterThan(ramp.Samples.Length - (8 * 80));
    }

    [Fact]
    public void The_users_files_are_taken_by_content()
    {
        using var folder = new TemporaryFolder();
        var settings = new WaveformAugmentationSettings { Noise = new AdditiveNoise { Kinds = [NoiseSource.Files], Folder = folder.Path } };
        UndertoneException Failure() => Should.Throw<UndertoneException>(() => new WaveformAugmenter(settings, 0, Voices(), []));
        Failure().Message.ShouldContain("holds no audio");
        WaveFile.Write(Path.Combine(folder.Path, "hum.wav"), Tone(100, 0.2));
        var first = new WaveformAugmenter(settings, 0, Voices(), []);
        first.Apply(0, Speech(0), 0).Samples.ShouldNotBe(Speech(0).Samples);
        WaveFile.Write(Path.Combine(folder.Path, "hum.wav"), Tone(200, 0.2));
        new WaveformAugmenter(settings, 0, Voices(), []).HashOf("a", 0).ShouldNotBe(first.HashOf("a", 0));
        settings = new WaveformAugmentationSettings { Reverberation = new Reverberation { Room = RoomSource.Files, Folder = "nowhere" } };
        Failure().Message.ShouldContain("there is no folder 'nowhere'");
    }

    [Fact]
    public void Copies_differ_by_seed_number_and_settings_but_not_by_other_augmentations()
    {
        var gain = new WaveformAugmentationSettings { Gain = new Gain() };
        var audio = Speech(0);
        float[] Copy(WaveformAugmentationSettings settings, long seed, int copy) =>
            new WaveformAugmenter(settings, seed, Voices(), []).Apply(0, audio, copy).Samples;
        string Key(WaveformAugmentationSettings settings, long seed, int copy, params string[] voices) =>
            new WaveformAugmenter(settings, seed, Voices(), voices).HashOf("a", copy);
        string[] keys =
        [
            Key(gain, 0, 0), Key(gain, 1, 0), Key(gain, 0, 1), Key(new WaveformAugmentationSettings { Gain = new Gain { Decibels = 3 } }, 0, 0),
            Key(gain with { Noise = new AdditiveNoise() }, 0, 0, "x"), Key(gain with { Noise = new AdditiveNoise() }, 0, 0, "y"),
        ];
        keys.Distinct().Count().ShouldBe(keys.Length);
        Key(gain, 0, 0, "x").ShouldBe(keys[0]);
        new WaveformAugmenter(gain, 0, Voices(), []).HashOf("", 0).ShouldBeEmpty();
        Copy(gain, 0, 0).ShouldNotBe(Copy(gain, 1, 0));
        Copy(gain, 0, 0).ShouldNotBe(Copy(gain, 0, 1));
        Copy(gain with { TimeMask = new TimeMask { Probability = 0 } }, 0, 0).ShouldBe(Copy(gain, 0, 0));
        Copy(new WaveformAugmentationSettings { Gain = new Gain { Probability = 0 } }, 0, 0).ShouldBe(audio.Samples);
    }

    [Theory]
    [InlineData("augmentation.copies", "2", "copies has no use without")]
    [InlineData("augmentation.noise.probability", "1.5", "augmentation.noise: probability must be in [0, 1]")]
    [InlineData("augmentation.noise.lowest-snr", "30", "highest-snr must be at least lowest-snr")]
    [InlineData("augmentation.reverberation.room", "files", "folder must be set for the room files")]
    [InlineData("augmentation.pitch-shift.semitones", "-1", "semitones must be in [0, 24]")]
    [InlineData("augmentation.random-splice.piece", "0", "piece must be at least 0.02")]
    public void Impossible_settings_are_refused(string path, string value, string problem) =>
        string.Join("; ", SettingPath.Problems(SettingPath.Apply(new Cnn().Defaults, path, value))).ShouldContain(problem);

    [Fact]
    public void A_system_without_them_has_the_settings_it_always_had()
    {
        var plain = SettingsJson.Write(new Cnn().Defaults)["augmentation"]!.AsObject().Select(p => p.Key);
        plain.ShouldBe(["speeds", "time-stretch", "frequency-shift", "spec-augment", "mixup"]);
        var noisy = SettingPath.Apply(SettingPath.Apply(new Cnn().Defaults, "augmentation.copies", "2"), "augmentation.noise.kinds", new List<object> { "pink" });
        SettingPath.Problems(noisy).ShouldBeEmpty();
        var read = (CnnSettings)SettingsJson.Read(new Cnn().Defaults, SettingsJson.Write(noisy));
        read.Augmentation.CopyCount.ShouldBe(2);
        read.Augmentation.Noise!.Kinds.ShouldBe([NoiseSource.Pink]);
    }

    private static Waveform Speech(int index) => DemoVoice.Speak(DemoSpeaker.All[index], "happiness", index).Waveform;

    private static AugmentationSounds Voices() => new(4, Speech);

    private static Waveform Tone(double hertz, double seconds) =>
        new([.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * i / Rate)))], Rate);

    private static float[] Read(string folder, string file) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", folder, file))).ToArray();

    /// <summary>The frequency of the strongest partial, by the spectrum of the middle half second.</summary>
    private static double Strongest(Waveform waveform)
    {
        const int Length = 8000;
        var start = (waveform.Samples.Length - Length) / 2;
        var frame = Enumerable.Range(0, Length).Select(i => waveform.Samples[start + i] * (float)Math.Pow(Math.Sin(Math.PI * i / Length), 2)).ToArray();
        var fft = new RealFft(Length);
        var (re, im) = (new float[fft.Bins], new float[fft.Bins]);
        fft.Forward(frame, re, im);
        return Enumerable.Range(0, fft.Bins).MaxBy(k => (re[k] * re[k]) + (im[k] * im[k])) * (double)Rate / Length;
    }
}
