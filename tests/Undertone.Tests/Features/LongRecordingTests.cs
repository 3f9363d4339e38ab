using Undertone.Features;
using Undertone.Speech;
using Undertone.Tests.Corpora;

namespace Undertone.Tests.Features;

/// <summary>
/// A recording beyond the minute that is kept in memory has, read from its file in blocks, the values of its
/// samples in memory.
/// </summary>
public sealed class LongRecordingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("egemaps")]
    [InlineData("compare-2016")]
    public void Read_in_blocks_it_has_the_values_of_the_whole(string set)
    {
        var path = Path.Combine(_folder.Path, "long.wav");
        WaveFile.Write(path, Recording(150));
        var extractor = FeatureSetCatalog.Default.Get(set).Options.CreateExtractor();
        var expected = extractor.Extract(AudioFile.Read(path)).Values;

        extractor.Extract(AudioSource.File(path)).Values.ShouldBe(expected);
        extractor.Extract(AudioSource.File(path)).Values.ShouldBe(expected); // in the room that the first left
        var short1 = Recording(2);
        extractor.Extract(AudioSource.Of(short1)).Values.ShouldBe(extractor.Extract(short1).Values);
    }

    [Theory]
    [InlineData("egemaps")]
    [InlineData("compare-2016")]
    public void A_recording_of_any_length_has_the_same_values_from_a_source(string set)
    {
        var extractor = FeatureSetCatalog.Default.Get(set).Options.CreateExtractor();
        var samples = Recording(25).Samples;
        foreach (var length in new[] { 1, 319, 320, 959, 960, 1439, 1440, 960 * 160, (960 * 160) + 799, (960 * 160) + 800, (960 * 160) + 960, (1920 * 160) + 961, samples.Length })
        {
            var waveform = new Waveform(samples[..length], 16000);
            extractor.Extract(AudioSource.Of(waveform)).Values.AsSpan().SequenceEqual(extractor.Extract(waveform).Values).ShouldBeTrue($"{length} samples");
        }
    }

    [Fact]
    public void Bad_audio_in_a_source_is_refused()
    {
        foreach (var set in new[] { "egemaps", "compare-2016" })
        {
            var extractor = FeatureSetCatalog.Default.Get(set).Options.CreateExtractor();
            Refused(new Waveform([], 16000), "empty");
            Refused(new Waveform(new float[100], 8000), "8000 Hz");
            Refused(new Waveform([.. Enumerable.Range(0, 100_000).Select(n => n == 90_000 ? float.NaN : 0.1f)], 16000), "not finite");
            extractor.Extract(AudioSource.Of(Recording(1))).Frames.ShouldBe(1);

            void Refused(Waveform waveform, string expected) =>
                Should.Throw<UndertoneException>(() => extractor.Extract(AudioSource.Of(waveform))).Message.ShouldContain(expected);
        }
    }

    /// <summary>Speech with pauses, from the seventh second a voice that is held for fifteen, and noise.</summary>
    private static Waveform Recording(int seconds)
    {
        var speech = DemoSpeaker.All.Take(3).SelectMany((s, i) => DemoVoice.Speak(s, i == 0 ? "anger" : "neutral", i).Waveform.Samples.Concat(new float[3000])).ToArray();
        var random = new Random(5);
        var samples = new float[seconds * 16000];
        for (var n = 0; n < samples.Length; n++)
        {
            samples[n] = n switch
            {
                >= 7 * 16000 and < 22 * 16000 => 0.1f * Enumerable.Range(1, 5).Sum(h => MathF.Sin(n * h * 0.0471f) / h),
                >= 30 * 16000 and < 32 * 16000 => 0.1f * (random.NextSingle() - 0.5f),
                _ => speech[n % speech.Length],
            };
        }

        return new Waveform(samples, 16000);
    }
}
