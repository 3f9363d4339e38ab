using System.CommandLine;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Reports;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone results write | check</c>: the pages of docs/results, and the proof that they are their predictions'.</summary>
internal static class ResultsCommand
{
    private static readonly string DefaultFolder = Path.Combine("docs", "results");

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("results", "Write and check the tables of docs/results.") { WriteCommand(), CheckCommand() };

    private static Command WriteCommand()
    {
        var name = new Argument<string>("NAME") { Description = "The page's name: emodb-blueprint." };
        var folders = new Argument<string[]>("RUNFOLDER") { Description = "Finished runs whose trials the page shows.", Arity = ArgumentArity.OneOrMore };
        var to = new Option<string>("--to") { Description = "Where the page and the files beside it are written.", DefaultValueFactory = _ => DefaultFolder };
        var command = new Command("write", "Write a page from runs, and keep their predictions beside it.") { name, folders, to };
        command.SetAction(parsed =>
        {
            var runs = parsed.GetRequiredValue(folders).Select(RunFolderReader.Read).ToList();
            var kept = KeptResults.From(parsed.GetRequiredValue(name), runs);
            ResultsView.Show(ResultsView.Console, ResultCalculator.Of(kept.Trials));
            ResultsView.Console.WriteLine(KeptResultsFile.Write(parsed.GetRequiredValue(to), kept));
            return 0;
        });
        return command;
    }

    private static Command CheckCommand()
    {
        var folder = new Option<string>("--in") { Description = "The folder of the pages.", DefaultValueFactory = _ => DefaultFolder };
        var command = new Command("check", "Write the pages again from the predictions kept beside them; exit with 1 where one differs.") { folder };
        command.SetAction(parsed =>
        {
            var pages = ResultsCheck.Of(parsed.GetRequiredValue(folder));
            foreach (var page in pages)
            {
                ResultsView.Console.WriteLine(page.Difference ?? $"{page.Name}: equal");
            }

            ResultsView.Console.WriteLine(pages.Count == 0 ? $"{parsed.GetRequiredValue(folder)}: no pages." : $"{pages.Count(p => p.Difference is null)} of {pages.Count} pages equal.");
            return pages.All(p => p.Difference is null) ? 0 : 1;
        });
        return command;
    }
}
