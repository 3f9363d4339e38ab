using System.CommandLine;
using System.Globalization;
using Undertone.Cli.Progress;
using Undertone.Systems;

namespace Undertone.Cli.Commands;

/// <summary><c>undertone systems list | describe NAME | explain NAME [PATH]</c>.</summary>
internal static class SystemsCommand
{
    private const double Seconds = ModelCost.CountedSeconds;
    private const int MostDecimals = 1;

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = $"The system: {string.Join(", ", SystemCatalog.Default.Names)}." };
        var set = new Option<string[]>("--set") { Description = "Change a setting before it is described: --set channels=[8,16].", HelpName = "PATH=VALUE" };
        var classes = new Option<int>("--classes") { Description = "The number of classes of the output.", DefaultValueFactory = _ => 7 };
        var csv = new Option<bool>("--csv") { Description = "The table of layers alone, as comma-separated values." };
        var describe = new Command("describe", "A system's source, settings, layers with shapes and sizes, and what a second of speech costs it.") { name, set, classes, csv };
        describe.SetAction(parsed =>
        {
            var system = SystemCatalog.Default.Get(parsed.GetValue(name)!);
            var settings = RunOptions.Changes(parsed, set).Aggregate(system.Defaults, (s, change) => SettingPath.Apply(s, change.Path, change.Value));
            var problems = SettingPath.Problems(settings);
            if (problems.Count > 0)
            {
                throw new UndertoneException($"impossible settings: {string.Join("; ", problems)}");
            }

            if (parsed.GetValue(classes) < 1)
            {
                throw new UndertoneException($"--classes {parsed.GetValue(classes)}: expected a whole number of at least 1.");
            }

            return parsed.GetValue(csv) ? Csv(system, settings, parsed.GetValue(classes)) : Describe(system, settings, parsed.GetValue(classes));
        });
        var path = new Argument<string?>("PATH") { Description = "A setting, or a group of settings: training. All where it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var explain = new Command("explain", "What each setting of a system does, what it may be, and its default.") { name, path };
        explain.SetAction(parsed => Explain(SystemCatalog.Default.Get(parsed.GetValue(name)!), parsed.GetValue(path)));
        var list = new Command("list", "The systems that Undertone knows.");
        list.SetAction(_ => List());
        return new Command("systems", "Lists systems, and describes each: where it comes from, its layers, its settings, its cost.") { list, describe, explain };
    }

    private static int List()
    {
        TextTable.Write(
            ["system", "kind", "features", "what"],
            SystemCatalog.Default.All.Select(s => (string[])[s.Name, Kind(s), Features(s.Defaults), s.Summary]));
        Console.WriteLine();
        Console.WriteLine($"Layers, settings and cost: {Invocation.Line(["systems", "describe"])} NAME");
        return ErrorReporting.Done;
    }

    private static int Describe(EmotionSystem system, SystemSettings settings, int classes)
    {
        Console.WriteLine($"{system.Name}: {system.Summary}");
        Console.WriteLine();
        CorporaCommand.Field("kind", Kind(system));
        CorporaCommand.Field("source", system.Citation);
        if (system.Paper is { } paper)
        {
            Describe(paper);
        }

        CorporaCommand.Field("features", settings.FeatureFingerprint);
        Console.WriteLine();
        TextTable.Write(["setting", "default"], SettingPath.Flatten(settings).Select(s => (string[])[s.Key, Text(s.Value)]));
        Console.WriteLine();
        TextTable.Write(["setting that is off", "may be"], SettingPath.All(settings).Where(s => s.IsOff).Select(s => (string[])[s.Path, s.MayBe]));
        if (system is DeepSystem deep)
        {
            Layers(NetworkLayers.Of(deep, (DeepSettings)settings, classes, Seconds), classes);
        }

        Console.WriteLine();
        Console.WriteLine($"What settings do: {Invocation.Line(["systems", "explain", system.Name])}");
        Console.WriteLine($"To train it:  {Invocation.Line(["train", system.Name, "--corpus", "demo", "--out", $"models/{system.Name}"])}");
        return ErrorReporting.Done;
    }

    private static int Explain(EmotionSystem system, string? path)
    {
        var all = SettingPath.All(system.Defaults);
        var shown = path is null ? all : [.. all.Where(s => s.Path == path || s.Path.StartsWith($"{path}.", StringComparison.Ordinal))];
        if (shown.Count == 0)
        {
            var names = all.Select(s => s.Path).Concat(all.SelectMany(s => Groups(s.Path))).Distinct().ToList();
            throw new UndertoneException($"the system '{system.Name}' has no setting '{path}'"
                + (NearestName.Of(path!, names) is { } near ? $"; did you mean '{near}'?" : $"; {Invocation.Line(["systems", "describe", system.Name])} lists them"));
        }

        var documentation = SettingDocumentation.Read();
        foreach (var setting in shown)
        {
            Console.WriteLine($"{setting.Path}: {(setting.IsOff ? "off" : Text(setting.Value))} ({setting.MayBe})");
            CorporaCommand.Field("", documentation.Of(setting.Property));
        }

        return ErrorReporting.Done;
    }

    private static IEnumerable<string> Groups(string path)
    {
        for (var end = path.LastIndexOf('.'); end > 0; end = path.LastIndexOf('.', end - 1))
        {
            yield return path[..end];
        }
    }

    private static void Describe(PaperCard paper)
    {
        CorporaCommand.Field("paper", paper.Citation);
        CorporaCommand.Field("input", paper.Input);
        CorporaCommand.Field("training", paper.Training);
        CorporaCommand.Field("protocol", paper.Protocol);
        if (paper.Split is { } split)
        {
            CorporaCommand.Field("split here", split.ToString());
        }

        CorporaCommand.Field("reported", string.Join("; ", paper.Reported.Select(r => $"{r.Corpus} {r} ({r.Source})")));
        CorporaCommand.Field("repeated as", paper.IsReconstruction ? "a reconstruction: what the paper leaves open is ours" : "printed");
        foreach (var kind in paper.Choices.GroupBy(c => c.Evidence))
        {
            CorporaCommand.Field(kind.Key == PaperEvidence.Reconstructed ? "rebuilt" : kind.Key.ToString().ToLowerInvariant(), string.Join("; ", kind.Select(c => c.What)));
        }

        foreach (var deviation in paper.Deviations)
        {
            CorporaCommand.Field("deviation", deviation);
        }

        if (paper.Tuned.Count > 0)
        {
            CorporaCommand.Field("tuned", string.Join(", ", paper.Tuned.Select(t => $"{t.Key}={Text(t.Value)}")));
        }

        foreach (var tried in paper.Tried)
        {
            CorporaCommand.Field("tried", tried);
        }
    }

    private static void Layers(NetworkLayers network, int classes)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Layers for {classes} classes, and an utterance of {Seconds:0} s ({network.Frames} × {network.Dimensions}); time is the first dimension where there is one, channels come before it in images:"));
        Console.WriteLine();
        TextTable.Write(
            ["layer", "what", "gives", "parameters", "multiply-adds"],
            network.Layers.Select(l => (string[])[l.Name, l.Kind, string.Join(" × ", l.Output), Count(l.Parameters), Count(l.MultiplyAdds)]));
        Console.WriteLine();
        CorporaCommand.Field("parameters", $"{Count(network.Parameters)} ({Decimal(network.Parameters * sizeof(float) / 1e6)} MB in single precision)");
        CorporaCommand.Field("cost", $"{Decimal(network.MultiplyAdds / Seconds / 1e6)} million multiply-adds a second of speech");
    }

    private static int Csv(EmotionSystem system, SystemSettings settings, int classes)
    {
        if (system is not DeepSystem deep)
        {
            throw new UndertoneException($"--csv: '{system.Name}' is no network and has no layers; {Invocation.Line(["systems", "describe", system.Name])} says what it is.");
        }

        Console.WriteLine("layer,what,gives,parameters,multiply_adds");
        foreach (var layer in NetworkLayers.Of(deep, (DeepSettings)settings, classes, Seconds).Layers)
        {
            Console.WriteLine(string.Join(',', ((string[])
            [
                layer.Name,
                layer.Kind,
                string.Join('x', layer.Output),
                layer.Parameters.ToString(CultureInfo.InvariantCulture),
                layer.MultiplyAdds.ToString(CultureInfo.InvariantCulture),
            ]).Select(TextTable.CsvField)));
        }

        return ErrorReporting.Done;
    }

    private static string Kind(EmotionSystem system) =>
        $"{(system.Paper is null ? "" : "published ")}{(system is DeepSystem ? "network" : "traditional")}";

    // Of joined sets the first, and how many more.
    private static string Features(SystemSettings settings) =>
        SettingPath.Flatten(settings).FirstOrDefault(s => s.Key == "features").Value is string sets && sets.Split('+') is { Length: > 1 } joined
            ? string.Create(CultureInfo.InvariantCulture, $"{joined[0]} and {joined.Length - 1} more")
            : string.Join(" | ", settings.FeatureFingerprint.Split(" | ").Select(f => f.Split('/')[0]));

    private static string Text(object? value) => value switch
    {
        null => "-",
        IEnumerable<object?> list => $"[{string.Join(", ", list.Select(Text))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Decimal(double value) => Math.Round(value, value < 1 ? MostDecimals + 1 : MostDecimals).ToString(CultureInfo.InvariantCulture);
}
