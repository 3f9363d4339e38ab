using System.CommandLine;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Reports;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone report RUNFOLDER</c>: writes the report of a run again, finished or not.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("RUNFOLDER") { Description = "The run's folder: runs/quickstart." };
        var latex = new Option<bool>("--latex") { Description = "Write the tables in LaTeX too (report.tex, booktabs); it compiles as it is." };
        var command = new Command("report", "Write summary.csv, report.md and report.html of a run again, finished or not.") { folder, latex };
        command.SetAction(parsed => Write(ResultsView.Console, parsed.GetRequiredValue(folder), parsed.GetValue(latex)));
        return command;
    }

    private static int Write(IAnsiConsole console, string folder, bool latex)
    {
        ResultsView.Show(console, ReportWriter.WriteAll(folder));
        console.WriteLine();
        if (latex)
        {
            ReportWriter.WriteLatex(folder);
        }

        foreach (var file in (string[])[ReportWriter.Summary, ReportWriter.Markdown, ReportWriter.Html, .. latex ? [ReportWriter.Latex] : (string[])[]])
        {
            console.WriteLine(Path.Combine(folder, file));
        }

        return 0;
    }
}
