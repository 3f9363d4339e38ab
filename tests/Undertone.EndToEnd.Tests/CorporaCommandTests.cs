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
