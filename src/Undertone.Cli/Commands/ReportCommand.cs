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
        var command = new Command("report", "Write summary.csv, report.md and report.html of a run again, finished or not.") { folder };
        command.SetAction(parsed => Write(ResultsView.Console, parsed.GetRequiredValue(folder)));
        return command;
    }

    private static int Write(IAnsiConsole console, string folder)
    {
        ResultsView.Show(console, ReportWriter.WriteAll(folder));
        console.WriteLine();
        foreach (var file in new[] { ReportWriter.Summary, ReportWriter.Markdown, ReportWriter.Html })
        {
            console.WriteLine(Path.Combine(folder, file));
        }

        return 0;
    }
}
