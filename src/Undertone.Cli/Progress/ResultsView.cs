using Spectre.Console;
using Undertone.Reports;

namespace Undertone.Cli.Progress;

/// <summary>Result tables on the terminal: one for each corpus, protocol and badge.</summary>
internal static class ResultsView
{
    /// <summary>The console; where the output is no terminal it does not break lines at 80 columns.</summary>
    public static IAnsiConsole Console
    {
        get
        {
            if (!System.Console.IsOutputRedirected)
            {
                return AnsiConsole.Console;
            }

            var console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(System.Console.Out),
            });
            console.Profile.Width = 240;
            return console;
        }
    }

    /// <summary>Shows what systems reach for each pair of corpora.</summary>
    private static void Show(IAnsiConsole console, CrossCorpusMatrix matrix)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(matrix.Title)) };
        table.AddColumn("System");
        foreach (var head in matrix.Pairs.Select(p => p.ToString()).Prepend("Mean UAR").Prepend("Validation UAR"))
        {
            table.AddColumn(new TableColumn(Markup.Escape(head)).RightAligned());
        }

        foreach (var cells in ResultLines.Of(matrix))
        {
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        table.Caption = new TableTitle("per cent; training → test");
        console.Write(table);
    }

    /// <summary>Shows what systems reach in a regression.</summary>
    private static void Show(IAnsiConsole console, RegressionSection section)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(section.Title)) };
        table.AddColumns("System", "Target");
        foreach (var head in (string[])["Validation CCC", "CCC [[95 %]]", "± seeds", "never-chosen", "Pearson", "MSE", "MSE of the mean", "MAE", "Seeds", "Trials", "Rows"])
        {
            table.AddColumn(new TableColumn(head).RightAligned());
        }

        foreach (var (best, cells) in ResultLines.Of(section))
        {
            table.AddRow([.. cells.Select(c => best ? $"[bold]{Markup.Escape(c)}[/]" : Markup.Escape(c))]);
        }

        table.Caption = new TableTitle("CCC: 0 is a guess, 1 perfect; errors in the corpus's own unit");
        console.Write(table);
    }

    /// <summary>Shows results.</summary>
    public static void Show(IAnsiConsole console, WrittenReport report)
    {
        var results = report.Results;
        foreach (var section in RegressionSection.Of(report.Regressions))
        {
            Show(console, section);
        }

        if (results.Count + report.Regressions.Count == 0)
        {
            console.MarkupLine("No trial has finished yet.");
        }

        foreach (var matrix in CrossCorpusMatrix.Of(results))
        {
            Show(console, matrix);
        }

        foreach (var section in ResultSection.Of(results))
        {
            var table = new Table { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(section.Title)) };
            table.AddColumn("System");
            foreach (var head in (string[])["Validation UAR", "UAR [95 %]", "± seeds", "never-chosen", "Accuracy", "Trials"])
            {
                table.AddColumn(new TableColumn(Markup.Escape(head)).RightAligned());
            }

            foreach (var line in ResultLines.Of(section))
            {
                table.AddRow([.. line.Cells.Select(c => line.Best ? $"[bold]{Markup.Escape(c)}[/]" : Markup.Escape(c))]);
            }

            table.Caption = new TableTitle(Markup.Escape($"per cent; chance {ResultLines.Chance(section)}"));
            console.Write(table);
        }
    }
}
