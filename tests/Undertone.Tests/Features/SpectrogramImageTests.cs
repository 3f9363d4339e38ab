using Undertone.Features;
using Undertone.Speech;

namespace Undertone.Tests.Features;

/// <summary>Images against values that Data/Features/make_images.py computed with PyTorch.</summary>
public sealed class SpectrogramImageTests
{
    private static SpectrogramImageOptions Narrow => new() { Fit = ImageFit.Whole, Height = 40, LowestFrequency = 100, HighestFrequency = 4000, Range = 60 };

    private static SpectrogramImageOptions MelJet => new() { Axis = ImageAxis.Mel, Height = 96, Width = 100, Colour = ImageColour.Jet };

    [Fact]
    public void A_resized_spectrogram_is_pytorchs() => Matches(new SpectrogramImageOptions(), "image-default");

    [Fact]
    public void A_whole_one_keeps_its_frames() => Matches(Narrow, "image-whole");

    [Fact]
    public void A_short_one_is_filled_up() => Matches(Narrow with { Fit = ImageFit.Crop, Width = 200 }, "image-padded");

    [Fact]
    public void Of_a_long_one_the_middle_is_kept() => Matches(Narrow with { Fit = ImageFit.Crop, Width = 30 }, "image-cropped");

    [Fact]
    public void Mel_bands_in_colours_are_those_of_the_formula() => Matches(MelJet, "image-mel-jet");

    [Fact]
    public void Grey_is_three_times_the_level()
    {
        var level = new SpectrogramImageOptions { Height = 32 }.CreateExtractor().Extract(ReferenceData.Signal);
        var grey = new SpectrogramImageOptions { Height = 32, Colour = ImageColour.Grey }.CreateExtractor();
        grey.Dimensions.ShouldBe(96);
        grey.Describe().Select(v => v.Name).ShouldContain("green[31]");
        var image = grey.Extract(ReferenceData.Signal);
        for (var channel = 0; channel < 3; channel++)
        {
            image[20].Slice(32 * channel, 32).ToArray().ShouldBe(level[20].ToArray());
        }
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(5, 3)]
    [InlineData(11, 16)]
    [InlineData(1, 1)]
    [InlineData(2, 20)]
    public void Resizing_is_pytorchs_with_antialiasing(int rows, int columns)
    {
        float[] ramp = [.. Enumerable.Range(0, 35).Select(i => (float)i * i)];
        var resized = BilinearResizing.Apply(ramp, 5, 7, rows, columns);
        var expected = ReferenceData.Read($"image-ramp-{rows}x{columns}");
        resized.Length.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            resized[i].ShouldBe(expected[i], 2e-3f); // of values to 1156
        }
    }

    [Fact]
    public void Every_utterance_has_as_many_frames_and_loudness_does_not_show()
    {
        var extractor = new SpectrogramImageOptions { Width = 48 }.CreateExtractor();
        extractor.FixedFrames.ShouldBe(48);
        extractor.FramesIn(100).ShouldBe(48);
        foreach (var samples in LogMelTests.OddAudio())
        {
            var image = extractor.Extract(new Waveform(samples, 16000));
            image.Frames.ShouldBe(48);
            image.Values.ShouldAllBe(v => v >= 0 && v <= 1.0001f);
        }

        var loud = extractor.Extract(new Waveform([.. ReferenceData.Signal.Samples.Select(s => 8 * s)], 16000)).Values;
        var quiet = extractor.Extract(new Waveform([.. ReferenceData.Signal.Samples.Select(s => 4 * s)], 16000)).Values;
        loud.Zip(quiet).Average(p => Math.Abs((double)p.First - p.Second)).ShouldBeLessThan(0.01);
        extractor.Extract(new Waveform(new float[4000], 16000)).Values.ShouldAllBe(v => v == 0);
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        Refused(new() { Height = 0 }).ShouldContain("'height' is 0");
        Refused(new() { Width = 5000 }).ShouldContain("'width' is 5000");
        Refused(new() { MelBands = 0 }).ShouldContain("'mel-bands'");
        Refused(new() { Range = 0 }).ShouldContain("'range'");
        Refused(new() { HighestFrequency = 9000 }).ShouldContain("'highest-frequency'");
        Refused(new() { LowestFrequency = 5, HighestFrequency = 10 }).ShouldContain("one every 31.25 Hz");
        Refused(new() { Frames = new FramingOptions { HopLength = 0 } }).ShouldContain("'hop-length' is 0");
        Should.Throw<UndertoneException>(() => new FunctionalsOfOptions { Set = new SpectrogramImageOptions(), Statistics = [FrameStatistic.Slope] }.CreateExtractor())
            .Message.ShouldContain("no fixed distance in time");

        static string Refused(SpectrogramImageOptions options) => Should.Throw<UndertoneException>(options.CreateExtractor).Message;
    }

    [Fact]
    public void The_fingerprint_knows_every_setting()
    {
        var basis = new SpectrogramImageOptions();
        SpectrogramImageOptions[] others =
        [
            basis with { Frames = new FramingOptions { HopLength = 161 } }, basis with { Height = 65 }, basis with { Width = 65 }, basis with { Fit = ImageFit.Crop },
            basis with { Axis = ImageAxis.Mel }, basis with { MelBands = 40 }, basis with { LowestFrequency = 50 }, basis with { HighestFrequency = 7999 },
            basis with { Range = 70 }, basis with { Colour = ImageColour.Jet },
        ];
        others.Length.ShouldBe(typeof(SpectrogramImageOptions).GetProperties().Count(p => p.CanWrite && p.GetMethod is { IsStatic: false }));
        others.Append(basis).Select(o => o.CreateExtractor().Fingerprint).Distinct().Count().ShouldBe(others.Length + 1);
    }

    private static void Matches(SpectrogramImageOptions options, string data)
    {
        var image = options.CreateExtractor().Extract(ReferenceData.Signal);
        var expected = ReferenceData.Read(data);
        image.Values.Length.ShouldBe(expected.Length, $"{image.Frames} frames x {image.Dimensions}");
        for (var i = 0; i < expected.Length; i++)
        {
            // Single precision tells powers far below the greatest apart no better.
            image.Values[i].ShouldBe(expected[i], 5e-4f, $"frame {i / image.Dimensions}, dimension {i % image.Dimensions}");
        }
    }
}
