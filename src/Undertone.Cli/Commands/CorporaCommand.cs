using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Undertone.Corpora;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone corpora list | describe NAME | check NAME | fetch NAME</c>.</summary>
internal static class CorporaCommand
{
    private const string TableName = "table";

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var corpora = new Option<string?>("--corpora")
        {
            Description = $"The folder that holds the corpora (else {CorpusLocator.Variable}, then ./corpora).",
            HelpName = "DIR",
        };
        var name = new Argument<string>("NAME") { Description = $"The corpus: {string.Join(", ", CorpusCatalog.Names)}; or a CSV file that describes one of your own." };
        var path = new Option<string?>("--path") { Description = "The corpus's own folder, wherever it is.", HelpName = "DIR" };

        var list = new Command("list", "The corpora that Undertone knows, and where they are on this machine.") { corpora };
        list.SetAction(result => List(result.GetValue(corpora)));
        var describe = new Command("describe", "What a corpus is: its card.") { name };
        describe.SetAction(result => Describe(result.GetValue(name)!));
        var check = new Command("check", "Reads a copy of a corpus and says what was found against what was expected.") { name, path, corpora };
        check.SetAction(result => Check(CorpusLocator.Find(result.GetValue(name)!), result.GetValue(path), result.GetValue(corpora)));
        return new Command("corpora", "Lists, describes, checks and fetches the corpora.") { list, describe, check, FetchCommand.Create(corpora) };
    }

    private static int List(string? corpora)
    {
        var table = Table("corpus", "language", "type", "files", "speakers", "classes", "where");
        foreach (var corpus in CorpusCatalog.All)
        {
            var card = corpus.Card;
            var folder = CorpusLocator.TryLocate(corpus, corpora);
            var where = folder is null ? "not found" : Directory.Exists(folder) ? folder : $"{folder} (made when first used)";
            table.AddRow(Cells(card.Name, card.Language, card.RecordingType, Count(card.Utterances), Number(card.Speakers), Number(card.Classes.Count), where));
        }

        Write(table);
        Say("");
        Say($"Your own corpus: a CSV file with the columns {string.Join(", ", TableCorpus.Required)} (undertone corpora describe {TableName}).");
        Say($"Looked in: {string.Join(", ", CorpusLocator.Places(corpora).Select(p => $"{p.Folder} ({p.Because})"))}");
        return 0;
    }

    private static int Describe(string name)
    {
        if (string.Equals(name, TableName, StringComparison.OrdinalIgnoreCase))
        {
            return DescribeTables();
        }

        var corpus = CorpusLocator.Find(name);
        var card = corpus.Card;
        Say($"{card.Name}: {card.Title}");
        Say("");
        Field("language", $"{card.Language} ({card.LanguageCode})");
        Field("recordings", $"{Count(card.Utterances)}, {card.RecordingType}");
        Field("classes", string.Join(", ", card.Classes.Select(c => c.Value > 0 ? $"{c.Key} {Number(c.Value)}" : c.Key)));
        Field("speakers", card.SpeakerNote);
        Field("features", card.KeyFeatures);
        Field("limitations", card.Limitations);
        Field("ratings", card.DimensionScale);
        Field("people", card.HumanRateNote);
        Field("file names", card.FileNames);
        Field("licence", card.Licence);
        Field("access", card.Access);
        Field("fetch", corpus.Download is null ? "" : Invocation.Line(["corpora", "fetch", card.Name]));
        Field("homepage", card.Homepage ?? "none");
        Field("cite", card.Reference);
        return 0;
    }

    private static int DescribeTables()
    {
        Say("A CSV file in UTF-8 with commas, one row an utterance, names any corpus. Its columns, in any order:");
        Say("");
        foreach (var (column, holds) in TableCorpus.Columns)
        {
            Field(column, TableCorpus.Required.Contains(column) ? $"{holds} (needed)" : holds);
        }

        Say("");
        Say("In an experiment: corpora: [{ table: my.csv, name: my-corpus }], relative to the experiment file. To look through it: undertone corpora check my.csv");
        return 0;
    }

    /// <summary>Reads a copy and says what was found against what was expected.</summary>
    public static int Check(Corpus corpus, string? path, string? corpora)
    {
        if (path is not null && corpus is TableCorpus)
        {
            throw new UndertoneException("--path is for corpora of the catalog; a table's paths are relative to the table.");
        }

        var folder = path is null ? CorpusLocator.Locate(corpus, corpora) : Path.GetFullPath(path);
        var check = Read(corpus, folder);
        Say($"{corpus.Card.Title} in {folder}");
        Say("");
        Write(Summary(corpus, check));
        Say("");
        CorporaReport.Write(check, Say);
        return check.IsComplete ? 0 : 1;
    }

    private static CorpusCheck Read(Corpus corpus, string folder)
    {
        if (folder == corpus.OwnFolder)
        {
            corpus.Prepare(folder);
        }

        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            return CorpusCheck.Of(corpus, folder, CacheFolder.Default);
        }

        return AnsiConsole.Status().Start("Reading...", status => CorpusCheck.Of(corpus, folder, CacheFolder.Default, new Shown(status)));
    }

    private static Table Summary(Corpus corpus, CorpusCheck check)
    {
        var card = corpus.Card;
        var found = check.Listing.Utterances;
        var table = Table("", "found", "expected");
        void Row(string what, int is_, int? expected) =>
            table.AddRow(Cells(what, Number(is_) + (is_ == expected || expected is null ? "" : "  (!)"), expected is { } e ? Number(e) : ""));

        Row("utterances", found.Count, Known(card.Utterances));
        Row("speakers", found.Select(u => u.Speaker).Distinct().Count(), card.Speakers);
        if (card.FemaleSpeakers is not null || found.Any(u => u.Gender is not null))
        {
            Row("  female", Speakers(found, "female"), card.FemaleSpeakers);
            Row("  male", Speakers(found, "male"), card.MaleSpeakers);
        }

        foreach (var (name, expected) in card.Classes)
        {
            Row(name, found.Count(u => u.Emotion == name), Known(expected));
        }

        foreach (var count in corpus.Counts(found))
        {
            Row(count.What, count.Found, count.Expected);
        }

        return table;
    }

    private static int? Known(int expected) => expected > 0 ? expected : null;

    private static string Count(int expected) => expected > 0 ? Number(expected) : "not stated";

    private static int Speakers(IReadOnlyList<Utterance> utterances, string gender) =>
        utterances.Where(u => u.Gender == gender).Select(u => u.Speaker).Distinct().Count();

    private static Table Table(params string[] columns)
    {
        var table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii2 : TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        return table;
    }

    private static string[] Cells(params string[] cells) => [.. cells.Select(Markup.Escape)];

    private static void Write(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            // A file has no width at which lines must break.
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 240);
        }

        AnsiConsole.Write(table);
    }

    private static void Say(string line) => Console.WriteLine(line);

    /// <summary>Writes a field of a card, its text broken into lines.</summary>
    public static void Field(string name, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        const int Indent = 13;
        var width = Console.IsOutputRedirected ? 120 : Math.Clamp(AnsiConsole.Profile.Width, 60, 120);
        var line = name.PadRight(Indent);
        var words = 0;
        foreach (var word in text.Split(' '))
        {
            if (words > 0 && line.Length + 1 + word.Length > width)
            {
                Say(line);
                line = new string(' ', Indent);
                words = 0;
            }

            line += (words++ == 0 ? "" : " ") + word;
        }

        Say(line);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Not Progress<T>, which would report on other threads after the reading is over.
    private sealed class Shown(StatusContext status) : IProgress<ReadingProgress>
    {
        public void Report(ReadingProgress value) => status.Status = $"Reading {Number(value.Done)} of {Number(value.Total)} files";
    }
}
