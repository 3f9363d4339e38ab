using Undertone.Corpora;
using Undertone.Speech;
using Undertone.Testing;

namespace Undertone.Tests.Corpora;

public class CorpusReaderTests
{
    private static readonly Waveform Audio = DemoVoice.Vowel(DemoSpeaker.All[0], 'a', 200, 0.3).Waveform;
    private static readonly Waveform Other = DemoVoice.Vowel(DemoSpeaker.All[4], 'o', 110, 0.5).Waveform;

    [Fact]
    public void DurationsAndHashesAreThoseOfTheDecodedAudio()
    {
        using var folder = SmallEmodb();

        var data = CorpusReader.Read(new Emodb(), folder.Path);

        data.Utterances.Select(u => u.Id).ShouldBe(["03a01Fa", "08a02Wb"]);
        data.Utterances.Select(u => u.Seconds).ShouldBe([0.3, 0.5], 1e-9);
        data.Utterances[0].AudioHash.ShouldBe(AudioHash.Of(AudioFile.Read(data.Utterances[0].Path)));
        data.Unreadable.ShouldBeEmpty();
        data.Fingerprint.Length.ShouldBe(64);
        data.Classes.ShouldBe(["anger", "happiness"]);
    }

    [Fact]
    public void UnreadableFilesAreLeftOutWithTheReason()
    {
        using var folder = SmallEmodb();
        var empty = folder.Write("wav/09a01Fa.wav", []);
        var text = folder.Write("wav/10a01Fa.wav", "not audio at all, but long enough to look at"u8.ToArray());
        var whole = File.ReadAllBytes(Path.Combine(folder.Path, "wav", "08a02Wb.wav"));
        var half = folder.Write("wav/11a01Fa.wav", whole[..(whole.Length / 2)]);

        var data = CorpusReader.Read(new Emodb(), folder.Path);

        data.Utterances.Count.ShouldBe(2);
        data.Unreadable.Select(u => u.Path).ShouldBe([empty, text, half]);
        data.Unreadable[0].Reason.ShouldContain("empty");
        data.Unreadable[2].Reason.ShouldContain("truncated");
    }

    [Fact]
    public void APointerOfGitLfsIsNamedWithTheWayOut()
    {
        using var folder = SmallEmodb();
        folder.Write("wav/09a01Fa.wav", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"u8.ToArray());
        CorpusReader.Read(new Emodb(), folder.Path).Unreadable.ShouldHaveSingleItem().Reason.ShouldContain("run 'git lfs pull'");
    }

    [Fact]
    public void NothingReadableIsAnError()
    {
        using var folder = new TemporaryFolder();
        folder.Write("03a01Fa.wav", []);
        Should.Throw<UndertoneException>(() => CorpusReader.Read(new Emodb(), folder.Path)).Message.ShouldContain("03a01Fa.wav");
    }

    [Fact]
    public void TheSecondReadingDecodesNothingAndGivesTheSame()
    {
        using var folder = SmallEmodb();
        using var cache = new TemporaryFolder();
        var first = CorpusReader.Read(new Emodb(), folder.Path, cache.Path);
        var count = new Counter();

        var second = CorpusReader.Read(new Emodb(), folder.Path, cache.Path, count);

        count.Reports.ShouldBe(0);
        second.Utterances.ShouldBe(first.Utterances);
        second.Fingerprint.ShouldBe(first.Fingerprint);
        Directory.GetFiles(cache.Path, "*", SearchOption.AllDirectories).Length.ShouldBe(2);
    }

    [Fact]
    public void AChangedFileIsReadAgainAndChangesTheFingerprint()
    {
        using var folder = SmallEmodb();
        using var cache = new TemporaryFolder();
        var first = CorpusReader.Read(new Emodb(), folder.Path, cache.Path);
        WaveFile.Write(first.Utterances[0].Path, Other);
        var count = new Counter();

        var second = CorpusReader.Read(new Emodb(), folder.Path, cache.Path, count);

        count.Reports.ShouldBe(1);
        second.Utterances[0].Seconds.ShouldBe(0.5, 1e-9);
        second.Fingerprint.ShouldNotBe(first.Fingerprint);
    }

    [Fact]
    public void ADamagedIndexIsMadeAnew()
    {
        using var folder = SmallEmodb();
        using var cache = new TemporaryFolder();
        var first = CorpusReader.Read(new Emodb(), folder.Path, cache.Path);
        var index = Directory.GetFiles(Path.Combine(cache.Path, "audio-index")).Single();
        var text = File.ReadAllText(index);
        foreach (var damaged in new[] { "", "undertone audio index 0\n", text[..(text.Length / 2)], text.Replace('\t', ' ') })
        {
            File.WriteAllText(index, damaged);
            CorpusReader.Read(new Emodb(), folder.Path, cache.Path).Fingerprint.ShouldBe(first.Fingerprint);
            File.ReadAllText(index).ShouldBe(text);
        }
    }

    [Fact]
    public void TheFingerprintDoesNotDependOnWhereTheFilesLie()
    {
        using var a = SmallEmodb();
        using var b = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(a.Path, "*.wav", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(b.Path, Path.GetFileName(file).ToUpperInvariant()));
        }

        CorpusReader.Read(new Emodb(), b.Path).Fingerprint.ShouldBe(CorpusReader.Read(new Emodb(), a.Path).Fingerprint);
    }

    [CorpusFact("emodb")]
    public void EmodbIsReadWholeAndTheSameTheSecondTime()
    {
        using var cache = new TemporaryFolder();
        var corpus = new Emodb();
        var folder = CorpusLocator.Locate(corpus);
        var first = CorpusReader.Read(corpus, folder, cache.Path);
        var second = CorpusReader.Read(corpus, folder, cache.Path);

        second.Fingerprint.ShouldBe(first.Fingerprint);
        first.Unreadable.ShouldBeEmpty();
        (first.Utterances.Sum(u => u.Seconds) / 60).ShouldBe(24.8, 0.05);
        first.Utterances.Min(u => u.Seconds).ShouldBe(1.2, 0.05);
        first.Utterances.Max(u => u.Seconds).ShouldBe(9.0, 0.05);
        first.Utterances.Select(u => u.AudioHash).ShouldBeUnique();
    }

    private static TemporaryFolder SmallEmodb()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "wav"));
        WaveFile.Write(Path.Combine(folder.Path, "wav", "03a01Fa.wav"), Audio);
        WaveFile.Write(Path.Combine(folder.Path, "wav", "08a02Wb.wav"), Other);
        return folder;
    }

    private sealed class Counter : IProgress<ReadingProgress>
    {
        private int _reports;

        public int Reports => _reports;

        public void Report(ReadingProgress value) => Interlocked.Increment(ref _reports);
    }
}
