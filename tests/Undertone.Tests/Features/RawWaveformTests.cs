using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Tests.Features;

public sealed class RawWaveformTests
{
    [Fact]
    public void A_frame_is_a_sample()
    {
        var extractor = new RawWaveformOptions().CreateExtractor();
        var frames = extractor.Extract(ReferenceData.Signal);
        frames.Values.ShouldBe(ReferenceData.Signal.Samples);
        (frames.Frames, frames.Dimensions).ShouldBe((ReferenceData.Signal.Samples.Length, 1));
        frames.Values.ShouldNotBeSameAs(ReferenceData.Signal.Samples);
        extractor.HopSeconds.ShouldBe(1 / 16000.0);
        extractor.FramesIn(2).ShouldBe(32000);
    }

    [Fact]
    public void Telephone_rate_is_resampled()
    {
        var extractor = new RawWaveformOptions { SampleRate = 8000 }.CreateExtractor();
        extractor.Extract(ReferenceData.Signal).Values.ShouldBe(Resampler.Resample(ReferenceData.Signal, 8000).Samples);
        extractor.HopSeconds.ShouldBe(1 / 8000.0);
    }

    [Fact]
    public void Long_audio_is_cut_and_short_audio_filled_up_where_wanted()
    {
        float[] samples = [0.1f, 0.2f, 0.3f, 0.4f];
        Extract(new() { Seconds = 2 / 16000.0 }).ShouldBe([0.1f, 0.2f]);
        Extract(new() { Seconds = 6 / 16000.0 }).ShouldBe(samples);
        Extract(new() { Seconds = 6 / 16000.0, Pad = true }).ShouldBe([0.1f, 0.2f, 0.3f, 0.4f, 0, 0]);
        new RawWaveformOptions { Seconds = 8, Pad = true }.CreateExtractor().FixedFrames.ShouldBe(128_000);
        new RawWaveformOptions { Seconds = 8 }.CreateExtractor().FixedFrames.ShouldBeNull();

        float[] Extract(RawWaveformOptions options) => options.CreateExtractor().Extract(new Waveform(samples, 16000)).Values;
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        Refused(new() { SampleRate = 44100 }).ShouldContain("'sample-rate' is 44100");
        Refused(new() { Seconds = 0 }).ShouldContain("'seconds' is 0");
        Refused(new() { Pad = true }).ShouldContain("'pad' is True");

        static string Refused(RawWaveformOptions options) => Should.Throw<UndertoneException>(options.CreateExtractor).Message;
    }

    [Fact]
    public void The_fingerprint_knows_every_setting()
    {
        var basis = new RawWaveformOptions { Seconds = 3 };
        RawWaveformOptions[] others = [basis with { SampleRate = 8000 }, basis with { Seconds = null }, basis with { Pad = true }];
        others.Length.ShouldBe(typeof(RawWaveformOptions).GetProperties().Count(p => p.CanWrite && p.GetMethod is { IsStatic: false }));
        others.Append(basis).Select(o => o.CreateExtractor().Fingerprint).Distinct().Count().ShouldBe(others.Length + 1);
    }
}
