using System.CommandLine;
using Undertone.Cli.Progress;
using Undertone.Features;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone features list | describe SET | extract SET | agreement SET</c>. None of them loads the engine.</summary>
internal static class FeaturesCommand
{
    public static Command Create()
    {
        var csv = new Option<bool>("--csv") { Description = "Comma-separated values with a header." };
        var set = Set();
        var list = new Command("list", "The feature sets that Undertone knows.");
        list.SetAction(_ => List());
        var describe = new Command("describe", "Name, unit and source of each value of a set.") { set, csv };
        describe.SetAction(parsed => Describe(parsed.GetValue(set)!, parsed.GetValue(csv)));
        return new Command("features", "Lists and describes feature sets, extracts them for other tools, and compares them with other tools' values.")
        {
            list, describe, FeaturesExtractCommand.Create(), FeaturesAgreementCommand.Create(),
        };
    }

    /// <summary>The argument that names a set.</summary>
    public static Argument<string> Set() => new("SET")
    {
        Description = $"The set: {string.Join(", ", FeatureSetCatalog.Default.Names)}; NAME{FunctionalsOfOptions.Suffix} of a frame-wise one; or several of one frame an utterance joined by '+'.",
    };

    private static int List()
    {
        var rows = FeatureSetCatalog.Default.All.Select(s => (Set: s, Extractor: s.Options.CreateExtractor()))
            .Select(s => (string[])[s.Set.Name, $"{s.Extractor.Dimensions}", Frames(s.Extractor), s.Set.Summary]);
        TextTable.Write(["set", "values", "frames", "what"], rows);
        Console.WriteLine();
        Console.WriteLine($"NAME{FunctionalsOfOptions.Suffix} takes statistics over the frames of a frame-wise set; A+B joins sets of one frame an utterance.");
        Console.WriteLine($"What each value is: {Invocation.Line(["features", "describe"])} SET");
        return ErrorReporting.Done;
    }

    private static int Describe(string name, bool csv)
    {
        var set = FeatureSetCatalog.Default.Get(name);
        var extractor = set.Options.CreateExtractor();
        if (csv)
        {
            Console.WriteLine("name,unit,source");
            foreach (var value in extractor.Describe())
            {
                Console.WriteLine(string.Join(',', ((string[])[value.Name, value.Unit, value.Source]).Select(TextTable.CsvField)));
            }

            return ErrorReporting.Done;
        }

        Console.WriteLine($"{set.Name}: {set.Summary}");
        Console.WriteLine();
        CorporaCommand.Field("values", $"{extractor.Dimensions}, {Frames(extractor)}");
        CorporaCommand.Field("source", set.Source);
        CorporaCommand.Field("settings", extractor.Fingerprint);
        Console.WriteLine();
        TextTable.Write(["name", "unit", "source"], extractor.Describe().Select(v => (string[])[v.Name, v.Unit, v.Source]));
        return ErrorReporting.Done;
    }

    private static string Frames(FeatureExtractor extractor) => extractor.IsFunctionals
        ? "one an utterance"
        : extractor.FixedFrames is { } frames
        ? FormattableString.Invariant($"{frames} an utterance")
        : FormattableString.Invariant($"every {1000 * extractor.HopSeconds:0.####} ms");
}
