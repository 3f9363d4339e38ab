using System.Text;
using Undertone.Corpora;
using Undertone.Emotions;
using Undertone.Experiments;
using Undertone.Features;
using Undertone.Reports;
using Undertone.Speech;
using Undertone.Systems;
using Undertone.Tests.Experiments;

namespace Undertone.Tests.Corpora;

/// <summary>A corpus that a CSV file describes.</summary>
public sealed class TableCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryColumnIsRead()
    {
        Record("a/one.wav");
        Record("two.wav");
        var table = TableCorpus.Read(
            Table(
                """
                label,path,speaker,gender,age,language,text,session,intensity,arousal,valence,dominance,human_rate,votes,start,end
                anger,a/one.wav,s1,F,31,de,t1,x,strong,4.5,1,3,0.85,E1=anger;E2=neutral,0.1,0.3
                "neutral, flat",two.wav,s2,male,,,,,,,,,,,,
                anger,a\one.wav,s1,female,,,,,,,,,,,0.3,
                """),
            "mine");

        table.Card.Name.ShouldBe("mine");
        (table.Card.Table, table.Card.CommandName).ShouldBe((table.File, table.File));
        (CorpusCatalog.Get("emodb").Card.Table, CorpusCatalog.Get("emodb").Card.CommandName).ShouldBe((null, "emodb"));
        table.Card.Classes.ShouldBe([new("anger", 2), new("neutral, flat", 1)]);
        (table.Card.Speakers, table.Card.FemaleSpeakers, table.Card.MaleSpeakers, table.Card.LanguageCode).ShouldBe((2, 1, 1, "de"));
        var data = CorpusReader.Read(table, CorpusLocator.Locate(table));
        data.Utterances.Select(u => u.Id).ShouldBe(["a/one.wav#0.1-0.3", "a/one.wav#0.3-", "two.wav"]);
        data.Utterances.Select(u => u.Seconds).ShouldBe([0.2, 0.2, 0.5], 1e-9);
        data.Utterances.Select(u => u.AudioHash).ShouldBeUnique();
        data.Utterances[0].ShouldBe(data.Utterances[0] with
        {
            Speaker = "s1",
            Emotion = "anger",
            Gender = "female",
            Age = 31,
            Language = "de",
            Text = "t1",
            Session = "x",
            Intensity = "strong",
            Arousal = 4.5,
            Valence = 1,
            Dominance = 3,
            HumanRate = 0.85,
            Votes = EmotionVotes.Parse("E1=anger;E2=neutral"),
            Start = 0.1,
            End = 0.3,
        });
        var bare = data.Utterances[2];
        (bare.Emotion, bare.Gender, bare.Age, bare.Language, bare.Votes, bare.Start).ShouldBe(("neutral, flat", "male", null, null, null, null));
        CorpusCheck.Of(table, table.Folder).IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void PartsOfOneFileAreRememberedApart()
    {
        Record("one.wav");
        using var cache = new TemporaryFolder();
        var table = TableCorpus.Read(Table("path,speaker,label,start,end\none.wav,a,x,0,0.2\none.wav,b,y,0.2,0.5\none.wav,b,y,0.2,9\n"));

        var first = CorpusReader.Read(table, table.Folder, cache.Path);
        var second = CorpusReader.Read(table, table.Folder, cache.Path);

        first.Utterances.Select(u => u.Seconds).ShouldBe([0.2, 0.3], 1e-9);
        second.Fingerprint.ShouldBe(first.Fingerprint);
        first.Unreadable.ShouldHaveSingleItem().Reason.ShouldContain("ends at 0.5 s, before the part from 0.2 to 9 s");
    }

    [Theory]
    [InlineData("", "table.csv:1: the file is empty")]
    [InlineData("path;speaker;label\n", "separated by semicolons; expected commas")]
    [InlineData("path,speaker\n", "table.csv:1: there is no column 'label'")]
    [InlineData("path,speakr,label\n", "table.csv:1: column 2: unknown column 'speakr'; did you mean 'speaker'?")]
    [InlineData("path,speaker,label,speaker\n", "table.csv:1: column 4: 'speaker' stands twice (first as column 2)")]
    [InlineData("path,speaker,label\n", "there is no row below the header")]
    [InlineData("path,speaker,label\none.wav,s1\n", "table.csv:2: 2 fields; the header has 3 columns")]
    [InlineData("path,speaker,label\none.wav,,anger\n", "table.csv:2: column 'speaker': the cell is empty")]
    [InlineData("path,speaker,label\none.wav,s1,anger\nnone.wav,s1,fear\n", "table.csv:3: column 'path': there is no file 'none.wav'")]
    [InlineData("path,speaker,label\none.wav,s1,anger\none.wav,s1,fear\n", "table.csv:3: column 'path': 'one.wav' stands twice (first in line 2)")]
    [InlineData("path,speaker,label\none.wav,s1,anger\n", "every row has the label 'anger'")]
    [InlineData("path,speaker,label\none.wav,s1,anger\ntwo.wav,s1,Anger\n", "table.csv:3: column 'label': 'Anger' is written 'anger' in line 2")]
    [InlineData("path,speaker,label\none.wav,s1,\"an\"ger\n", "table.csv, line 2, field 3: text after the closing quote")]
    [InlineData("path,speaker,label\none.wav,s1,\"anger\n", "table.csv, line 2: a quote is opened and never closed")]
    [InlineData("path,speaker,label\none.wav,s1,an\"ger\n", "table.csv, line 2, field 3: a quote inside an unquoted field")]
    [InlineData("path,speaker,label\ntable.csv,s1,anger\n", "table.csv:2: column 'path': 'table.csv' is no audio file by its ending")]
    [InlineData("path,speaker,label,gender\none.wav,s1,a,x\n", "table.csv:2: column 'gender': 'x' is none of female, male, other")]
    [InlineData("path,speaker,label,gender\none.wav,s1,a,f\ntwo.wav,s1,b,m\n", "table.csv:3: column 'gender': speaker 's1' is male here and female in line 2")]
    [InlineData("path,speaker,label,age\none.wav,s1,a,old\n", "table.csv:2: column 'age': 'old' is not a number")]
    [InlineData("path,speaker,label,arousal\none.wav,s1,a,\"1,5\"\n", "'1,5' is not a number; expected a point before decimals")]
    [InlineData("path,speaker,label,human_rate\none.wav,s1,a,85\n", "table.csv:2: column 'human_rate': 85 is out of range; expected 0 to 1")]
    [InlineData("path,speaker,label,start,end\none.wav,s1,a,2,1\n", "table.csv:2: column 'end': 1 s is not after the beginning, 2 s")]
    [InlineData("path,speaker,label,votes\none.wav,s1,a,E1=a=b\n", "table.csv:2: column 'votes': 'E1=a=b' are no votes")]
    public void FaultsAreNamedByLineAndColumn(string text, string expected)
    {
        Record("one.wav");
        Record("two.wav");
        Should.Throw<UndertoneException>(() => TableCorpus.Read(Table(text))).Message.ShouldContain(expected);
    }

    [Fact]
    public void AllFaultsAreListedUpToTwenty()
    {
        var text = "path,speaker,label\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"no{i}.wav,,anger\n"));

        var message = Should.Throw<UndertoneException>(() => TableCorpus.Read(Table(text))).Message;

        message.Split('\n').Length.ShouldBe(21);
        message.ShouldContain("table.csv:3: column 'speaker'");
        message.ShouldEndWith("and 40 more faults.");
    }

    [Fact]
    public void OtherEncodingsAreNamedWithTheWayOut()
    {
        Record("one.wav");
        Record("two.wav");
        const string text = "path,speaker,label\none.wav,s1,anger\ntwo.wav,s1,Ärger\n";
        string Of(byte[] bytes) => Should.Throw<UndertoneException>(() => TableCorpus.Read(_folder.Write("table.csv", bytes))).Message;

        Of(Encoding.Latin1.GetBytes(text)).ShouldContain("table.csv:3: byte 48 of the file (0xC4) is not UTF-8; save it as UTF-8");
        Of([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]).ShouldContain("this is UTF-16");
        Of([.. "path\n"u8, 0, 1]).ShouldContain("table.csv:2: there is a zero byte");
        TableCorpus.Read(_folder.Write("table.csv", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))]))
            .Card.Classes.Select(c => c.Key).ShouldBe(["anger", "Ärger"]);
        Should.Throw<UndertoneException>(() => TableCorpus.Read("/no/such.csv")).Message.ShouldBe("/no/such.csv: does not exist; expected a CSV file with the columns path, speaker, label.");
        Should.Throw<UndertoneException>(() => TableCorpus.Read(Table(text), "emodb")).Message.ShouldContain("give the table another name");
    }

    [Fact]
    public void AnExperimentNamesItAndItsResolvedFileFindsItFromElsewhere()
    {
        Record("one.wav");
        Record("two.wav");
        Table("path,speaker,label\none.wav,s1,anger\ntwo.wav,s2,fear\n");
        var text = "name: mine\ncorpora: [demo, { table: table.csv, name: my-corpus }]\nprotocols: [leave-one-speaker-out]\nsystems: [cnn]\n";
        Experiment Parse(string file, string yaml) => ExperimentFile.Parse(file, yaml, SystemCatalog.Default);

        var experiment = Parse(Path.Combine(_folder.Path, "mine.yaml"), text);

        experiment.Corpora.ShouldBe(["demo", "my-corpus"]);
        experiment.CorpusOf("my-corpus").ShouldBeOfType<TableCorpus>().File.ShouldBe(Path.Combine(_folder.Path, "table.csv"));
        experiment.CorpusOf("demo").ShouldBeOfType<Demo>();
        var resolved = ResolvedExperiment.Write(experiment);
        ResolvedExperiment.Write(Parse("/elsewhere/experiment.yaml", resolved)).ShouldBe(resolved);

        Parse(Path.Combine(_folder.Path, "mine.yaml"), text.Replace("{ table: table.csv, name: my-corpus }", "table.csv")).Corpora.ShouldBe(["demo", "table"]);

        string Message(string corpora) => Should.Throw<UndertoneException>(() => Parse(Path.Combine(_folder.Path, "mine.yaml"), text.Replace("{ table: table.csv, name: my-corpus }", corpora))).Message;
        Message("{ table: none.csv }").ShouldMatch("mine.yaml:2: .*none.csv: does not exist");
        Message("none.csv").ShouldMatch("mine.yaml:2: .*none.csv: does not exist");
        Message("{ tabel: table.csv }").ShouldContain("mine.yaml:2: there is no key 'tabel' in a corpus; did you mean 'table'?");
        Message("{ name: x }").ShouldContain("mine.yaml:2: the corpus has no 'table'");
        Message("{ table: table.csv, name: My Corpus }").ShouldContain("cannot be the name of a folder");
        Message("{ table: table.csv, name: demo }").ShouldContain("give the table another name");
    }

    [Fact]
    public void ATableIsRunReadAgainByItsTrialsAndReported()
    {
        var rows = new StringBuilder("path,speaker,label,votes\n");
        foreach (var speaker in new[] { "ann", "bob", "cyd" })
        {
            foreach (var label in new[] { "anger", "fear" })
            {
                Record($"{speaker}-{label}.wav", label);
                rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"{speaker}-{label}.wav,{speaker},{label},{label}*3\n");
            }
        }

        Table(rows.ToString());
        var file = _folder.Write("mine.yaml", "name: mine\ncorpora: [{ table: table.csv, name: my-corpus }]\nprotocols: [loso]\nsystems: [guess]\nvalidation: { speakers: 1 }\n"u8.ToArray());
        var experiment = ExperimentFile.Read(file, RunFixture.Systems);
        using var run = ExperimentRun.Open(experiment, ExperimentRun.ReadCorpora(experiment, null), Path.Combine(_folder.Path, "runs"));
        run.Trials.Select(t => t.Name).ShouldBe(["my-corpus.guess.loso-ann.seed-0", "my-corpus.guess.loso-bob.seed-0", "my-corpus.guess.loso-cyd.seed-0"]);

        foreach (var planned in run.Trials)
        {
            var trial = ExperimentRun.Find(run.Folder, planned.Name, RunFixture.Systems, null);
            trial.Spec().Canonical().ShouldBe(planned.Spec().Canonical());
            TrialRunner.Run(trial, run.Folder, new TrialRunOptions { Features = new FeatureCache(null), Command = "undertone trial" });
        }

        var corpus = RunFolderReader.Read(run.Folder.Location).Corpora.ShouldHaveSingleItem();
        (corpus.Name, corpus.Utterances, corpus.Speakers).ShouldBe(("my-corpus", 6, 3));
        UtterancesFile.Read(run.Folder.UtterancesFile)[0].Votes.ShouldBe(EmotionVotes.Parse("anger*3"));
    }

    private void Record(string relative, string emotion)
    {
        var take = DemoVoice.Speak(DemoSpeaker.All[relative[0] % 8], emotion, 0);
        WaveFile.Write(Path.Combine(_folder.Path, relative), take.Waveform);
    }

    private void Record(string relative)
    {
        var path = Path.Combine(_folder.Path, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WaveFile.Write(path, DemoVoice.Vowel(DemoSpeaker.All[relative.Length % 8], 'a', 200, 0.5).Waveform);
    }

    private string Table(string text) => _folder.Write("table.csv", Encoding.UTF8.GetBytes(text));
}
