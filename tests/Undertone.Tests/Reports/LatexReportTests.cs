using System.Diagnostics;
using Undertone.Reports;

namespace Undertone.Tests.Reports;

public sealed class LatexReportTests
{
    [Fact]
    public void Tables_are_those_of_the_report_with_their_badge()
    {
        using var run = Written();
        var text = File.ReadAllText(Path.Combine(run.Location, ReportWriter.Latex));
        text.ShouldContain("\\caption{Scores: emodb, leave-one-speaker-out: speaker-independent}");
        text.ShouldContain("\\begin{tabular}{lrrrrrrrrrr}\n\\toprule\nSystem & Validation UAR & UAR (speaker-independent) & $\\pm$ over seeds & ");
        text.ShouldContain("\nbigru $\\star$ & 66.7 & 47.5 [");
        text.ShouldContain("\\caption{Every pair: emodb, leave-one-speaker-out: speaker-independent}");
        text.ShouldContain("bigru $-$ cnn & $-$30.0 [$-$50.0, $-$25.0] & ");
        text.ShouldContain("\\bottomrule");
        text.ShouldEndWith("\\end{document}\n");
        text.ShouldNotContain("−");
        foreach (var c in text)
        {
            c.ShouldBeLessThan('\u0180');
        }
    }

    [Fact]
    public void What_comes_from_files_is_escaped()
    {
        using var run = TinyRun.OneSystem();
        File.WriteAllText(run.Folder.ExperimentFile, "name: \"a_b & 50% #1 ${x} \\\\input{y} ~^<ü☃\"\ncorpora: [emodb]\n");
        ReportWriter.WriteLatex(run.Location);
        File.ReadAllText(Path.Combine(run.Location, ReportWriter.Latex)).ShouldContain(
            @"\section*{a\_b \& 50\% \#1 \$\{x\} \textbackslash{}input\{y\} \textasciitilde{}\textasciicircum{}\textless{}ü[U+2603]}");
    }

    /// <summary>Where there is no pdflatex there is nothing to compile with, and the test says nothing.</summary>
    [Fact]
    public void It_compiles_where_pdflatex_is_installed()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "pdflatex"))))
        {
            return;
        }

        using var run = Written();
        var start = new ProcessStartInfo("pdflatex") { WorkingDirectory = run.Location, RedirectStandardOutput = true, ArgumentList = { "-interaction=nonstopmode", "-halt-on-error", ReportWriter.Latex } };
        using var process = Process.Start(start).ShouldNotBeNull();
        var log = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (log.Contains(".sty' not found", StringComparison.Ordinal))
        {
            return; // A LaTeX without booktabs is not what papers are written with.
        }

        process.ExitCode.ShouldBe(0, log);
        File.Exists(Path.Combine(run.Location, "report.pdf")).ShouldBeTrue();
    }

    private static TinyRun Written()
    {
        var run = TinyRun.OneSystem();
        run.AddTrials("bigru", null, 0, "speaker-independent", flips: 1);
        run.AddTrials("cnn", null, 0, "speaker-dependent", flips: 0, protocol: "random-5-fold", kind: "random-k-fold");
        ReportWriter.WriteLatex(run.Location);
        return run;
    }
}
