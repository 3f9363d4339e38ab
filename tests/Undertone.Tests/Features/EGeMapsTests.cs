using Undertone.Features;
using Undertone.Features.Tables;
using Undertone.Speech;
using Undertone.Testing;
using Undertone.Tests.Corpora;

namespace Undertone.Tests.Features;

public sealed class EGeMapsTests
{
    private const int Second = Waveform.StandardRate;
    private static readonly FeatureExtractor Set = new EGeMapsOptions().CreateExtractor();
    private static readonly IReadOnlyList<FeatureDescription> Values = Set.Describe();

    public static TheoryData<string> OddAudio => ["silence", "click", "offset", "square wave", "20 ms", "one sample", "noise", "tone of 4 kHz", "quiet"];

    [Fact]
    public void The_88_values_have_the_published_names_units_and_a_source()
    {
        Values.Count.ShouldBe(88);
        Values.Select(v => v.Name).Distinct().Count().ShouldBe(88);
        Values.ShouldAllBe(v => v.Source.Contains("doi:") && v.Unit.Length > 0);
        Values[0].ShouldBe(new FeatureDescription("F0semitoneFrom27.5Hz_sma3nz_amean", "semitones above 27.5 Hz", Values[0].Source));
        Values[^1].Name.ShouldBe("equivalentSoundLevel_dBp");
    }

    [OpenSmileFact]
    public void Values_agree_with_openSmile()
    {
        var reference = OpenSmileReference.Functionals("egemapsv02_functionals_emodb.csv", 13);
        var rows = reference.Utterances.Select(u => Set.Extract(OpenSmileReference.Wave(u)).Values.Select(v => (double)v).ToArray()).ToList();

        var agreement = FeatureAgreement.Of(new FeatureTable([.. Values.Select(v => v.Name)], reference.Utterances, rows), reference);

        agreement.OnlyOurs.ShouldBeEmpty();
        agreement.MedianCorrelation.ShouldBeGreaterThanOrEqualTo(0.999);
        agreement.Correlated(0.95).ShouldBeGreaterThanOrEqualTo(86);
        agreement.Scaled(0.1).ShouldBe(88);
    }

    // openSMILE's values of 03a01Fa: descriptors that do not hang on pitch, whose definition is exact.
    [CorpusFact("emodb")]
    public void Descriptors_without_pitch_are_openSmiles_to_five_digits()
    {
        var values = Named(Set.Extract(OpenSmileReference.Wave("03a01Fa")));
        values["loudness_sma3_amean"].ShouldBe(0.696801, 1e-5);
        values["loudness_sma3_stddevNorm"].ShouldBe(0.8630781, 1e-5);
        values["loudness_sma3_percentile50.0"].ShouldBe(0.5094048, 1e-5);
        values["loudness_sma3_meanRisingSlope"].ShouldBe(12.42011, 1e-4);
        values["loudness_sma3_stddevFallingSlope"].ShouldBe(7.684804, 1e-4);
        values["loudnessPeaksPerSec"].ShouldBe(4.255319, 1e-5);
        values["spectralFlux_sma3_amean"].ShouldBe(0.446695, 1e-5);
        values["spectralFlux_sma3_stddevNorm"].ShouldBe(1.224715, 1e-5);
        values["equivalentSoundLevel_dBp"].ShouldBe(-21.64793, 1e-4);
        values["F0semitoneFrom27.5Hz_sma3nz_amean"].ShouldBe(31.18817, 0.01);
        values["VoicedSegmentsPerSec"].ShouldBe(3.278689, 1e-5);
    }

    [Theory]
    [MemberData(nameof(OddAudio))]
    public void Odd_audio_has_defined_values(string kind)
    {
        var values = Set.Extract(new Waveform(Odd(kind), Waveform.StandardRate));
        values.Frames.ShouldBe(1);
        values.Values.ShouldAllBe(v => float.IsFinite(v));
    }

    [Fact]
    public void Audio_that_is_not_finite_or_empty_or_of_another_rate_is_refused()
    {
        Should.Throw<UndertoneException>(() => Set.Extract(new Waveform([0.1f, float.NaN], 16000))).Message.ShouldContain("not finite");
        Should.Throw<UndertoneException>(() => Set.Extract(new Waveform([], 16000))).Message.ShouldContain("empty");
        Should.Throw<UndertoneException>(() => Set.Extract(new Waveform(new float[400], 44100))).Message.ShouldContain("44100 Hz");
    }

    [Fact]
    public void A_steady_voice_has_its_pitch_and_a_loud_one_its_level()
    {
        var values = Named(Set.Extract(new Waveform(Pulses(200, Second), 16000)));
        values["F0semitoneFrom27.5Hz_sma3nz_amean"].ShouldBe(12 * Math.Log2(200 / 27.5), 0.05);
        values["jitterLocal_sma3nz_amean"].ShouldBe(0, 1e-3);
        values["shimmerLocaldB_sma3nz_amean"].ShouldBe(0, 0.02);
        values["VoicedSegmentsPerSec"].ShouldBe(1, 0.1);

        var louder = Named(Set.Extract(new Waveform([.. Pulses(200, Second).Select(s => 2 * s)], 16000)));
        (louder["equivalentSoundLevel_dBp"] - values["equivalentSoundLevel_dBp"]).ShouldBe(20 * Math.Log10(2), 1e-3);
        (louder["loudness_sma3_amean"] / values["loudness_sma3_amean"]).ShouldBe(Math.Pow(4, 0.33), 1e-3);
        (louder["alphaRatioV_sma3nz_amean"] - values["alphaRatioV_sma3nz_amean"]).ShouldBe(0, 1e-3);
    }

    [Fact]
    public void Pitch_is_that_of_the_demo_voice()
    {
        foreach (var speaker in DemoSpeaker.All.Where(s => s.Id is "f1" or "m2"))
        {
            var utterance = DemoVoice.Speak(speaker, "neutral", 0);
            var truth = utterance.Truth.Pitch.Where(p => p > 0).Average(p => 12 * Math.Log2(p / 27.5));
            Named(Set.Extract(utterance.Waveform))["F0semitoneFrom27.5Hz_sma3nz_amean"].ShouldBe(truth, 0.7, speaker.Id);
        }
    }

    [Fact]
    public void The_same_audio_gives_the_same_values_from_file_and_memory_and_many_threads()
    {
        var wave = DemoVoice.Speak(DemoSpeaker.All[0], "neutral", 1).Waveform;
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "voice.wav");
        WaveFile.Write(path, wave);
        var read = AudioFile.Read(path);
        var expected = Set.Extract(read).Values;
        Set.Extract(new Waveform([.. read.Samples], 16000)).Values.ShouldBe(expected);

        var all = new float[16][];
        Parallel.For(0, all.Length, i => all[i] = Set.Extract(read).Values);
        all.ShouldAllBe(v => v.SequenceEqual(expected));
    }

    private static Dictionary<string, double> Named(FeatureMatrix features) =>
        Values.Zip(features.Values).ToDictionary(p => p.First.Name, p => (double)p.Second);

    private static float[] Pulses(double pitch, int length) =>
        [.. Enumerable.Range(0, length).Select(i => (float)Enumerable.Range(1, 30).Sum(h => 0.1 / h * Math.Cos(2 * Math.PI * pitch * h * i / Second)))];

    private static float[] Odd(string kind)
    {
        var random = new Random(3);
        return kind switch
        {
            "silence" => new float[Second],
            "click" => [.. Enumerable.Range(0, Second).Select(i => i == 5000 ? 1f : 0)],
            "offset" => [.. Enumerable.Repeat(0.5f, Second)],
            "square wave" => [.. Enumerable.Range(0, Second).Select(i => i / 40 % 2 == 0 ? 1f : -1)],
            "20 ms" => Pulses(150, 320),
            "one sample" => [0.3f],
            "noise" => [.. Enumerable.Range(0, Second).Select(_ => random.NextSingle() - 0.5f)],
            "quiet" => [.. Pulses(150, Second).Select(s => s * 1e-12f)],
            _ => [.. Enumerable.Range(0, Second).Select(i => (float)Math.Sin(Math.PI * i / 2))],
        };
    }
}
