using Undertone.Experiments;
using Undertone.Protocols;
using YamlDotNet.RepresentationModel;

namespace Undertone.Reports.Parts;

/// <summary>
/// What an experiment held equal for all its systems and what not: a comparison of networks that were also trained
/// differently compares their training.
/// </summary>
internal static class HeldEqualPart
{
    // What is no part of a network: what it hears at which scale, how it is trained, and how often. The features are its own.
    private static readonly string[] Shared = ["preprocessing", "normalisation", "augmentation", "training", "refit", "balanced", "members", "speeds"];

    /// <summary>The parts, one for each experiment of two or more systems.</summary>
    /// <param name="experiments">The experiments as resolved, every default written out (YAML).</param>
    public static IEnumerable<ReportPart> Of(IReadOnlyList<string> experiments)
    {
        // Where systems repeat papers, each is split and trained as its own paper says: nothing is held equal, on purpose.
        var parts = experiments.Where(e => !ExperimentFile.ProtocolKindsOf("experiment.yaml", e).Contains(AsPublished.KindName)).Select(Experiment).OfType<(string Name, ReportPart Part)>().ToList();
        return parts.Select(p => parts.Count == 1 ? p.Part : p.Part with { Title = $"{p.Part.Title}: {p.Name}" });
    }

    private static (string Name, ReportPart Part)? Experiment(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }] || Child(root, "systems") is not YamlSequenceNode { Children.Count: > 1 } systems)
        {
            return null;
        }

        var settings = new SortedDictionary<string, List<(string System, string Value)>>(StringComparer.Ordinal);
        foreach (var system in systems.Children.OfType<YamlMappingNode>())
        {
            foreach (var (path, value) in Leaves(Child(system, "overrides") as YamlMappingNode ?? [], "").Where(l => Shared.Contains(l.Path.Split('.')[0])))
            {
                settings.TryAdd(path, []);
                settings[path].Add((system["alias"].ToString(), value));
            }
        }

        var varied = Child(root, "variants") is YamlMappingNode variants ? variants.SelectMany(v => v.Value is YamlMappingNode m ? Leaves(m, "") : []).Select(l => l.Path).Distinct().ToList() : [];
        var equal = settings.Where(s => s.Value.Count > 1 && s.Value.DistinctBy(v => v.Value).Count() == 1 && !varied.Contains(s.Key)).ToList();
        var table = new ReportTable("What differs", "Setting", "<Value", "<Systems");
        foreach (var (path, values) in settings.Where(s => s.Value.DistinctBy(v => v.Value).Count() > 1))
        {
            foreach (var same in values.GroupBy(v => v.Value).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
            {
                table.Row(path, same.Key, string.Join(", ", same.Select(s => s.System)));
            }
        }

        return (root["name"].ToString(), new ReportPart("What was held equal")
        {
            Lead =
            [
                "All systems heard the same utterances in the same folds, with the same speakers held out for validation. "
                + "Of the settings that are no part of a model, read from the experiment as resolved, "
                + (equal.Count == 0 ? "none is the same in all systems that have it." : $"these are the same in all systems that have them: {string.Join(", ", equal.Select(e => $"{e.Key} {e.Value[0].Value}"))}."),
            ],
            Verdicts =
            [
                .. table.Rows.Count == 0 ? ["Nothing else differs between the systems but the models and what they hear."] : Array.Empty<string>(),
                .. varied.Count == 0 ? Array.Empty<string>() : [$"Varied on purpose, in every system alike: {string.Join(", ", varied)}."],
            ],
            Tables = table.Rows.Count == 0 ? [] : [table],
        });
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var child) ? child : null;

    // How wide a mask is says nothing where no mask is drawn.
    private static bool IsMoot(YamlMappingNode node, string key) =>
        key.EndsWith("-width", StringComparison.Ordinal) && Child(node, key[..^"width".Length] + "masks")?.ToString() == "0";

    private static IEnumerable<(string Path, string Value)> Leaves(YamlMappingNode node, string before) => node.Children.Where(c => !IsMoot(node, c.Key.ToString())).SelectMany(child =>
    {
        var path = before.Length == 0 ? child.Key.ToString() : $"{before}.{child.Key}";
        return child.Value switch
        {
            YamlMappingNode { Children.Count: > 0 } group => Leaves(group, path),
            YamlSequenceNode list => [(path, $"[{string.Join(", ", list.Children)}]")],
            _ => [(path, child.Value.ToString())],
        };
    });
}
