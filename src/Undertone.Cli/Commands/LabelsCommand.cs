using System.CommandLine;
using System.Globalization;
using Undertone.Corpora;
using Undertone.Emotions;
using Undertone.Emotions.LabelSchemes;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone labels list | show SCHEME</c>: the label schemes, and the table that each is.</summary>
internal static class LabelsCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("SCHEME") { Description = $"The label scheme: {string.Join(", ", LabelSchemeCatalog.Names)}." };
        var list = new Command("list", "The label schemes that corpora can be brought to.");
        list.SetAction(_ => List());
        var show = new Command("show", "A label scheme's table: which class each label becomes, and what each corpus then has.") { name };
        show.SetAction(parsed => Show(LabelSchemeCatalog.Get(parsed.GetValue(name)!)));
        return new Command("labels", "Lists and shows the label schemes (labels: SCHEME in an experiment file).") { list, show };
    }

    private static int List()
    {
        foreach (var scheme in LabelSchemeCatalog.All)
        {
            Console.WriteLine($"{scheme.Name,-11} {scheme.Summary}");
        }

        return ErrorReporting.Done;
    }

    private static int Show(LabelScheme scheme)
    {
        Console.WriteLine($"{scheme.Name}: {scheme.Summary}");
        Console.WriteLine($"Source: {scheme.Citation}");
        Console.WriteLine();
        if (scheme.Table.Count > 0)
        {
            Console.WriteLine($"{"label",-13} {"class",-14} why");
            foreach (var rule in scheme.Table)
            {
                Console.WriteLine($"{rule.Label,-13} {rule.Class ?? "(left out)",-14} {rule.Reason}");
            }

            Console.WriteLine("Any other label is left out, and its utterances are counted.");
            Console.WriteLine();
        }

        Console.WriteLine("Complete copies of the corpora would have:");
        var harmonisation = new Harmonisation(scheme, [], []);
        foreach (var card in CorpusCatalog.All.Select(c => c.Card))
        {
            var labels = card.Classes.Select(c => (Label: c.Key, Count: c.Value, Class: harmonisation.ClassOf(card.Name, c.Key))).ToList();
            var classes = labels.Where(l => l.Class is not null).GroupBy(l => l.Class!).Select(g => Counted(g.Key, g.Sum(l => l.Count)));
            var left = labels.Where(l => l.Class is null).Select(l => Counted(l.Label, l.Count)).ToList();
            Console.WriteLine($"  {card.Name,-21} {string.Join(", ", classes)}{(left.Count == 0 ? "" : $"; left out: {string.Join(", ", left)}")}");
        }

        Console.WriteLine();
        Console.WriteLine($"In an experiment file: labels: {scheme.Name}");
        if (scheme.Classes.Count > 0)
        {
            Console.WriteLine($"With rows of your own: labels: {{ scheme: {scheme.Name}, map: {{ calm: {scheme.Classes[^1]}, boredom: null }} }}");
        }

        return ErrorReporting.Done;
    }

    private static string Counted(string name, int count) => count == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {count}");
}
