using System.CommandLine;
using Undertone.Reports;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone compare RUN RUN...</c>: the systems of several runs side by side, with tests.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var folders = new Argument<string[]>("RUNFOLDER") { Description = "Two or more run folders.", Arity = ArgumentArity.OneOrMore };
        var systems = new Option<string[]>("--system") { Description = "Compare this system alone; may be given several times. p values are corrected for the number of pairs, so fewer systems show more.", HelpName = "NAME" };
        var to = new Option<string?>("--to") { Description = "Write the comparison to a file in Markdown, with the question, the assumptions and the source of each test.", HelpName = "FILE.md" };
        var command = new Command("compare", "Compare runs on the same corpus, folds and utterances: every pair of systems with its interval, tests and a verdict in words.") { folders, systems, to };
        command.SetAction(parsed =>
        {
            var comparison = RunComparison.Of(Named(parsed.GetRequiredValue(folders)), parsed.GetValue(systems));
            Console.Out.Write(comparison.ToText());
            if (parsed.GetValue(to) is { } path)
            {
                File.WriteAllText(path, comparison.ToMarkdown());
                Console.WriteLine(path);
            }

            return ErrorReporting.Done;
        });
        return command;
    }

    // Two copies of one experiment are told apart by their folders.
    private static List<(string, ReportInput)> Named(string[] folders)
    {
        var runs = folders.Select(f => (Folder: Path.TrimEndingDirectorySeparator(f), Run: RunFolderReader.Read(f))).ToList();
        return [.. runs.Select(r => (runs.Count(o => o.Run.Name == r.Run.Name) == 1 ? r.Run.Name : r.Folder, r.Run))];
    }
}
