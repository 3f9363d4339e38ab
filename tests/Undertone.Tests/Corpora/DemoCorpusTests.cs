using Undertone.Corpora;
using Undertone.Speech;

namespace Undertone.Tests.Corpora;

/// <summary>One generation is shared by the tests that only look at it.</summary>
public sealed class GeneratedDemo : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("undertone-demo-").FullName;

    public GeneratedDemo() => DemoCorpus.Generate(Folder);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

public class DemoCorpusTests(GeneratedDemo generated) : IClassFixture<GeneratedDemo>
{
    [Fact]
    public void ItIsAsItsCardSays()
    {
        var demo = new Demo();
        var check = CorpusCheck.Of(demo, generated.Folder);

        check.Faults.ShouldBeEmpty();
        check.Identical.ShouldBeEmpty();
        check.Formats.ShouldHaveSingleItem().ShouldBe((16000, 1, 240));
        DemoCorpus.Utterances(generated.Folder).ShouldBe(demo.List(generated.Folder));
        File.ReadLines(Path.Combine(generated.Folder, DemoCorpus.TruthFile)).Count().ShouldBe(242);
    }

    [Fact]
    public void ArousalAndValenceAreTheEmotionsPlaceTimesTheUtterancesStrength()
    {
        var utterances = new Demo().List(generated.Folder);
        utterances.ShouldAllBe(u => u.Arousal != null && u.Valence != null && u.Dominance == null);
        utterances.Where(u => u.Emotion == "neutral").ShouldAllBe(u => u.Arousal == 0 && u.Valence == 0);
        utterances.Where(u => u.Emotion == "anger").ShouldAllBe(u => u.Arousal > 0 && Math.Abs(u.Valence!.Value + (0.75 * u.Arousal!.Value)) < 0.002);
        utterances.Where(u => u.Emotion == "happiness").ShouldAllBe(u => u.Arousal > 0 && u.Valence > 0);
        utterances.Where(u => u.Emotion == "sadness").ShouldAllBe(u => u.Arousal < 0 && u.Valence < 0);

        // They can be heard: the more aroused an utterance, the higher and faster its speaker talks.
        var truth = File.ReadLines(Path.Combine(generated.Folder, DemoCorpus.TruthFile)).Skip(2).Select(l => l.Split(',')).ToDictionary(f => f[0]);
        double Number(string id, int column) => double.Parse(truth[id][column], System.Globalization.CultureInfo.InvariantCulture);
        foreach (var speaker in utterances.GroupBy(u => u.Speaker))
        {
            var arousal = speaker.Select(u => u.Arousal!.Value).ToArray();
            Correlation(arousal, [.. speaker.Select(u => Number(u.Id, 6))]).ShouldBeGreaterThan(0.4, speaker.Key);
            Correlation(arousal, [.. speaker.Select(u => Number(u.Id, 8))]).ShouldBeGreaterThan(0.2, speaker.Key);
        }
    }

    private static double Correlation(double[] x, double[] y) => new Undertone.Evaluation.Regression.PearsonCorrelation().Score(x, y);

    [Fact]
    public void TwoGenerationsAtOnceIntoOneFolderGiveTheSameBytes()
    {
        using var folder = new TemporaryFolder();

        Parallel.Invoke(() => DemoCorpus.Generate(folder.Path), () => DemoCorpus.Generate(folder.Path));

        ShouldBeEqual(folder.Path, generated.Folder);
    }

    [Fact]
    public void AnInterruptedGenerationIsFinishedByTheNextListing()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var progress = new StopAfter(20, stop);
        Should.Throw<OperationCanceledException>(() => DemoCorpus.Generate(folder.Path, progress, stop.Token));
        DemoCorpus.IsWhole(folder.Path).ShouldBeFalse();

        // What kill -9 may leave, and a file that an older voice made.
        folder.Write("f1/.0123456789abcdef.wav");
        var old = Directory.GetFiles(folder.Path, "*-*.wav", SearchOption.AllDirectories)[0];
        File.WriteAllBytes(old, [1, 2, 3]);

        new Demo().List(folder.Path).Count.ShouldBe(240);
        DemoCorpus.IsWhole(folder.Path).ShouldBeTrue();
        ShouldBeEqual(folder.Path, generated.Folder);
    }

    [Fact]
    public void ACheckOfAPartialCopyChangesNothing()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Path.Combine(generated.Folder, "m1")))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        var check = CorpusCheck.Of(new Demo(), folder.Path);

        check.IsComplete.ShouldBeFalse();
        check.Faults.ShouldContain("30 files instead of 240.");
        check.Faults.ShouldContain("1 speaker instead of 8.");
        Directory.GetFileSystemEntries(folder.Path).Length.ShouldBe(30);
    }

    [Fact]
    public void IdenticalAudioUnderTwoNamesIsReported()
    {
        using var folder = new TemporaryFolder();
        var one = Path.Combine(generated.Folder, "m1", "m1-anger-s1.wav");
        File.Copy(one, Path.Combine(folder.Path, "m1-anger-s1.wav"));
        File.Copy(one, Path.Combine(folder.Path, "m1-anger-s2.wav"));

        CorpusCheck.Of(new Demo(), folder.Path).Identical.ShouldHaveSingleItem().ShouldBe(["m1-anger-s1", "m1-anger-s2"]);
    }

    [Fact]
    public void TheTruthTableAgreesWithTheVoice()
    {
        var rows = File.ReadAllLines(Path.Combine(generated.Folder, DemoCorpus.TruthFile)).Skip(1).Select(l => l.Split(',')).ToList();
        var at = Array.IndexOf(rows[0], "f0_mean_hz");
        var row = rows.Single(r => r[0] == "m3-fear-s4");
        var truth = DemoVoice.Speak(DemoSpeaker.All.Single(s => s.Id == "m3"), "fear", 3).Truth;

        double.Parse(row[at], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(truth.MeanPitch, 0.006);
    }

    [Fact]
    public void LeavingOneSpeakerOutIsNeitherChanceNorPerfect()
    {
        // The plainest classifier on the true values: the nearest class mean after standardisation; chance is 20 %.
        var rows = File.ReadAllLines(Path.Combine(generated.Folder, DemoCorpus.TruthFile)).Skip(2).Select(l => l.Split(',')).ToList();
        double[] Values(string[] row) => [.. row.Skip(5).Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
        var right = 0;
        foreach (var speaker in rows.Select(r => r[1]).Distinct())
        {
            var train = rows.Where(r => r[1] != speaker).Select(r => (Emotion: r[3], Values: Values(r))).ToList();
            var width = train[0].Values.Length;
            var mean = Enumerable.Range(0, width).Select(i => train.Average(t => t.Values[i])).ToArray();
            var spread = Enumerable.Range(0, width).Select(i => Math.Sqrt(train.Average(t => Math.Pow(t.Values[i] - mean[i], 2)))).ToArray();
            double[] Standardised(double[] v) => [.. v.Select((x, i) => (x - mean[i]) / spread[i])];
            var centres = train.GroupBy(t => t.Emotion).ToDictionary(
                g => g.Key,
                g => Enumerable.Range(0, width).Select(i => g.Average(t => Standardised(t.Values)[i])).ToArray());
            right += rows.Where(r => r[1] == speaker).Count(r =>
            {
                var v = Standardised(Values(r));
                return centres.MinBy(c => c.Value.Zip(v, (a, b) => (a - b) * (a - b)).Sum()).Key == r[3];
            });
        }

        ((double)right / rows.Count).ShouldBeInRange(0.45, 0.9);
    }

    [Theory]
    [InlineData("f1-anger", "three parts")]
    [InlineData("f9-anger-s1", "speaker 'f9'")]
    [InlineData("f1-joy-s1", "emotion 'joy'")]
    [InlineData("f1-anger-s7", "sentence 's7'")]
    [InlineData("f1-anger-s0", "sentence 's0'")]
    public void ForeignNamesSayWhichFieldIsWrong(string stem, string expected) =>
        new Demo().Parse(stem, "x.wav").Problem.ShouldContain(expected);

    private static void ShouldBeEqual(string folder, string expected)
    {
        string[] Files(string root) =>
            [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal)];
        Files(folder).ShouldBe(Files(expected));
        foreach (var file in Files(expected))
        {
            File.ReadAllBytes(Path.Combine(folder, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(expected, file))).ShouldBeTrue(file);
        }
    }

    private sealed class StopAfter(int count, CancellationTokenSource stop) : IProgress<ReadingProgress>
    {
        public void Report(ReadingProgress value)
        {
            if (value.Done >= count)
            {
                stop.Cancel();
            }
        }
    }
}
