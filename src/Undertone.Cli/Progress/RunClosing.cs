using Undertone.Experiments;
using Undertone.Reports;

namespace Undertone.Cli.Progress;

/// <summary>What is said after the last trial: failures, the table, where the report lies, and what to do next.</summary>
internal static class RunClosing
{
    public static int Write(ExperimentRun run, IReadOnlyList<TrialFailure> failures, TimeSpan elapsed, string command)
    {
        if (run.Pending.Count > 0)
        {
            Console.WriteLine($"{Figures.Count(run.Pending.Count - failures.Count, "trial")} finished in {Figures.Duration(elapsed)}.");
        }

        Console.WriteLine();
        ResultsView.Show(ResultsView.Console, ReportWriter.Write(run.Folder.Location));
        Console.WriteLine($"Report: {Path.Combine(run.Folder.Location, ReportWriter.Html)}");
        if (failures.Count > 0)
        {
            Console.Error.WriteLine($"{Figures.Count(failures.Count, "trial")} failed:");
            foreach (var failure in failures)
            {
                Console.Error.WriteLine($"  {failure.Trial}: {failure.Reason}");
                Console.Error.WriteLine($"    log: {failure.Log}");
            }

            Console.Error.WriteLine($"This tries them again: {command}");
        }

        return ErrorReporting.Done;
    }
}
