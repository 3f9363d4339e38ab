using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Tests.Features;

public sealed class LogMelTests
{
    public static TheoryData<string> PresetNames => [.. LogMelOptions.Presets.Keys];

    [Theory]
    [InlineData("torchaudio", "torchaudio-log-mel")]
    [InlineData("librosa", "librosa-log-mel")]
    [InlineData("default", "torchaudio-default-log-mel")]
    public void A_preset_gives_the_values_of_the_tool_it_is_named_after(string preset, string data) =>
        LogMelOptions.Preset(preset).CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch(data);

    [Fact]
    public void Other_windows_scales_and_decibels_of_magnitudes_match_torchaudio() => Other.CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch("torchaudio-other-log-mel");

    private static LogMelOptions Other => new()
    {
        WindowLength = 320,
        HopLength = 100,
        Bands = 40,
        LowestFrequency = 0,
        HighestFrequency = 7000,
        Power = 1,
        Window = WindowShape.Hamming,
        Scale = MelScale.Slaney,
        BandNormalisation = MelNormalisation.Slaney,
        Centre = false,
        Log = LogCompression.Decibel,
        LogFloor = 1e-10,
        TopDecibels = 60,
    };

    [Theory]
    [MemberData(nameof(PresetNames))]
    public void Odd_audio_gives_finite_frames(string preset)
    {
        var options = LogMelOptions.Preset(preset);
        foreach (var centre in (bool[])[true, false])
        {
            var extractor = (options with { Centre = centre, Deltas = 2 }).CreateExtractor();
            foreach (var samples in OddAudio())
            {
                var features = extractor.Extract(new Waveform(samples, 16000));
                features.Frames.ShouldBe(centre ? 1 + (samples.Length / options.HopLength) : 1 + (Math.Max(0, samples.Length - options.FftLength) / options.HopLength));
                features.Dimensions.ShouldBe(extractor.Dimensions);
                features.Values.ShouldAllBe(v => float.IsFinite(v));
            }
        }
    }

    [Fact]
    public void Silence_is_the_floor()
    {
        var values = new LogMel(new LogMelOptions()).Extract(new Waveform(new float[3200], 16000)).Values;
        values.ShouldAllBe(v => Math.Abs(v - Math.Log(1e-6)) < 1e-4);
    }

    [Fact]
    public void Long_audio_is_the_same_as_its_parts()
    {
        // More than one block of frames, and a last vector that is not full: each frame only sees its own samples.
        var random = new Random(3);
        var samples = Enumerable.Range(0, 30000).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var options = new LogMelOptions { Centre = false };
        var extractor = options.CreateExtractor();
        var whole = extractor.Extract(new Waveform(samples, 16000));

        foreach (var frame in (int[])[0, 1, 7, 8, 63, 64, 65, 127, 128, whole.Frames - 1])
        {
            var alone = extractor.Extract(new Waveform(samples[(frame * 160)..((frame * 160) + 512)], 16000));
            alone.Frames.ShouldBe(1);
            alone.Values.ShouldBe(whole[frame].ToArray());
        }
    }

    [Fact]
    public void Threads_may_share_an_extractor()
    {
        var extractor = new LogMel(new LogMelOptions());
        var expected = extractor.Extract(ReferenceData.Signal).Values;
        Parallel.For(0, 50, _ => extractor.Extract(ReferenceData.Signal).Values.ShouldBe(expected));
    }

    [Fact]
    public void Unusable_audio_is_refused()
    {
        var extractor = new LogMel(new LogMelOptions());
        Refused([0f, float.NaN]).ShouldContain("not finite");
        Refused([float.PositiveInfinity]).ShouldContain("not finite");
        Refused([1e20f]).ShouldContain("expected about 1");
        Refused([]).ShouldContain("the audio is empty");
        Should.Throw<UndertoneException>(() => extractor.Extract(new Waveform(new float[100], 8000))).Message.ShouldContain("8000 Hz");

        string Refused(float[] samples) => Should.Throw<UndertoneException>(() => extractor.Extract(new Waveform(samples, 16000))).Message;
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        Refused(new() { HopLength = 0 }).ShouldContain("'hop-length' is 0");
        Refused(new() { WindowLength = 513 }).ShouldContain("'window-length' is 513");
        Refused(new() { Bands = 0 }).ShouldContain("'bands'");
        Refused(new() { Power = 3 }).ShouldContain("'power'");
        Refused(new() { LowestFrequency = 9000 }).ShouldContain("'lowest-frequency'");
        Refused(new() { HighestFrequency = 9000 }).ShouldContain("'highest-frequency'");
        Refused(new() { LogFloor = 0 }).ShouldContain("'log-floor'");
        Refused(new() { Deltas = 3 }).ShouldContain("'deltas'");
        Refused(new() { DeltaWidth = 4 }).ShouldContain("'delta-width'");
        Should.Throw<UndertoneException>(() => LogMelOptions.Preset("torchadio")).Message.ShouldContain("did you mean 'torchaudio'?");

        static string Refused(LogMelOptions options) => Should.Throw<UndertoneException>(options.CreateExtractor).Message;
    }

    [Fact]
    public void The_fingerprint_knows_every_setting()
    {
        var basis = new LogMelOptions();
        LogMelOptions[] others =
        [
            basis with { SampleRate = 16001 }, basis with { FftLength = 1024 }, basis with { WindowLength = 399 }, basis with { HopLength = 161 },
            basis with { Window = WindowShape.Hamming }, basis with { Centre = false }, basis with { Padding = FramePadding.Zero }, basis with { Power = 1 },
            basis with { Bands = 65 }, basis with { LowestFrequency = 51 }, basis with { HighestFrequency = 7999 }, basis with { Scale = MelScale.Slaney },
            basis with { BandNormalisation = MelNormalisation.Slaney }, basis with { Log = LogCompression.None }, basis with { LogFloor = 1e-7 },
            basis with { Reference = null }, basis with { TopDecibels = 1 }, basis with { Deltas = 1 }, basis with { DeltaMethod = DeltaMethod.SavitzkyGolay }, basis with { DeltaWidth = 7 },
        ];
        others.Length.ShouldBe(typeof(LogMelOptions).GetProperties().Count(p => p.CanWrite && p.GetMethod is { IsStatic: false }));
        others.Append(basis).Select(o => o.CreateExtractor().Fingerprint).Distinct().Count().ShouldBe(others.Length + 1);
    }

    internal static IEnumerable<float[]> OddAudio()
    {
        yield return [0.5f];
        yield return [0.5f, -0.5f];
        yield return [.. Enumerable.Range(0, 100).Select(i => i / 100f)];
        yield return new float[320];
        yield return [.. Enumerable.Repeat(1f, 16000)];
        yield return [.. Enumerable.Range(0, 16000).Select(i => i / 50 % 2 == 0 ? 1f : -1f)];
    }
}
