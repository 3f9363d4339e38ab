using Undertone.Features;
using Undertone.Speech;
using Undertone.Tests.Corpora;

namespace Undertone.Tests.Features;

/// <summary>What every set of the catalog promises, and the names that the catalog understands.</summary>
public sealed class FeatureSetCatalogTests
{
    private static FeatureSetCatalog Catalog => FeatureSetCatalog.Default;

    public static TheoryData<string> Names => [.. Catalog.Names, "mfcc-functionals", "mfcc-functionals+log-mel-functionals"];

    private static IReadOnlyList<(string Kind, float[] Samples)> OddAudio { get; } =
    [
        ("one sample", [0.5f]),
        ("two samples", [0.5f, -0.5f]),
        ("20 ms", [.. Enumerable.Range(0, 320).Select(n => 0.3f * MathF.Sin(n * 0.06f))]),
        ("20 ms of silence", new float[320]),
        ("one sample more than a frame", [.. Enumerable.Range(0, 321).Select(n => n / 500f)]),
        ("silence", new float[16000]),
        ("click", [.. Enumerable.Range(0, 16000).Select(n => n == 8000 ? 1f : 0)]),
        ("clicks", [.. Enumerable.Range(0, 16000).Select(n => n % 1000 == 0 ? -1f : 0)]),
        ("offset", [.. Enumerable.Repeat(1f, 16000)]),
        ("small offset", [.. Enumerable.Repeat(1e-4f, 16000)]),
        ("full-scale square wave", [.. Enumerable.Range(0, 16000).Select(n => n / 50 % 2 == 0 ? 1f : -1f)]),
        ("square wave of half the sample rate", [.. Enumerable.Range(0, 16000).Select(n => n % 2 == 0 ? 1f : -1f)]),
        ("noise", [.. Enumerable.Range(0, 8000).Select(n => MathF.Sin(n * n * 0.37f))]),
        ("far too loud", [.. Enumerable.Range(0, 8000).Select(n => 3e4f * MathF.Sin(n * 0.07f))]),
        ("hardly there", [.. Enumerable.Range(0, 8000).Select(n => 1e-20f * MathF.Sin(n * 0.07f))]),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_set_describes_each_of_its_values_once(string name)
    {
        var set = Catalog.Get(name);
        set.Name.ShouldBe(name);
        set.Summary.ShouldEndWith(".");
        set.Source.ShouldContain("doi:");
        var extractor = set.Options.CreateExtractor();
        extractor.Name.ShouldBe(name);
        var values = extractor.Describe();
        values.Count.ShouldBe(extractor.Dimensions);
        values.Select(v => v.Name).ShouldBeUnique();
        values.ShouldAllBe(v => v.Name.Length > 0 && v.Unit.Length > 0 && v.Source.Length > 0);
        values.ShouldAllBe(v => v.Name.IndexOfAny(new[] { ',', ';', '"', '\n' }) < 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Odd_audio_gives_finite_values(string name)
    {
        var extractor = Catalog.Get(name).Options.CreateExtractor();
        foreach (var (kind, samples) in OddAudio)
        {
            var features = extractor.Extract(new Waveform(samples, 16000));
            features.Dimensions.ShouldBe(extractor.Dimensions, kind);
            features.Frames.ShouldBeGreaterThan(0, kind);
            features.Values.Length.ShouldBe(features.Frames * extractor.Dimensions, kind);
            features.Values.ShouldAllBe(v => float.IsFinite(v), kind);
            (extractor.IsFunctionals ? features.Frames : 1).ShouldBe(1, kind);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Audio_that_cannot_be_analysed_is_refused_with_what_is_wrong(string name)
    {
        var extractor = Catalog.Get(name).Options.CreateExtractor();
        Refused([], 16000, "empty");
        Refused(new float[100], 8000, "8000 Hz");
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            Refused([0f, bad, 0.1f], 16000, "not finite");
            Refused([.. Enumerable.Range(0, 20000).Select(n => n == 19999 ? bad : 0.1f)], 16000, "not finite");
        }

        void Refused(float[] samples, int rate, string expected) =>
            Should.Throw<UndertoneException>(() => extractor.Extract(new Waveform(samples, rate))).Message.ShouldContain(expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_do_not_disturb_each_other(string name)
    {
        var extractor = Catalog.Get(name).Options.CreateExtractor();
        Waveform[] waveforms = [.. OddAudio.Where(a => a.Samples.Length > 1 || a.Kind == "one sample").Select(a => new Waveform(a.Samples, 16000)), ReferenceData.Signal];
        var alone = waveforms.Select(w => Catalog.Get(name).Options.CreateExtractor().Extract(w).Values).ToArray();
        var together = new float[waveforms.Length * 2][];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = extractor.Extract(waveforms[i % waveforms.Length]).Values);
        together.Select((values, i) => values.AsSpan().SequenceEqual(alone[i % waveforms.Length])).ShouldAllBe(same => same);

        // One recording by all threads at once.
        together = together[..12];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i => together[i] = extractor.Extract(ReferenceData.Signal).Values);
        together.Select(values => values.AsSpan().SequenceEqual(alone[^1])).ShouldAllBe(same => same);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_gives_the_values_of_its_samples_in_memory_and_leaves_them_as_they_are(string name)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "speech.wav");
        var samples = ReferenceData.Signal.Samples.Select(s => (short)Math.Clamp(s * 20000, -32768, 32767)).ToArray();
        float[] expected = [.. samples.Select(s => s / 32768f)];
        WaveFile.Write(path, new Waveform(expected, 16000));
        var memory = new Waveform([.. expected], 16000);

        var extractor = Catalog.Get(name).Options.CreateExtractor();
        extractor.Extract(AudioFile.Read(path)).Values.ShouldBe(extractor.Extract(memory).Values);
        memory.Samples.ShouldBe(expected);
    }

    [Theory]
    [InlineData("mfc", "there is no feature set 'mfc'; did you mean 'mfcc'?")]
    [InlineData("mfc-functionals", "did you mean 'mfcc-functionals'?")]
    [InlineData("spectrum", "there is no feature set 'spectrum'; expected one of: log-mel, mfcc")]
    [InlineData("mfcc-functionals+log-mel", "'log-mel' has a frame every 10 ms; '+' joins sets of one frame an utterance. 'log-mel-functionals' takes statistics")]
    [InlineData("mfcc-functionals+mfcc-functionals", "holds 'mfcc-functionals' twice")]
    [InlineData("mfcc-functionals+", "there is no feature set ''")]
    [InlineData("mfcc-functionals-functionals", "there is no feature set")]
    public void A_name_that_leads_nowhere_is_refused_with_the_nearest(string name, string expected) =>
        Should.Throw<UndertoneException>(() => Catalog.Get(name)).Message.ShouldContain(expected);

    [Fact]
    public void Joined_sets_stand_side_by_side_and_shared_names_are_told_apart()
    {
        var mean = new FunctionalsOfOptions { Set = new MfccOptions { Deltas = 0 } };
        var joined = new JoinedOptions { Sets = [mean, new FunctionalsOfOptions { Set = new LogMelOptions() }, mean with { Statistics = [FrameStatistic.Mean] }] }.CreateExtractor();
        var names = joined.Describe().Select(v => v.Name).ToList();
        names.ShouldBeUnique();
        names[0].ShouldBe("mfcc-functionals(1):mfcc[0]_mean");
        names[1].ShouldBe("mfcc[0]_stddev");
        names[80].ShouldBe("log-mel[0]_mean");
        names[^1].ShouldBe("mfcc-functionals(3):mfcc[39]_mean");

        var parts = joined.Extract(ReferenceData.Signal).Values;
        parts.Length.ShouldBe(80 + 128 + 40);
        parts[..80].ShouldBe(mean.CreateExtractor().Extract(ReferenceData.Signal).Values);
        parts[^40..].ShouldBe(parts[..80].Where((_, i) => i % 2 == 0));
    }

    [Fact]
    public void Statistics_over_frames_are_those_of_the_textbook()
    {
        // Expected values by numpy 1.24 and scipy 1.10 of [2, 4, 4, 10, 5] at 0.5 s: mean, std, stats.skew, stats.kurtosis + 3,
        // min, max, percentile 20, 50, 80, polyfit(t, x, 1)[0].
        var options = new FunctionalsOfOptions { Set = new Fixed(), Statistics = Enum.GetValues<FrameStatistic>() };
        var values = options.CreateExtractor().Extract(new Waveform([0f], 16000)).Values;
        double[] expected = [5, 2.6832815729997477, 0.9938079899999065, 2.7314814814814814, 2, 10, 3.6, 4, 6, 2.4];
        values.Length.ShouldBe(20);
        for (var i = 0; i < expected.Length; i++)
        {
            ((double)values[i]).ShouldBe(expected[i], 1e-6, $"{(FrameStatistic)i}");
        }

        values[10..].ShouldBe([7, 0, 0, 0, 7, 7, 7, 7, 7, 0]);
    }

    /// <summary>Five frames of two values, whatever the audio.</summary>
    private sealed record Fixed : FeatureOptions
    {
        public override FeatureExtractor CreateExtractor() => new Extractor();

        private sealed class Extractor : FeatureExtractor
        {
            public override string Name => "fixed";

            public override string Fingerprint => "fixed/1";

            public override int Dimensions => 2;

            public override double HopSeconds => 0.5;

            public override IReadOnlyList<FeatureDescription> Describe() => FeatureDescription.Counted(Name, 2, "1", "none");

            public override FeatureMatrix Extract(Waveform waveform) => new([2, 7, 4, 7, 4, 7, 10, 7, 5, 7], 5, 2);
        }
    }
}
