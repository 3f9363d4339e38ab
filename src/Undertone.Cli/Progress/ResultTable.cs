using Spectre.Console;
using Undertone.Experiments;

namespace Undertone.Cli.Progress;

/// <summary>The result table: one block for each corpus, protocol and badge, so that scores with different badges never share a column.</summary>
internal static class ResultTable
{
    public static void Write(ExperimentRun run)
    {
        var console = Output();
        foreach (var block in run.Trials.Where(t => run.Folder.IsFinished(t.Name))
            .GroupBy(t => (Corpus: t.Corpus.Card.Name, Protocol: t.Protocol.Protocol.Name, Badge: t.Badge.ToString())))
        {
            var table = new Table().Border(TableBorder.Simple);
            table.AddColumn("system");
            table.AddColumn(new TableColumn($"UAR ({block.Key.Badge})").RightAligned());
            table.AddColumn(new TableColumn("trials").RightAligned());
            foreach (var system in block.GroupBy(t => t.Variant is null ? t.System.Label : $"{t.System.Label} · {t.Variant.Name}"))
            {
                table.AddRow(
                    Markup.Escape(system.Key),
                    Figures.Percent(system.Average(t => TrialScores.Read(run.Folder, t.Name).Uar)),
                    FormattableString.Invariant($"{system.Count()}"));
            }

            console.MarkupLine($"[bold]{block.Key.Corpus}, {block.Key.Protocol}, {block.Key.Badge}[/]");
            console.Write(table);
        }
    }

    /// <summary>A console that does not break lines at 80 columns where the output is no terminal.</summary>
    private static IAnsiConsole Output()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = 200;
        return console;
    }
}
