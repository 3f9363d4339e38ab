using System.CommandLine;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Reports;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone results write | check | embed</c>: the pages of docs/results, the tables of other pages, and the proof that they are their predictions'.</summary>
internal static class ResultsCommand
{
    private static readonly string DefaultFolder = Path.Combine("docs", "results");

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("results", "Write and check the tables of docs/results.") { WriteCommand(), CheckCommand(), EmbedCommand() };

    private static Command WriteCommand()
    {
        var name = new Argument<string>("NAME") { Description = "The page's name: emodb-blueprint." };
        var folders = new Argument<string[]>("RUNFOLDER") { Description = "Finished runs whose trials the page shows; without any, the page is written anew from what is kept.", Arity = ArgumentArity.ZeroOrMore };
        var to = new Option<string>("--to") { Description = "Where the page and the files beside it are written.", DefaultValueFactory = _ => DefaultFolder };
        var pages = new Option<string[]>("--page") { Description = "A page whose embedded tables are written too: README.md. May be given several times.", HelpName = "FILE" };
        var add = new Option<bool>("--add") { Description = "Keep what the page shows of other trials: for a page that grows row by row, or whose earlier run folders are gone." };
        var command = new Command("write", "Write a page from runs, and keep their predictions beside it.") { name, folders, to, add, pages };
        command.SetAction(parsed =>
        {
            var runs = (parsed.GetValue(folders) ?? []).Select(RunFolderReader.Read).ToList();
            if (runs.Count == 0)
            {
                ResultsView.Console.WriteLine(KeptResultsFile.WritePage(parsed.GetRequiredValue(to), parsed.GetRequiredValue(name)));
                return Embedded(parsed.GetValue(pages) ?? [], parsed.GetRequiredValue(to));
            }

            var kept = KeptResults.From(parsed.GetRequiredValue(name), runs);
            if (parsed.GetValue(add))
            {
                kept = kept.AddedTo(KeptResultsFile.Read(parsed.GetRequiredValue(to), kept.Name));
            }

            ResultsView.Show(ResultsView.Console, new WrittenReport(ResultCalculator.Of(kept.Trials), RegressionCalculator.Of(kept.Regressions)));
            ResultsView.Console.WriteLine(KeptResultsFile.Write(parsed.GetRequiredValue(to), kept));
            return Embedded(parsed.GetValue(pages) ?? [], parsed.GetRequiredValue(to));
        });
        return command;
    }

    private static Command CheckCommand()
    {
        var folder = Folder();
        var pages = new Option<string[]>("--page") { Description = "A page whose embedded tables are checked too: README.md. May be given several times.", HelpName = "FILE" };
        var command = new Command("check", "Write the pages again from the predictions kept beside them; exit with 1 where one differs.") { folder, pages };
        command.SetAction(parsed =>
        {
            var checkedPages = ResultsCheck.Of(parsed.GetRequiredValue(folder))
                .Concat((parsed.GetValue(pages) ?? []).Select(p => new CheckedPage(p, EmbeddedTables.Check(p, parsed.GetRequiredValue(folder)))))
                .ToList();
            foreach (var page in checkedPages)
            {
                ResultsView.Console.WriteLine(page.Difference ?? $"{page.Name}: equal");
            }

            var equal = checkedPages.Count(p => p.Difference is null);
            ResultsView.Console.WriteLine(checkedPages.Count == 0 ? $"{parsed.GetRequiredValue(folder)}: no pages." : $"{equal} of {checkedPages.Count} pages equal.");
            return equal == checkedPages.Count ? 0 : 1;
        });
        return command;
    }

    private static Command EmbedCommand()
    {
        var page = new Argument<string>("PAGE") { Description = "The page: README.md." };
        var folder = Folder();
        var command = new Command("embed", "Write the tables of a page between '<!-- table KIND NAME -->' and '<!-- end of table -->' from kept results.") { page, folder };
        command.SetAction(parsed =>
        {
            Embed(parsed.GetRequiredValue(page), parsed.GetRequiredValue(folder));
            return ErrorReporting.Done;
        });
        return command;
    }

    private static int Embedded(IEnumerable<string> pages, string folder)
    {
        foreach (var page in pages)
        {
            Embed(page, folder);
        }

        return ErrorReporting.Done;
    }

    private static void Embed(string page, string folder) =>
        ResultsView.Console.WriteLine(EmbeddedTables.Write(page, folder) ? $"{page}: written" : $"{page}: nothing to change");

    private static Option<string> Folder() => new("--in") { Description = "The folder of the pages.", DefaultValueFactory = _ => DefaultFolder };
}
