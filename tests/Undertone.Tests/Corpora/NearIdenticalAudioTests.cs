using Undertone.Corpora;
using Undertone.Protocols;
using Undertone.Speech;
using Undertone.Testing;
using Xunit.Abstractions;

namespace Undertone.Tests.Corpora;

public sealed class NearIdenticalAudioTests(ITestOutputHelper output)
{
    private static readonly string[] AllChanges = ["gain", "ogg", "mp3", "offset", "silence", "noise", "rate"];

    public static TheoryData<string> Changes => [.. AllChanges];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_copy_is_found_among_other_utterances(string change)
    {
        var originals = Spoken().ToList();
        var copies = originals.Take(6).Select(w => Changed(w, change)).ToList();
        var pairs = NearIdenticalAudio.Pairs([.. originals, .. copies]);
        output.WriteLine($"{change}: least {pairs.Select(p => p.Similarity).DefaultIfEmpty().Min():F4}");
        pairs.Select(p => (p.First, p.Second)).ShouldBe(Enumerable.Range(0, 6).Select(i => (i, originals.Count + i)));
    }

    [CorpusFact("ravdess")]
    public void The_near_identical_pair_of_ravdess_is_found_and_no_other_take()
    {
        var corpus = CorpusCatalog.Get("ravdess");
        var utterances = corpus.List(CorpusLocator.Locate(corpus)).Where(u => u.Speaker is "01" or "07").ToList();
        var audio = utterances.AsParallel().AsOrdered().Select(u => u.ReadAudio()).ToList();
        NearIdenticalAudio.Pairs(audio).Select(p => (utterances[p.First].Id, utterances[p.Second].Id))
            .ShouldBe([("03-01-03-01-02-01-07", "03-01-03-01-02-02-07")]);

        // Repetitions of one sentence in one emotion and intensity are the hardest to tell apart.
        var takes =
            from a in Enumerable.Range(0, audio.Count)
            from b in Enumerable.Range(a + 1, audio.Count - a - 1)
            where utterances[a].Id[..14] == utterances[b].Id[..14] && utterances[a].Speaker == utterances[b].Speaker && !utterances[a].Id.StartsWith("03-01-03-01-02", StringComparison.Ordinal)
            select NearIdenticalAudio.Similarity(audio[a], audio[b]);
        output.WriteLine($"takes: at most {takes.Max():F4}");
        takes.Max().ShouldBeLessThan(NearIdenticalAudio.Threshold - 0.05);
    }

    [CorpusFact("emodb")]
    public void Real_speech_is_found_again_after_every_change_and_takes_are_not_taken_for_copies()
    {
        var corpus = CorpusCatalog.Get("emodb");
        var utterances = corpus.List(CorpusLocator.Locate(corpus)).Where(u => u.Speaker == "13").Take(40).ToList();
        var audio = utterances.AsParallel().AsOrdered().Select(u => u.ReadAudio()).ToList();
        NearIdenticalAudio.Pairs(audio).ShouldBeEmpty();
        foreach (var change in AllChanges)
        {
            var pairs = NearIdenticalAudio.Pairs([.. audio, .. audio.Take(8).Select(w => Changed(w, change))]);
            output.WriteLine($"{change}: least {pairs.Select(p => p.Similarity).DefaultIfEmpty().Min():F4}");
            pairs.Select(p => (p.First, p.Second)).ShouldBe(Enumerable.Range(0, 8).Select(i => (i, audio.Count + i)));
        }
    }

    [Fact]
    public void A_corpus_marks_them_and_the_audit_counts_them_as_leakage()
    {
        using var folder = new TemporaryFolder();
        string At(string path) => Path.Combine(folder.Path, path);
        Directory.CreateDirectory(At("corpus"));
        var spoken = Spoken().Take(6).ToList();
        string[] names = ["f1-anger-s1", "f1-anger-s2", "f2-sadness-s1", "f2-sadness-s2", "f3-anger-s1", "f3-sadness-s1"];
        foreach (var (name, audio) in names.Zip(spoken))
        {
            WaveFile.Write(At($"corpus/{name}.wav"), audio);
        }

        WaveFile.Write(At("corpus/f2-anger-s3.wav"), Changed(spoken[0], "gain"));
        WaveFile.Write(At("corpus/f3-anger-s3.wav"), Changed(spoken[0], "offset"));
        var corpus = CorpusReader.Read(new Listed(), At("corpus"), At("cache"));
        corpus.Utterances.Where(u => u.AudioGroup is not null).Select(u => (u.Id, u.AudioGroup)).ShouldBe(
            [("f1-anger-s1", "f1-anger-s1"), ("f2-anger-s3", "f1-anger-s1"), ("f3-anger-s3", "f1-anger-s1")]);

        var audit = LeakageAudit.Of(new LeaveOneSpeakerOut().Splits(corpus, new() { Speakers = 0 }, 0), adapted: false);
        audit.Badge.ToString().ShouldBe("speaker-dependent");
        audit.Folds[0].TrainTest.NearAudio.ShouldBe(
            [new SharedAudio("f2-anger-s3", "f1-anger-s1", SameSpeaker: false), new SharedAudio("f3-anger-s3", "f1-anger-s1", SameSpeaker: false)]);
        audit.Folds[0].TrainTest.Audio.ShouldBeEmpty();

        // What was found is kept: with the files' index and this, nothing is decoded again.
        var kept = Directory.GetFiles(At("cache/near-identical")).ShouldHaveSingleItem();
        var lines = File.ReadAllLines(kept);
        File.WriteAllText(kept, "undertone near-identical audio 1\t0\n");
        CorpusReader.Read(new Listed(), At("corpus"), At("cache")).Utterances.ShouldAllBe(u => u.AudioGroup == null);
        File.WriteAllText(kept, "damaged");
        CorpusReader.Read(new Listed(), At("corpus"), At("cache")).Utterances.Count(u => u.AudioGroup is not null).ShouldBe(3);
        File.ReadAllLines(kept).ShouldBe(lines);
    }

    [Fact]
    public void Silence_is_like_nothing()
    {
        var silence = new Waveform(new float[16000], 16000);
        NearIdenticalAudio.Pairs([silence, silence, new Waveform([0.5f], 16000)]).ShouldBeEmpty();
        NearIdenticalAudio.Similarity(silence, Spoken().First()).ShouldBeLessThan(0.5);
        var loud = Spoken().First();
        NearIdenticalAudio.Similarity(loud, loud with { Samples = [.. loud.Samples.Select(s => s * 1e9f)] }).ShouldBe(1, 1e-3);
    }

    private static IEnumerable<Waveform> Spoken() =>
        from sentence in Enumerable.Range(0, 2)
        from emotion in DemoVoice.Emotions
        from speaker in DemoSpeaker.All.Take(3)
        select DemoVoice.Speak(speaker, emotion, sentence).Waveform;

    private static Waveform Changed(Waveform audio, string change)
    {
        var random = new SeededRandom(1);
        return change switch
        {
            "gain" => audio with { Samples = [.. audio.Samples.Select(s => s / 2)] },
            "ogg" => EncodedAudio.RoundTrip(audio, EncodedAudio.OggVorbis),
            "mp3" => EncodedAudio.RoundTrip(audio, EncodedAudio.Mp3),
            "offset" => audio with { Samples = audio.Samples[137..] },
            "silence" => audio with { Samples = [.. new float[4321], .. audio.Samples, .. new float[1234]] },
            "noise" => audio with { Samples = [.. audio.Samples.Select(s => s + ((random.NextInt(11) - 5) / 32768f))] },
            "rate" => Resampler.Resample(Resampler.Resample(audio, 11025), 16000),
            _ => throw new ArgumentException(change),
        };
    }

    /// <summary>The demo's names without its habit of making what is missing.</summary>
    private sealed class Listed : FileNamedCorpus
    {
        private readonly Demo _demo = new();

        public override CorpusCard Card => _demo.Card;

        public override NameParse Parse(string stem, string path) => _demo.Parse(stem, path);
    }
}
