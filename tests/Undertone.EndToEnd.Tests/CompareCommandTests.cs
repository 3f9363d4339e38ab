using System.Diagnostics;
using Undertone.Tests.Reports;

namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone compare</c> and <c>undertone report --latex</c> as their user meets them: processes, their output and their exit codes.</summary>
public sealed class CompareCommandTests
{
    [Fact]
    public void Two_runs_stand_side_by_side()
    {
        using var first = Made("first", 0, "speaker-independent");
        using var second = Made("second", 1, "speaker-independent");
        var file = Path.Combine(first.Location, "comparison.md");
        var (code, output, error) = Run("compare", first.Location, second.Location, "--to", file);
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        output.ShouldContain("cnn (first) and cnn (second) cannot be told apart by 3 speakers: +30.0 [25.0, 50.0] points of UAR");
        output.ShouldNotContain("\u001b");
        File.ReadAllText(file).ShouldContain("| cnn (first) – cnn (second) | 30.0 [25.0, 50.0] |");
    }

    [Fact]
    public void Runs_with_nothing_in_common_are_refused()
    {
        using var first = Made("first", 0, "speaker-independent");
        using var second = Made("second", 1, "speaker-independent, adapted");
        var (code, output, error) = Run("compare", first.Location, second.Location);
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain("nothing of 'first' and 'second' can be compared");
        error.ShouldContain("the same normalisation");
    }

    [Fact]
    public void A_folder_that_is_no_run_is_refused()
    {
        using var run = Made("first", 0, "speaker-independent");
        var (code, _, error) = Run("compare", run.Location, Path.GetTempPath());
        code.ShouldBe(2);
        error.ShouldContain("this is no run folder");
    }

    [Fact]
    public void A_report_has_its_tables_in_latex_where_that_is_asked_for()
    {
        using var run = Made("first", 0, "speaker-independent");
        Run("report", run.Location).Code.ShouldBe(0);
        File.Exists(Path.Combine(run.Location, "report.tex")).ShouldBeFalse();
        var (code, output, _) = Run("report", run.Location, "--latex");
        code.ShouldBe(0);
        output.ShouldContain("report.tex");
        File.ReadAllText(Path.Combine(run.Location, "report.tex")).ShouldContain("\\toprule");
    }

    private static TinyRun Made(string name, int flips, string badge)
    {
        var run = new TinyRun();
        run.Prepare(name);
        run.AddTrials("cnn", null, 0, badge, flips);
        return run;
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
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
