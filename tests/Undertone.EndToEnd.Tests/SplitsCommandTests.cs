using System.Diagnostics;

namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone splits</c> as its user meets it: a process, its output and its exit code.</summary>
public sealed class SplitsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-splits-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Folds_go_out_and_come_back_with_the_badge_that_they_earn()
    {
        var file = Path.Combine(_folder, "loso.csv");
        var (code, output, error) = Run("splits", "export", "--corpus", "demo", "--protocol", "leave-one-speaker-out", "--out", file);
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        output.ShouldContain("8 folds of demo by loso, 1920 rows");
        var lines = File.ReadAllLines(file);
        lines.ShouldContain("# corpus: demo");
        lines.ShouldContain("utterance,speaker,fold,part");
        lines.ShouldContain("f1-anger-s1,f1,f1,test");
        File.ReadAllText(file).ShouldNotContain("\r");

        (code, output, error) = Run("splits", "import", file);
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        output.ShouldContain("fold f1: train 150 utterances by 5 speakers; validation 60 utterances by 2 speakers; test 30 utterances by 1 speaker");
        output.ShouldContain("badge: speaker-independent");
        output.ShouldContain("split-file, file: ");

        // Another tool's file without a hash, some rows gone, one speaker on both sides.
        var changed = lines.Where(l => !l.StartsWith('#') && l != "f1-anger-s1,f1,f1,test").Select(l => l.Replace("f1-anger-s2,f1,f1,test", "f1-anger-s2,f1,f1,train")).ToList();
        File.WriteAllLines(file, changed);
        (code, _, error) = Run("splits", "import", file);
        code.ShouldBe(2);
        error.ShouldContain("say it with --corpus NAME");
        (code, output, _) = Run("splits", "import", file, "--corpus", "demo");
        code.ShouldBe(0);
        output.ShouldContain("badge: speaker-dependent");
        output.ShouldContain("train and test share 1 speaker: f1");

        File.WriteAllLines(file, changed.Select(l => l.Replace("f1-anger-s3,", "f1-angre-s3,")));
        (code, output, error) = Run("splits", "import", file, "--corpus", "demo");
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain("has no utterance 'f1-angre-s3'; did you mean 'f1-anger-s3'?");
    }

    [Fact]
    public void An_experiment_gives_its_folds_where_it_says_which()
    {
        var file = Path.Combine(_folder, "e.yaml");
        File.WriteAllText(file, "name: e\ncorpora: [demo]\nprotocols: [loso, { kind: learning-curve, of: loso, shares: [10] }]\nsystems: [cnn]\nvalidation: { speakers: 1 }\n");
        var (code, output, error) = Run("splits", "export", file);
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain("2 protocols (loso, loso-share-010); say which with --protocol");
        (code, output, _) = Run("splits", "export", file, "--protocol", "loso-share-010");
        code.ShouldBe(0);
        output.ShouldStartWith("# undertone splits 1\n# corpus: demo\n# protocol: loso-share-010\n");
        output.Split('\n').Count(l => l.EndsWith(",f1,train")).ShouldBe(20);
    }

    [Fact]
    public void Standard_splits_are_listed_with_their_source()
    {
        var (code, output, _) = Run("splits", "list");
        code.ShouldBe(0);
        output.ShouldContain("ravdess-5");
        output.ShouldContain("doi:10.3390/s21227665");
        output.ShouldContain("Undertone's own");
    }

    [Theory]
    [InlineData("both --corpus NAME and --protocol PROTOCOL", "splits", "export")]
    [InlineData("did you mean 'leave-one-speaker-out'?", "splits", "export", "--corpus", "demo", "--protocol", "leave-one-speker-out")]
    [InlineData("which session it is of", "splits", "export", "--corpus", "demo", "--protocol", "leave-one-session-out")]
    [InlineData("the split file cannot be read", "splits", "import", "/no/such/file.csv")]
    public void Mistakes_end_with_2_and_say_the_way_out(string expected, params string[] arguments)
    {
        var (code, output, error) = Run(arguments);
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain(expected);
    }

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_folder, "cache");
        start.Environment.Remove("UNDERTONE_CORPORA");
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "Undertone.Cli.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
