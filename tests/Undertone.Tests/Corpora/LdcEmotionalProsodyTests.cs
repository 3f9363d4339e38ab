using System.Globalization;
using System.Text;
using Undertone.Corpora;
using Undertone.Speech;

namespace Undertone.Tests.Corpora;

public class LdcEmotionalProsodyTests
{
    private const string Transcript =
        "0.00 1.20 A: [MISC]\n"
        + "1.25 1.75 A: hot anger, March twenty-first\n"
        + "1.80 2.40 A:  happy,  two thousand nine\n"
        + "2.40 2.50 A: (laughter)\n"
        + "2.50 2.60 A: Emotion category elation\n";

    [Fact]
    public void UtterancesArePartsOfSphereRecordings()
    {
        using var tree = new CorpusTree();
        var samples = WriteSphere(Path.Combine(tree.Path, "cc_001.sph"));
        tree.Write("transcr/cc_001.txt", Transcript);

        var check = tree.Check(new LdcEmotionalProsody());
        var u = check.Data.Utterances;

        u.Select(x => (x.Id, x.Speaker, x.Emotion, x.Session, x.Text, x.Start, x.End)).ShouldBe(
        [
            ("cc_001_happiness_1.80", "cc", "happiness", "cc_001", "two thousand nine", 1.8, 2.4),
            ("cc_001_hot-anger_1.25", "cc", "hot-anger", "cc_001", "march twenty first", 1.25, 1.75),
        ]);
        u.Select(x => x.Seconds).ShouldBe([0.6, 0.5], 1e-3);
        check.Formats.ShouldHaveSingleItem().ShouldBe((22050, 2, 2));
        check.Faults.ShouldBe(["1 speaker instead of 7."]);

        // Seeking gives what cutting the whole gives.
        var (first, last) = ((int)Math.Round(1.25 * 22050), (int)Math.Round(1.75 * 22050));
        u[1].ReadAudio().Samples.ShouldBe(Resampler.Resample(new Waveform(samples[first..last], 22050), 16000).Samples);
    }

    [Fact]
    public void CopiesThatWereCutAreReadToo()
    {
        using var tree = new CorpusTree().Speak("mm_001_cold-anger_1280.46_March-seventeenth.wav", "mm_001_neutral_12.5_five.wav", "cl_001.wav", "notes.wav");

        var listing = tree.Survey(new LdcEmotionalProsody());

        listing.Utterances.Select(x => (x.Id, x.Speaker, x.Emotion, x.Text)).ShouldBe(
            [("mm_001_cold-anger_1280.46", "mm", "cold-anger", "march seventeenth"), ("mm_001_neutral_12.5", "mm", "neutral", "five")]);
        listing.Foreign.Select(f => f.Reason).ShouldBe(
            ["there is no transcript cl_001.txt, which says where its utterances are", "expected a name such as cc_001: speaker of two letters, session of three digits"]);
    }

    [Fact]
    public void ATranscriptThatRunsBackwardsIsNamedWithItsLine()
    {
        using var tree = new CorpusTree().Speak("cc_001.wav").Write("cc_001.txt", "\n5.0 4.0 A: pride, five\n");
        Should.Throw<UndertoneException>(() => tree.Survey(new LdcEmotionalProsody())).Message.ShouldContain("cc_001.txt:2: the utterance ends at 4 s");
    }

    // NIST SPHERE, as the publisher has it: a header of 1024 bytes, then big-endian samples of two channels.
    private static float[] WriteSphere(string path)
    {
        var voice = DemoVoice.Vowel(DemoSpeaker.All[0], 'a', 180, 4).Waveform.Samples;
        var samples = voice[..(int)(3.7 * 16000)].Select(s => (short)(s * 30000)).ToArray();
        var header = new StringBuilder("NIST_1A\n   1024\n")
            .Append(CultureInfo.InvariantCulture, $"channel_count -i 2\nsample_count -i {samples.Length}\nsample_rate -i 22050\nsample_n_bytes -i 2\n")
            .Append("sample_byte_format -s2 10\nsample_sig_bits -i 16\nsample_coding -s3 pcm\nend_head\n")
            .ToString();
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes(header.PadRight(1024)));
        foreach (var sample in samples)
        {
            for (var channel = 0; channel < 2; channel++)
            {
                file.WriteByte((byte)(sample >> 8));
                file.WriteByte((byte)sample);
            }
        }

        return [.. samples.Select(s => s / 32768f)];
    }
}
