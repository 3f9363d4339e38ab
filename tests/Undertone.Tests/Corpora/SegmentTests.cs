using Undertone.Corpora;
using Undertone.Speech;

namespace Undertone.Tests.Corpora;

/// <summary>Utterances that are a part of their file.</summary>
public class SegmentTests
{
    [Fact]
    public void APartIsReadFromItsBeginningToItsEnd()
    {
        using var folder = new TemporaryFolder();
        var path = Recording(folder, out var whole);
        var u = new Utterance("c", "a", path, "s", "anger");

        u.ReadAudio().Samples.ShouldBe(whole);
        (u with { Start = 0.25, End = 0.75 }).ReadAudio().Samples.ShouldBe(whole[4000..12000]);
        (u with { Start = 0.25 }).ReadAudio().Samples.ShouldBe(whole[4000..]);
        (u with { End = 0.5 }).ReadAudio().Samples.ShouldBe(whole[..8000]);

        // A table that rounds to a tenth of a second may end a little after the audio does.
        (u with { Start = 0.5, End = 1.04 }).ReadAudio().Samples.ShouldBe(whole[8000..]);
    }

    [Theory]
    [InlineData(-1.0, 0.5, "at least 0 s")]
    [InlineData(0.5, 0.5, "no part from 0.5 to 0.5 s")]
    [InlineData(0.75, 0.5, "an end after it")]
    [InlineData(0.5, 1.2, "ends at 1 s")]
    [InlineData(1.0, 1.04, "ends at 1 s")]
    [InlineData(0.5, 0.50001, "no sample")]
    public void APartThatIsNotThereIsRefused(double start, double end, string expected)
    {
        using var folder = new TemporaryFolder();
        var u = new Utterance("c", "a", Recording(folder, out _), "s", "anger") { Start = start, End = end };
        Should.Throw<AudioException>(u.ReadAudio).Message.ShouldContain(expected);
    }

    private static string Recording(TemporaryFolder folder, out float[] samples)
    {
        var path = Path.Combine(folder.Path, "long.wav");
        WaveFile.Write(path, DemoVoice.Vowel(DemoSpeaker.All[0], 'a', 200, 1).Waveform);
        samples = AudioFile.Read(path).Samples;
        return path;
    }
}
