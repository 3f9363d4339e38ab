using Undertone.Speech;
using Undertone.Testing;

namespace Undertone.Tests.Speech;

public sealed class AudioFileTests : IDisposable
{
    private static readonly double[] Amplitudes = [0, 0.5, -0.5, 0.25, -1, 0.9375];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RiffBuilder.Pcm, 8)]
    [InlineData(RiffBuilder.Pcm, 16)]
    [InlineData(RiffBuilder.Pcm, 24)]
    [InlineData(RiffBuilder.Pcm, 32)]
    [InlineData(RiffBuilder.Float, 32)]
    [InlineData(RiffBuilder.Float, 64)]
    public void Every_linear_format_gives_its_amplitudes(int tag, int bits)
    {
        var path = _folder.Write("a.wav", RiffBuilder.Wave(tag, bits, 16000, 1, RiffBuilder.Samples(tag, bits, Amplitudes)));

        var wave = AudioFile.Read(path);

        wave.SampleRate.ShouldBe(16000);
        wave.Samples.ShouldBe(Amplitudes.Select(a => (float)a).ToArray());
        var info = AudioFile.Probe(path);
        (info.Channels, info.Frames, info.SampleRate).ShouldBe((1, 6L, 16000));
        info.Format.ShouldContain("WAV");
    }

    [Fact]
    public void MuLaw_follows_G711()
    {
        var codes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var wave = AudioFile.Read(_folder.Write("u.wav", RiffBuilder.Wave(RiffBuilder.MuLaw, 8, 16000, 1, codes)));

        for (var i = 0; i < 256; i++)
        {
            var code = ~i & 0xFF;
            var magnitude = ((((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
            wave.Samples[i].ShouldBe(((code & 0x80) != 0 ? -magnitude : magnitude) / 32768f);
        }
    }

    [Fact]
    public void ALaw_follows_G711()
    {
        var codes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var wave = AudioFile.Read(_folder.Write("a.wav", RiffBuilder.Wave(RiffBuilder.ALaw, 8, 16000, 1, codes)));

        for (var i = 0; i < 256; i++)
        {
            var code = i ^ 0x55;
            var exponent = (code & 0x70) >> 4;
            var mantissa = ((code & 0x0F) << 4) + 8;
            var magnitude = exponent == 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
            wave.Samples[i].ShouldBe(((code & 0x80) != 0 ? magnitude : -magnitude) / 32768f);
        }
    }

    [Theory]
    [InlineData("tones.flac", 2e-4)]
    [InlineData("tones.ogg", 3e-2)]
    [InlineData("tones.mp3", 3e-2)]
    public void Compressed_stereo_becomes_the_mean_at_16_kHz(string name, double tolerance)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Data", "Speech", name);
        var wave = AudioFile.Read(path);

        AudioFile.Probe(path).ShouldSatisfyAllConditions(i => i.SampleRate.ShouldBe(44100), i => i.Channels.ShouldBe(2));
        wave.SampleRate.ShouldBe(16000);

        // MP3 delays the sound by its encoder's and decoder's filters: any shift of up to 0.1 s is looked for.
        var best = double.MaxValue;
        for (var shift = 0; shift <= (name.EndsWith("mp3") ? 1600 * 4 : 0); shift++)
        {
            var worst = 0.0;
            for (var i = 2400; i < 3200 && worst < best; i++)
            {
                var t = (i - (shift / 4.0)) / 16000;
                var expected = 0.25 * (Math.Sin(2 * Math.PI * 440 * t) + Math.Sin(2 * Math.PI * 880 * t));
                worst = Math.Max(worst, Math.Abs(wave.Samples[i] - expected));
            }

            best = Math.Min(best, worst);
        }

        best.ShouldBeLessThan(tolerance);
        if (!name.EndsWith("mp3"))
        {
            wave.Samples.Length.ShouldBe(4000);
        }
    }

    [Theory]
    [InlineData(8000, 1)]
    [InlineData(11025, 2)]
    [InlineData(48000, 6)]
    [InlineData(96000, 2)]
    public void Any_rate_and_any_channels_become_16_kHz_mono(int rate, int channels)
    {
        // Channel c carries the tone times c + 1, so that a lost or swapped channel changes the mean.
        var frames = rate / 2;
        var values = new double[frames * channels];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = 0.1 * ((i % channels) + 1) * Math.Sin(2 * Math.PI * 1000 * (i / channels) / rate);
        }

        var wave = AudioFile.Read(_folder.Write("a.wav", RiffBuilder.Wave(RiffBuilder.Float, 32, rate, channels, RiffBuilder.Samples(RiffBuilder.Float, 32, values))));

        wave.Samples.Length.ShouldBe((int)Math.Ceiling(frames * 16000.0 / rate));
        var amplitude = 0.1 * (channels + 1) / 2;
        for (var i = 2000; i < 6000; i++)
        {
            ((double)wave.Samples[i]).ShouldBe(amplitude * Math.Sin(2 * Math.PI * 1000 * i / 16000), 2e-5);
        }
    }

    [Fact]
    public void What_lies_above_8_kHz_is_removed_when_resampling()
    {
        var samples = Enumerable.Range(0, 44100).Select(i => (float)Math.Sin(2 * Math.PI * 10000 * i / 44100)).ToArray();

        var resampled = Resampler.Resample(new Waveform(samples, 44100));

        resampled.Samples.Length.ShouldBe(16000);
        resampled.Samples[1000..15000].Max(Math.Abs).ShouldBeLessThan(1e-5f);
    }

    [Fact]
    public void Faulty_files_are_refused_with_file_and_reason()
    {
        var sound = RiffBuilder.Samples(RiffBuilder.Pcm, 16, Amplitudes);
        Refused(_folder["absent.wav"]).ShouldContain("does not exist");
        Refused(Path.Combine(_folder["no"], "absent.wav")).ShouldContain("does not exist");
        Refused(_folder.Write("empty.wav", [])).ShouldContain("is empty (0 bytes)");
        Refused(_folder.Write("text.wav", "This is a letter, not a sound."u8.ToArray())).ShouldContain("is not audio that can be read");
        Refused(_folder.Write("zero.wav", RiffBuilder.Wave(RiffBuilder.Pcm, 16, 16000, 1, []))).ShouldContain("holds no audio (0 frames)");
        Refused(_folder.Write("header.wav", RiffBuilder.Wave(RiffBuilder.Pcm, 16, 16000, 1, sound)[..30])).ShouldContain("header.wav");
        Refused(_folder.Write("half.wav", RiffBuilder.Wave(RiffBuilder.Pcm, 16, 16000, 1, sound, promised: 1000))).ShouldContain("is truncated");
        Refused(_folder.Write("rate.wav", RiffBuilder.Wave(RiffBuilder.Pcm, 16, 2_000_000_000, 1, sound))).ShouldContain("2000000000 Hz");
        Refused(_folder.Write("nan.wav", RiffBuilder.Wave(RiffBuilder.Float, 32, 8000, 1, RiffBuilder.Samples(RiffBuilder.Float, 32, 0, 0, double.NaN))))
            .ShouldContain("sample 2 (0.000 s) is not a number");
        Refused(_folder.Write("inf.wav", RiffBuilder.Wave(RiffBuilder.Float, 32, 8000, 1, RiffBuilder.Samples(RiffBuilder.Float, 32, 0, double.NegativeInfinity))))
            .ShouldContain("is infinite");
        Refused(Path.GetTempPath()).ShouldContain("is a folder");
    }

    [Fact]
    public void Half_a_flac_is_refused()
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Speech", "tones.flac"));
        Refused(_folder.Write("half.flac", whole[..(whole.Length / 2)])).ShouldContain("half.flac");
    }

    [Fact]
    public void A_flac_that_promises_years_of_audio_costs_no_memory()
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Speech", "tones.flac"));

        // STREAMINFO's 36-bit count of samples: the low half of byte 21 and bytes 22 to 25.
        bytes[21] |= 0x0F;
        bytes.AsSpan(22, 4).Fill(0xFF);
        var path = _folder.Write("liar.flac", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refused(path).ShouldContain("liar.flac");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64L << 20);
    }

    [Fact]
    public void A_wave_written_into_a_pipe_is_read_to_its_end()
    {
        var sound = RiffBuilder.Samples(RiffBuilder.Pcm, 16, Amplitudes);
        AudioFile.Read(_folder.Write("pipe.wav", RiffBuilder.Wave(RiffBuilder.Pcm, 16, 16000, 1, sound, promised: 0xFFFFFFFF)))
            .Samples.Length.ShouldBe(Amplitudes.Length);
    }

    [Fact]
    public void Random_bytes_behind_a_good_header_neither_crash_nor_hang()
    {
        var random = new Random(1);
        foreach (var name in (string[])["tones.flac", "tones.ogg", "tones.mp3"])
        {
            var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Speech", name));
            for (var round = 0; round < 20; round++)
            {
                var damaged = (byte[])bytes.Clone();
                for (var hit = 0; hit < 20; hit++)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                try
                {
                    AudioFile.Read(_folder.Write(name, damaged)).Samples.ShouldAllBe(s => float.IsFinite(s));
                }
                catch (AudioException error)
                {
                    error.File.ShouldEndWith(name);
                }
            }
        }
    }

    [Fact]
    public void Extensions_are_matched_in_any_case()
    {
        AudioFile.HasAudioExtension("a/b.WAV").ShouldBeTrue();
        AudioFile.HasAudioExtension("b.flac").ShouldBeTrue();
        AudioFile.HasAudioExtension("b.txt").ShouldBeFalse();
        AudioFile.SoundFileVersion.ShouldStartWith("libsndfile");
        AudioFile.SoxrVersion.ShouldContain("soxr");
    }

    [CorpusFact("emodb")]
    public void Emodb_reads_as_its_documentation_says()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("UNDERTONE_CORPORA")!, "emodb");
        var files = Directory.GetFiles(folder, "*.wav", SearchOption.AllDirectories);
        files.Length.ShouldBe(535);
        (files.Sum(f => AudioFile.Read(f).Seconds) / 60).ShouldBe(24.8, 0.05);
    }

    private static string Refused(string path) => Should.Throw<AudioException>(() => AudioFile.Read(path)).Message;
}
