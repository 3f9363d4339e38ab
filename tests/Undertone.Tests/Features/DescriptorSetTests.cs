using Undertone.Features;
using Undertone.Features.Descriptors;
using Undertone.Speech;

namespace Undertone.Tests.Features;

/// <summary>The sets of descriptors against values that Data/Features/make_descriptors.py computed elsewhere.</summary>
public sealed class DescriptorSetTests
{
    [Fact]
    public void Lfcc_is_torchaudios() => new LfccOptions().CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch("descriptors-lfcc");

    [Fact]
    public void Plp_is_that_of_the_papers_formulas() =>
        new PlpOptions { Deltas = 0 }.CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch("descriptors-plp");

    [Fact]
    public void Gammatone_energies_are_those_of_the_formula() =>
        new GammatoneOptions { Coefficients = 0, Deltas = 0 }.CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch("descriptors-gammatone");

    [Fact]
    public void Gammatone_responses_are_near_those_of_scipys_filters()
    {
        var expected = ReferenceData.Read("descriptors-gammatone-responses");
        double[] centres = [250, 1000, 3000];
        for (var c = 0; c < centres.Length; c++)
        {
            for (var i = 0; i < 9; i++)
            {
                var hertz = centres[c] + ((-2 + (0.5 * i)) * GammatoneFilters.Bandwidth(centres[c]));

                // The recursive filter deviates a little from the analogue response that both approximate.
                GammatoneFilters.Power(hertz, centres[c]).ShouldBe(expected[(9 * c) + i], 0.02, $"{hertz} Hz about {centres[c]} Hz");
            }
        }
    }

    [Fact]
    public void Gammatone_cepstra_are_the_cosine_transform_of_the_energies()
    {
        var energies = new GammatoneOptions { Coefficients = 0, Deltas = 0 }.CreateExtractor().Extract(ReferenceData.Signal);
        var cepstra = new GammatoneOptions().CreateExtractor().Extract(ReferenceData.Signal);
        cepstra.Dimensions.ShouldBe(90);
        for (var k = 0; k < 30; k++)
        {
            var sum = Enumerable.Range(0, 64).Sum(i => energies[3][i] * Math.Cos(Math.PI * k * (i + 0.5) / 64)) * Math.Sqrt((k == 0 ? 1 : 2) / 64.0);
            ((double)cepstra[3][k]).ShouldBe(sum, 1e-4);
        }
    }

    [Fact]
    public void Chroma_is_that_of_librosas_formulas() => new ChromaOptions().CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch("descriptors-chroma");

    [Theory]
    [InlineData(440, 9)]
    [InlineData(523.25, 0)]
    [InlineData(1567.98, 7)]
    public void A_tone_falls_into_its_pitch_class(double hertz, int pitchClass)
    {
        var features = new ChromaOptions().CreateExtractor().Extract(Tone(hertz));
        for (var frame = 10; frame < features.Frames - 10; frame++)
        {
            features[frame].IndexOf(1f).ShouldBe(pitchClass);
        }
    }

    [Fact]
    public void Spectral_shape_is_that_of_the_papers_formulas() =>
        new SpectralShapeOptions().CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch("descriptors-spectral-shape");

    [Fact]
    public void A_tone_has_its_own_centroid_and_crossings_and_no_flatness()
    {
        var features = new SpectralShapeOptions().CreateExtractor().Extract(Tone(1000));
        var names = new SpectralShapeOptions().CreateExtractor().Describe().Select(v => v.Name).ToList();
        var row = features[50];
        row[names.IndexOf("spectral_centroid")].ShouldBe(1000, 1);
        row[names.IndexOf("spectral_rolloff")].ShouldBeInRange(1000, 1032);
        row[names.IndexOf("zero_crossings")].ShouldBe(2000, 45);
        row[names.IndexOf("spectral_flux")].ShouldBe(0, 1e-4);
        row[names.IndexOf("spectral_flatness")].ShouldBeLessThan(-60);
        row[names.IndexOf("spectral_contrast[3]")].ShouldBeGreaterThan(60);
    }

    [Fact]
    public void Long_audio_has_the_shape_of_its_parts()
    {
        var random = new Random(4);
        float[] noise = [.. Enumerable.Range(0, 1100 * 160).Select(_ => random.NextSingle() - 0.5f)];
        var whole = new SpectralShapeOptions().CreateExtractor().Extract(new Waveform(noise, 16000));
        var part = new SpectralShapeOptions().CreateExtractor().Extract(new Waveform(noise[(500 * 160)..(530 * 160)], 16000));
        for (var frame = 3; frame < 27; frame++)
        {
            whole[500 + frame].ToArray().ShouldBe(part[frame].ToArray());
        }
    }

    [Fact]
    public void Silence_has_no_shape()
    {
        var row = new SpectralShapeOptions().CreateExtractor().Extract(new Waveform(new float[1600], 16000))[4];
        row.ToArray().ShouldAllBe(v => Math.Abs(v) < 1e-6);
        new ChromaOptions().CreateExtractor().Extract(new Waveform(new float[1600], 16000)).Values.ShouldAllBe(v => v == 0);
        new ModulationSpectrumOptions().CreateExtractor().Extract(new Waveform(new float[1600], 16000)).Values.ShouldAllBe(v => Math.Abs(v + 60) < 1e-4);
    }

    [Fact]
    public void Modulation_spectrum_is_that_of_the_papers_formulas() =>
        new ModulationSpectrumOptions { PieceLength = 40 }.CreateExtractor().Extract(ReferenceData.Signal).ShouldMatch("descriptors-modulation");

    [Theory]
    [InlineData(4, 0)]
    [InlineData(8, 1)]
    [InlineData(32, 3)]
    public void A_tone_that_swells_is_found_in_its_modulation_band_whatever_its_level(double hertz, int band)
    {
        var extractor = new ModulationSpectrumOptions().CreateExtractor();
        float[] Swelling(double level) =>
            [.. Enumerable.Range(0, 32000).Select(i => (float)(level * (1 + (0.5 * Math.Sin(2 * Math.PI * hertz * i / 16000))) * Math.Sin(2 * Math.PI * 1000 * i / 16000)))];
        var loud = extractor.Extract(new Waveform(Swelling(0.5), 16000)).Values;
        var quiet = extractor.Extract(new Waveform(Swelling(0.05), 16000)).Values;
        var strongest = loud.Chunk(5).MaxBy(b => b.Max())!;
        Array.IndexOf(strongest, strongest.Max()).ShouldBe(band);
        loud.Zip(quiet).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 0.01);
    }

    [Fact]
    public void Timbre_is_its_three_parts()
    {
        var extractor = new TimbreOptions().CreateExtractor();
        extractor.Dimensions.ShouldBe((39 + 14 + 12) * 7);
        var chroma = new FunctionalsOfOptions { Set = new ChromaOptions(), Statistics = new TimbreOptions().Statistics }.CreateExtractor().Extract(ReferenceData.Signal).Values;
        extractor.Extract(ReferenceData.Signal).Values[^chroma.Length..].ShouldBe(chroma);
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        Refused(new LfccOptions { Coefficients = 41 }).ShouldContain("lfcc: the setting 'coefficients' is 41; expected 1 to the number of bands (40)");
        Refused(new LfccOptions { LowestFrequency = 9000 }).ShouldContain("'lowest-frequency'");
        Refused(new LfccOptions { Frames = new() { WindowLength = 600 } }).ShouldContain("lfcc: the setting 'window-length'");
        Refused(new PlpOptions { Order = 21 }).ShouldContain("plp: the setting 'order' is 21; expected 1 to below the number of critical bands (21)");
        Refused(new GammatoneOptions { Coefficients = -1 }).ShouldContain("'coefficients'");
        Refused(new GammatoneOptions { HighestFrequency = 9000 }).ShouldContain("'highest-frequency'");
        Refused(new ChromaOptions { Frames = new() { HopLength = 0 } }).ShouldContain("chroma: the setting 'hop-length'");
        Refused(new SpectralShapeOptions { RollOff = 1 }).ShouldContain("'roll-off'");
        Refused(new ModulationSpectrumOptions { ModulationBands = 6 }).ShouldContain("'modulation-bands' is 6");
        Refused(new ModulationSpectrumOptions { PieceLength = 3 }).ShouldContain("'piece-length'");
        Refused(new TimbreOptions { Statistics = [] }).ShouldContain("'statistics'");

        static string Refused(FeatureOptions options) => Should.Throw<UndertoneException>(options.CreateExtractor).Message;
    }

    [Fact]
    public void Fingerprints_know_every_setting()
    {
        var frames = new FramingOptions { HopLength = 80 };
        Check(new LfccOptions(), o => o with { Frames = frames }, o => o with { Bands = 41 }, o => o with { LowestFrequency = 1 }, o => o with { HighestFrequency = 7000 }, o => o with { Coefficients = 9 }, o => o with { Deltas = 1 }, o => o with { DeltaWidth = 9 });
        Check(new GammatoneOptions(), o => o with { Frames = frames }, o => o with { Bands = 41 }, o => o with { LowestFrequency = 1 }, o => o with { HighestFrequency = 7000 }, o => o with { Coefficients = 9 }, o => o with { Deltas = 1 }, o => o with { DeltaWidth = 9 });
        Check(new PlpOptions(), o => o with { Frames = frames }, o => o with { Order = 9 }, o => o with { Coefficients = 9 }, o => o with { Deltas = 1 }, o => o with { DeltaWidth = 9 });
        Check(new ChromaOptions(), o => o with { Frames = frames });
        Check(new SpectralShapeOptions(), o => o with { Frames = frames }, o => o with { RollOff = 0.9 });
        Check(new ModulationSpectrumOptions(), o => o with { Frames = frames }, o => o with { Bands = 9 }, o => o with { LowestFrequency = 1 }, o => o with { HighestFrequency = 7000 }, o => o with { ModulationBands = 4 }, o => o with { PieceLength = 64 });
        Check(new TimbreOptions(), o => o with { Mfcc = new() }, o => o with { Shape = new() { RollOff = 0.9 } }, o => o with { Chroma = new() { Frames = frames } }, o => o with { Statistics = [FrameStatistic.Mean] });
        Check(new LfccFrames(new()), o => new(o.Frames with { SampleRate = 8000 }), o => new(o.Frames with { FftLength = 1024 }), o => new(o.Frames with { WindowLength = 320 }), o => new(o.Frames with { HopLength = 80 }), o => new(o.Frames with { Window = WindowShape.Hamming }));

        static void Check<T>(T basis, params Func<T, T>[] changes)
            where T : FeatureOptions
        {
            var settings = basis is LfccFrames ? typeof(FramingOptions) : typeof(T);
            changes.Length.ShouldBe(settings.GetProperties().Count(p => p.CanWrite && p.GetMethod is { IsStatic: false }), settings.Name);
            changes.Select(c => c(basis)).Append(basis).Select(o => o.CreateExtractor().Fingerprint).Distinct().Count().ShouldBe(changes.Length + 1, settings.Name);
        }
    }

    private static Waveform Tone(double hertz) => new([.. Enumerable.Range(0, 16000).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * i / 16000)))], 16000);

    /// <summary>LFCC of given frames, to look at the settings of frames alone.</summary>
    private sealed record LfccFrames(FramingOptions Frames) : FeatureOptions
    {
        public override FeatureExtractor CreateExtractor() => new LfccOptions { Frames = Frames }.CreateExtractor();
    }
}
