using System.Diagnostics;

namespace Undertone.EndToEnd.Tests;

/// <summary>The counting of <c>./test</c>.</summary>
public sealed class LauncherResultsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("undertone results ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Results_are_counted_and_failures_kept_with_their_message()
    {
        var (exit, counts) = Count("""
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun id="1" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
              <UnitTestResult testId="1" testName="A.Passes(s: &quot;outcome=\&quot;Failed\&quot; &lt;UnitTestResult&quot;)" outcome="Passed" />
              <UnitTestResult testId="2" testName="A.Fails" duration="00:00:01" outcome="Failed"><Output><StdOut>said &amp; done</StdOut><ErrorInfo>
                <Message>expected &lt;1&gt;&#xD;
            but was &amp;lt;</Message><StackTrace>at A.Fails() in A.cs:line 4</StackTrace></ErrorInfo></Output></UnitTestResult>
              <UnitTestResult testId="3" testName="A.Skips" outcome="NotExecuted"><Output><ErrorInfo><Message>needs a corpus</Message></ErrorInfo></Output></UnitTestResult>
              <UnitTestResult testId="4" testName="A.Hangs" outcome="Timeout"></UnitTestResult>
            </Results><ResultSummary outcome="Failed" /></TestRun>
            """);

        exit.ShouldBe(0);
        counts.ShouldBe("1 2 1");
        File.ReadAllText(Path.Combine(_folder, "failures")).ShouldStartWith(
            "FAILED A.Fails\n    expected <1>\n    but was &lt;\n    at A.Fails() in A.cs:line 4\n    output:\n    said & done\n");
        File.ReadAllText(Path.Combine(_folder, "skips")).ShouldBe("A.Skips: needs a corpus\n");
    }

    [Fact]
    public void Results_cut_short_are_no_results()
    {
        var (exit, counts) = Count("<TestRun><Results><UnitTestResult testName=\"A.Passes\" outcome=\"Passed\" />");

        exit.ShouldBe(1);
        counts.ShouldBe("1 0 0");
    }

    private (int Exit, string Counts) Count(string trx)
    {
        File.WriteAllText(Path.Combine(_folder, "a.trx"), trx);
        var start = new ProcessStartInfo("awk") { RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (var argument in new[] { "-v", "failures=failures", "-v", "skips=skips", "-f", Checkout.At("scripts", "results.awk"), "a.trx" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
