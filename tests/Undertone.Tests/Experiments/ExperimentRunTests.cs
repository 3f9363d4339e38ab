using Undertone.Experiments;

namespace Undertone.Tests.Experiments;

public sealed class ExperimentRunTests : IDisposable
{
    private const string Trial = "emodb.guess.loso-02.seed-0";
    private readonly RunFixture _fixture = new();

    [Fact]
    public void ATrialLeavesItsFilesAndNothingElse()
    {
        using var run = _fixture.Open();
        var record = _fixture.RunTrial(run.Pending[1]);
        Directory.GetFileSystemEntries(run.Folder.TrialsFolder).Select(Path.GetFileName).ShouldBe([Trial]);
        Directory.GetFiles(run.Folder.TrialFolder(Trial)).Select(Path.GetFileName).Order().ShouldBe(TrialFiles.All.Order());
        var lines = File.ReadAllLines(run.Folder.TrialFile(Trial, "predictions.csv"));
        lines[0].ShouldBe("utterance,speaker,true,predicted,p(class0),p(class1),p(class2)");
        lines.Length.ShouldBe(7);
        lines[1].ShouldStartWith("02-class0-t0,02,class0,");
        File.ReadAllLines(run.Folder.TrialFile(Trial, "validation.csv")).Length.ShouldBe(7);
        File.ReadAllLines(run.Folder.TrialFile(Trial, "history.csv")).ShouldBe(
            ["epoch,train_loss,validation_loss,validation_uar,seconds", "1,1,,0.5,0.1", "2,0.5,,0.5,0.2", "3,0.3333333333333333,,0.5,0.3"]);
        File.ReadAllLines(run.Folder.UtterancesFile)[0].ShouldBe("corpus,utterance,speaker,gender,age,language,text,session,seconds,audio_hash,intensity,arousal,valence,dominance,human_rate,votes,start,end,style");
        File.ReadAllText(run.Folder.ExperimentFile).ShouldContain("learning-rate: 0.001");
        var stored = TrialRecord.Read(run.Folder.TrialFile(Trial, "trial.json"));
        stored.Spec.Canonical().ShouldBe(record.Spec.Canonical());
        stored.SpecHash.ShouldBe(record.SpecHash);
        stored.Badge.ShouldBe("speaker-independent");
        stored.Split.Test.Count.ShouldBe(6);
        stored.Audit.SharedSpeakers.ShouldBeEmpty();
        stored.Audit.SharedSentences.ShouldBe(2);
    }

    [Fact]
    public void FinishedTrialsAreNotRunAgain()
    {
        using (var run = _fixture.Open())
        {
            _fixture.RunTrial(run.Pending[1]);
        }

        using var again = _fixture.Open();
        again.Pending.Count.ShouldBe(3);
        again.Pending.ShouldNotContain(t => t.Name == Trial);
    }

    [Fact]
    public void LeftoversOfKilledProcessesAreRemoved()
    {
        using (_fixture.Open())
        {
        }

        var leftover = Path.Combine(_fixture.Run.TrialsFolder, $".{Trial}.partial-12345");
        Directory.CreateDirectory(leftover);
        File.WriteAllText(Path.Combine(leftover, "history.csv"), "epoch");
        using var again = _fixture.Open();
        Directory.Exists(leftover).ShouldBeFalse();
    }

    [Fact]
    public void AFailedTrialLeavesNothing()
    {
        using var run = _fixture.Open("overrides: { failure: the loss is not a number }\n");
        Should.Throw<UndertoneException>(() => _fixture.RunTrial(run.Pending[0])).Message.ShouldBe("the loss is not a number");
        Directory.GetFileSystemEntries(run.Folder.TrialsFolder).ShouldBeEmpty();
    }

    [Fact]
    public void ASecondRunIsRefusedWhileTheFirstIsAtWork()
    {
        using var run = _fixture.Open();
        Should.Throw<UndertoneException>(() => _fixture.Open()).Message
            .ShouldContain($"another run is at work in this run folder (process {Environment.ProcessId})");
    }

    [Theory]
    [InlineData("overrides: { training.epochs: 9 }\n", 4, "settings.training.epochs: stored 3, now 9")]
    [InlineData("", 5, "corpus_fingerprint: stored \"fingerprint-4\", now \"fingerprint-5\"")]
    [InlineData("seeds: [1]\n", 4, "none of its 4 finished trials is of this experiment")]
    public void TheFolderOfAnotherExperimentIsRefused(string more, int speakers, string expected)
    {
        _fixture.RunAll();
        var message = Should.Throw<UndertoneException>(() => _fixture.Open(more, speakers)).Message;
        message.ShouldContain("this is the run folder of another experiment under the same name 'test'");
        message.ShouldContain(expected);
        message.ShouldContain("--runs");
        File.ReadAllText(_fixture.Run.ExperimentFile).ShouldContain("epochs: 3");
    }

    [Fact]
    public void AGridThatGrowsKeepsWhatIsFinished()
    {
        _fixture.RunAll("folds: [\"01\", \"02\"]\n");
        using var run = _fixture.Open("seeds: [0, 1]\n");
        run.Pending.Count.ShouldBe(6);
        run.Others.ShouldBeEmpty();
    }

    [Fact]
    public void AnotherPartOfTheSameExperimentGoesIntoTheSameFolder()
    {
        _fixture.RunAll("folds: [\"01\", \"02\"]\n");
        Should.Throw<UndertoneException>(() => _fixture.Open("folds: [\"03\"]\nseeds: [1]\n")).Message
            .ShouldContain("none of its 2 finished trials is of this experiment");
        using var run = _fixture.Open("folds: [\"03\"]\n");
        run.Pending.Count.ShouldBe(1);
        run.Others.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("trial.json", "{ \"format\": 1, \"tri", "the file is damaged")]
    [InlineData("trial.json", "{ \"format\": 99 }", "'format' is 99; this version of Undertone reads format 1")]
    [InlineData("trial.json", "{ \"format\": 1, \"trial\": 3 }", "the file is damaged")]
    [InlineData("trial.json", null, "the file is missing from a finished trial")]
    [InlineData("predictions.csv", "utterance,speaker,true,predicted,p(class0),p(class1),p(class2)\n", "no rows below the header")]
    [InlineData("predictions.csv", "nonsense\n", "line 1: unknown column 'nonsense'")]
    [InlineData("predictions.csv", "utterance,speaker,true,predicted,p(class0),p(class1),p(class2)\n02-class0-t0,02,class0,class0,1,0,0\n", "expected 6 rows, from '02-class0-t0' to '02-class2-t1'")]
    [InlineData("validation.csv", null, "the file is missing from a finished trial")]
    [InlineData("history.csv", "", "line 1: the file is damaged; expected the columns epoch,train_loss")]
    [InlineData("history.csv", "epoch,train_loss,validation_loss,validation_uar,seconds\n1,1,,0.5,0.1\n2,0.5,", "line 3: 3 fields")]
    [InlineData("history.csv", "epoch,train_loss,validation_loss,validation_uar,seconds\n1,1,,0.x5,0.1\n", "line 2: '0.x5' is not a number")]
    public void ADamagedTrialIsNamedWithTheWayOut(string file, string? content, string expected)
    {
        _fixture.RunAll();
        var path = _fixture.Run.TrialFile(Trial, file);
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        var message = Should.Throw<UndertoneException>(() => _fixture.Open()).Message;
        message.ShouldContain(path);
        message.ShouldContain(expected);
        message.ShouldContain($"Delete the folder {_fixture.Run.TrialFolder(Trial)} to run the trial again.");
    }

    [Theory]
    [InlineData("\"seed\": 0,", "\"seed\": 8,")]
    [InlineData("\"corpus_fingerprint\": \"fingerprint-4\"", "\"corpus_fingerprint\": \"fingerprint-6\"")]
    public void AChangedByteInATrialsSpecIsDamageAndNoOtherExperiment(string written, string changed)
    {
        _fixture.RunAll();
        var path = _fixture.Run.TrialFile(Trial, "trial.json");
        var text = File.ReadAllText(path);
        text.ShouldContain(written);
        File.WriteAllText(path, text.Replace(written, changed, StringComparison.Ordinal));
        var message = Should.Throw<UndertoneException>(() => _fixture.Open()).Message;
        message.ShouldContain($"{path}: the file is damaged ('spec' is not the one that 'spec_hash' was made of)");
        message.ShouldContain($"Delete the folder {_fixture.Run.TrialFolder(Trial)}");
    }

    [Fact]
    public void OfTwoProcessesWithOneTrialTheSlowerFindsItFinished()
    {
        using var run = _fixture.Open();
        var first = _fixture.RunTrial(run.Pending[1]);
        _fixture.RunTrial(run.Pending[1]).Timings.ShouldBe(first.Timings);
        Directory.GetFileSystemEntries(run.Folder.TrialsFolder).Select(Path.GetFileName).ShouldBe([Trial]);
    }

    [Fact]
    public void AnotherCorpusIsSaidInWords()
    {
        _fixture.RunAll();
        Should.Throw<UndertoneException>(() => _fixture.Open(string.Empty, 5)).Message.ShouldContain("a file was added, lost or changed ('undertone corpora check emodb')");
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsRefused()
    {
        File.WriteAllText(Path.Combine(_fixture.Folder, "test"), "a file in the way");
        Should.Throw<UndertoneException>(() => _fixture.Open()).Message.ShouldContain("the run folder cannot be written");
    }

    [Fact]
    public void TheSameTrialGivesTheSameBytes()
    {
        _fixture.RunAll();
        var first = Bytes();
        Directory.Delete(_fixture.Run.Location, recursive: true);
        _fixture.RunAll();
        Bytes().ShouldBe(first);
    }

    public void Dispose() => _fixture.Dispose();

    private string[] Bytes() => [.. _fixture.Run.FinishedTrials().Select(t => Convert.ToHexString(File.ReadAllBytes(_fixture.Run.TrialFile(t, "predictions.csv"))))];
}
