using System.Diagnostics;

namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone corpora</c> as its user meets it: a process, its output and its exit code.</summary>
public sealed class CorporaCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-corpora-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_demo_is_made_in_the_cache_and_is_complete()
    {
        var (code, output, error) = Run("corpora", "check", "demo", "--corpora", _folder);

        error.ShouldBeEmpty();
        code.ShouldBe(0);
        output.ShouldContain("Verdict: complete.");
        output.ShouldContain("16000 Hz, 1 channel: 240 files");
        output.ShouldNotContain("\u001b");
        Directory.GetFiles(Path.Combine(_folder, "cache", "undertone", "demo"), "*.wav", SearchOption.AllDirectories).Length.ShouldBe(240);

        var half = Path.Combine(_folder, "half");
        Directory.Move(Path.Combine(_folder, "cache", "undertone", "demo", "f1"), half);
        File.WriteAllText(Path.Combine(half, "f1-anger-s1.wav"), "");
        (code, output, _) = Run("corpora", "check", "demo", "--path", half);
        code.ShouldBe(1);
        output.ShouldContain("30 files instead of 240.");
        output.ShouldContain("f1-anger-s1.wav: is empty");
        output.ShouldContain("Verdict: incomplete.");
    }

    [Fact]
    public void List_and_describe_need_no_corpus()
    {
        var (code, output, _) = Run("corpora", "list", "--corpora", _folder);
        code.ShouldBe(0);
        output.ShouldContain("ravdess");
        output.ShouldContain("not found");
        output.ShouldContain("made when first used");

        (code, output, _) = Run("corpora", "describe", "urdu");
        code.ShouldBe(0);
        output.ShouldContain("confounded");
        output.ShouldContain("doi:10.1109/FIT.2018.00023");
    }

    [Fact]
    public void A_table_is_described_and_checked_like_a_corpus()
    {
        var (code, output, _) = Run("corpora", "describe", "table");
        code.ShouldBe(0);
        output.ShouldContain("label        the emotion (needed)");
        output.ShouldContain("corpora: [{ table: my.csv, name: my-corpus }]");

        Run("corpora", "check", "demo", "--corpora", _folder);
        var demo = Path.Combine(_folder, "cache", "undertone", "demo");
        var table = Path.Combine(demo, "mine.csv");
        File.WriteAllText(table, "path,speaker,label,gender,start,end\nf1/f1-anger-s1.wav,ann,anger,f,0.1,0.6\nm1/m1-fear-s1.wav,bob,fear,m,,\n");
        (code, output, var error) = Run("corpora", "check", table);
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        output.ShouldContain("Table mine.csv");
        output.ShouldContain("female");
        output.ShouldContain("Verdict: complete.");
        (code, output, _) = Run("corpora", "describe", table);
        output.ShouldContain("anger 1, fear 1");
        output.ShouldContain("1 female and 1 male");

        var without = Path.Combine(demo, "without.csv");
        File.WriteAllText(without, "path,speaker,label\nf1/f1-anger-s1.wav,ann,anger\nm1/m1-fear-s1.wav,bob,fear\n");
        Run("corpora", "check", without).Output.ShouldNotContain("female"); // no row for what a table does not say

        File.AppendAllText(table, "m1/none.wav,bob,fear,x,,\n");
        (code, output, error) = Run("corpora", "check", table);
        code.ShouldBe(2);
        error.ShouldContain("mine.csv:4: column 'path': there is no file 'm1/none.wav'");
        error.ShouldContain("mine.csv:4: column 'gender': 'x' is none of female, male, other");
    }

    [Fact]
    public void A_corpus_with_files_beside_its_audio_shows_what_they_say()
    {
        var crema = Directory.CreateDirectory(Path.Combine(_folder, "CREMA-D", "AudioWAV")).FullName;
        Run("corpora", "check", "demo", "--corpora", _folder);
        File.Copy(Path.Combine(_folder, "cache", "undertone", "demo", "f1", "f1-anger-s1.wav"), Path.Combine(crema, "1001_DFA_ANG_XX.wav"));
        File.WriteAllText(
            Path.Combine(_folder, "CREMA-D", "tabulatedVotes.csv"),
            "\"\",\"A\",\"D\",\"F\",\"H\",\"N\",\"S\",\"fileName\"\n\"100062\",6,2,0,0,1,0,\"1001_DFA_ANG_XX\"\n");

        var (code, output, error) = Run("corpora", "check", "crema-d", "--corpora", _folder);

        error.ShouldBeEmpty();
        code.ShouldBe(1);
        output.ShouldContain("1 file instead of 7442.");
        output.ShouldContain("also known   votes 1; human recognition rate 1");
        output.ShouldContain("people       recognised 66.7 % on average");
        output.ShouldContain("VideoDemographics.csv is not there");
        output.ShouldContain("git with Git LFS");
    }

    [Theory]
    [InlineData("did you mean 'emodb'?", "corpora", "check", "emod")]
    [InlineData("no such folder", "corpora", "check", "emodb", "--corpora", "/no/such/place")]
    [InlineData("there is no folder '/no/such/place'", "corpora", "check", "demo", "--path", "/no/such/place")]
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
