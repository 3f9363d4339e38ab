using FsCheck;
using FsCheck.Fluent;
using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Protocols;
using Undertone.Systems;
using Undertone.Tests.Corpora;
using Undertone.Tests.Experiments;
using static Undertone.Tests.Protocols.ProtocolTests;

namespace Undertone.Tests.Protocols;

public sealed class SplitTableTests
{
    private const string Header = "utterance,speaker,fold,part\n";
    private static readonly CorpusData Corpus = TestCorpora.Balanced(6, name: "emodb");

    [Fact]
    public void Folds_come_back_as_they_were_with_their_badge()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), number =>
        {
            var seed = number.Get % 1000;
            foreach (var protocol in new Protocol[] { new LeaveOneSpeakerOut(), new RandomKFold(2 + (seed % 5)), new SentenceIndependent(null, 2) })
            {
                var splits = protocol.Splits(Corpus, new() { Speakers = seed % 2 }, seed);
                var text = SplitTable.Of(splits, new Dictionary<string, string> { ["corpus"] = "emodb" }).ToString();
                var table = SplitTable.Parse("f.csv", text);
                table.ToString().ShouldBe(text);
                var back = new SplitFile(table).Splits(Corpus, new() { Speakers = 0 }, 7);
                Text(back).ShouldBe(Text(splits));
                LeakageAudit.Of(back, false).Badge.ShouldBe(LeakageAudit.Of(splits, false).Badge);
            }

            return true;
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), property);
    }

    [Fact]
    public void The_hash_is_of_the_rows_whatever_their_order_line_ends_and_quotes()
    {
        var table = SplitTable.Parse("f.csv", Header + "a,1,x,train\nb,2,x,test\n");
        SplitTable.Parse("f.csv", "\uFEFF# corpus: emodb\r\n\r\npart,fold,utterance,speaker\r\ntest,x,\"b\",2\r\ntrain,x,a,1").Hash.ShouldBe(table.Hash);
        SplitTable.Parse("f.csv", Header + "a,1,x,train\nb,2,x,validation\n").Hash.ShouldNotBe(table.Hash);
        SplitTable.Parse("f.csv", "utterance,fold,part\na,x,train\n").Rows[0].Speaker.ShouldBeEmpty();

        var written = table.ToString();
        SplitTable.Parse("f.csv", written).Hash.ShouldBe(table.Hash);
        Refused(() => SplitTable.Parse("f.csv", written.Replace("b,2,x,test", "b,2,x,train")), "f.csv: its comment says sha256", "changed after they were exported");
    }

    [Theory]
    [InlineData("", "the table has no rows")]
    [InlineData("utterance,speaker,fold,part\n", "the table has no rows")]
    [InlineData("utterance,speaker,fold\na,1,x\n", "line 1: there is no column 'part'")]
    [InlineData("# corpus: emodb\nutterance,speaker,fold,parts\n", "line 2: unknown column 'parts'; did you mean 'part'?")]
    [InlineData("utterance,fold,fold,part\n", "line 1: the column 'fold' stands twice")]
    [InlineData("utterance,speaker,fold,part\na,1,x,train\nb,2,x\n", "line 3: 3 fields; expected 4")]
    [InlineData("utterance,speaker,fold,part\na,1,x,trian\n", "line 2: unknown part 'trian'; did you mean 'train'?")]
    [InlineData("utterance,speaker,fold,part\n\na,1,x,train\na,1,x,test\n", "line 4: utterance 'a' stands twice in fold 'x' (first on line 3)")]
    [InlineData("utterance,speaker,fold,part\n,1,x,train\n", "line 2: the utterance is empty")]
    [InlineData("utterance,speaker,fold,part\na,1,,train\n", "line 2: the fold is empty")]
    [InlineData("utterance,speaker,fold,part\n\"a,1,x,train\n", "line 2: a quote is opened and never closed")]
    public void Damaged_files_are_refused_by_their_line(string text, string expected) =>
        Refused(() => SplitTable.Parse("f.csv", text), "f.csv", expected);

    [Fact]
    public void Utterances_are_compared_with_the_corpus()
    {
        var table = SplitTable.Parse("f.csv", Header + "01-class0-t9,01,x,train\n01-class0-t0,02,x,test\n02-class1-t0,,x,train\n");
        var check = table.Check(Corpus);
        check.Unknown.Single().Nearest.ShouldBe("01-class0-t0");
        check.OtherSpeaker.Single().Speaker.ShouldBe("01");
        check.Missing.Count.ShouldBe(Corpus.Utterances.Count - 2);
        Refused(
            () => new SplitFile(table).Splits(Corpus, new(), 0),
            "f.csv, line 2: corpus 'emodb' has no utterance '01-class0-t9'; did you mean '01-class0-t0'?",
            "f.csv, line 3: utterance '01-class0-t0' is by speaker '01' in corpus 'emodb', not by '02'.");
        Refused(() => SplitTable.Parse("f.csv", "# corpus: ravdess\n" + Header + "a,1,x,train\n").Check(Corpus), "those of the corpus 'ravdess', not of 'emodb'");
        var many = SplitTable.Parse("f.csv", Header + string.Concat(Enumerable.Range(0, 15).Select(i => $"no-such-utterance-at-all-{i},,x,train\n")));
        Refused(() => many.Folds(Corpus), "and 5 utterances more like these");
    }

    [Fact]
    public void A_file_of_the_whole_corpus_serves_under_a_label_scheme()
    {
        var text = SplitTable.Of(new LeaveOneSpeakerOut().Splits(Corpus, new() { Speakers = 0 }, 0), new Dictionary<string, string>()).ToString();
        var gone = Corpus.Utterances.Where(u => u.Emotion == "class2").Select(u => u.Id).ToHashSet();
        var fewer = Corpus with { Utterances = [.. Corpus.Utterances.Where(u => !gone.Contains(u.Id))] };
        Refused(() => SplitTable.Parse("f.csv", text).Folds(fewer), "corpus 'emodb' has no utterance");
        var harmonised = fewer with { Labels = new CorpusLabels("two", []) { LeftOutUtterances = gone } };
        SplitTable.Parse("f.csv", text).Folds(harmonised).Sum(s => s.Test.Count).ShouldBe(fewer.Utterances.Count);
    }

    [Fact]
    public void Validation_is_drawn_where_the_file_has_none()
    {
        var independent = new SplitFile(SplitTable.Of(new LeaveOneSpeakerOut().Splits(Corpus, new() { Speakers = 0 }, 0), new Dictionary<string, string>()));
        independent.Splits(Corpus, new() { Speakers = 2 }, 0).ShouldAllBe(s => s.Validation.Select(u => u.Speaker).Distinct().Count() == 2);
        var leaky = new SplitFile(SplitTable.Of(new RandomKFold(3).Splits(Corpus, new() { Speakers = 0 }, 0), new Dictionary<string, string>()));
        leaky.Splits(Corpus, new() { Speakers = 2 }, 0).ShouldAllBe(s => s.Validation.Count > 0 && s.Validation.Select(u => u.Speaker).Intersect(s.Train.Select(u => u.Speaker)).Any());
    }

    [Fact]
    public void A_run_keeps_the_file_beside_its_experiment()
    {
        using var folder = new RunFixture();
        var splits = new LeaveOneSpeakerOut().Splits(RunFixture.Corpus(), new() { Speakers = 1 }, 0);
        Directory.CreateDirectory(Path.Combine(folder.Folder, "folds"));
        File.WriteAllText(Path.Combine(folder.Folder, "folds", "mine.csv"), SplitTable.Of(splits, new Dictionary<string, string> { ["corpus"] = "emodb" }).ToString());
        var file = Path.Combine(folder.Folder, "e.yaml");
        File.WriteAllText(file, RunFixture.File.Replace("[loso]", "[{ kind: split-file, file: folds/mine.csv }]"));
        var experiment = ExperimentFile.Read(file, RunFixture.Systems);
        using (var run = ExperimentRun.Open(experiment, [RunFixture.Corpus()], folder.Folder))
        {
            run.Trials.ShouldAllBe(t => t.Badge.ToString() == "speaker-independent");
            var again = ExperimentFile.Read(run.Folder.ExperimentFile, RunFixture.Systems);
            var trials = TrialGrid.Build(again, new Dictionary<string, CorpusData> { ["emodb"] = RunFixture.Corpus() });
            trials.Select(t => (t.Name, t.Spec().Hash())).ShouldBe(run.Trials.Select(t => (t.Name, t.Spec().Hash())));
            Directory.GetFiles(run.Folder.Location, "mine.*.csv").ShouldHaveSingleItem();
        }

        Directory.Delete(Path.Combine(folder.Folder, "folds"), recursive: true);
        Refused(() => ExperimentFile.Read(file, RunFixture.Systems), "e.yaml:3", "mine.csv: the split file cannot be read");
    }

    [Fact]
    public void Entries_of_split_files_are_checked()
    {
        Refused(() => ProtocolCatalog.Create("split-file", Map()), "file is missing");
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, [0xff, 0xfe, 0x41]);
        Refused(() => ProtocolCatalog.Create("split-file", Map(("file", file))), "is not UTF-8 text");
        File.WriteAllText(file, Header + "a,1,x,train\n");
        Refused(() => ProtocolCatalog.Create("split-file", Map(("file", file), ("sha256", "0123"))), "not 0123");
        ProtocolCatalog.Create("split-file", Map(("file", file), ("name", "mine"))).Name.ShouldBe("mine");
        File.Delete(file);
    }

    private static void Refused(Func<object> act, params string[] parts)
    {
        var message = Should.Throw<UndertoneException>(() => { act(); }).Message;
        foreach (var part in parts)
        {
            message.ShouldContain(part);
        }
    }
}
