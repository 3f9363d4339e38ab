using System.Globalization;
using Undertone.Emotions;
using Undertone.Systems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Undertone.Experiments;

/// <summary>Writes an experiment with every default written out; read again it gives the same trials.</summary>
public static class ResolvedExperiment
{
    /// <summary>Writes an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>YAML, lines ending with <c>\n</c>.</returns>
    public static string Write(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var root = new YamlMappingNode { { "name", Scalar(experiment.Name) } };
        if (experiment.Description is { } description)
        {
            root.Add("description", Scalar(description));
        }

        root.Add("corpora", List(experiment.Corpora.Select(c => Corpus(experiment, c))));
        root.Add("labels", Labels(experiment.Labels.Harmonisation));
        root.Add("target", experiment.Target.Columns is [var column] ? Scalar(column) : List(experiment.Target.Columns.Select(Scalar)));
        root.Add("protocols", new YamlSequenceNode(experiment.Protocols.Select(Protocol)));
        root.Add("systems", new YamlSequenceNode(experiment.Systems.Select(SystemOf)));
        root.Add("seeds", List(experiment.Seeds.Select(s => Scalar(s.ToString(CultureInfo.InvariantCulture)))));
        root.Add("validation", new YamlMappingNode { { "speakers", experiment.ValidationSpeakers.ToString(CultureInfo.InvariantCulture) } });
        if (experiment.Variants.Count > 0)
        {
            var variants = new YamlMappingNode();
            foreach (var variant in experiment.Variants)
            {
                variants.Add(variant.Name, Tree(variant.Tuned ? [new("tuned", "true"), .. variant.Overrides] : variant.Overrides));
            }

            root.Add("variants", variants);
        }

        if (experiment.Search is { } search)
        {
            root.Add("search", Search(search));
        }

        if (experiment.Folds.Count > 0)
        {
            root.Add("folds", List(experiment.Folds.Select(Scalar)));
        }

        if (experiment.Workers is { } workers)
        {
            root.Add("workers", workers.ToString(CultureInfo.InvariantCulture));
        }

        root.Add("device", experiment.Device);
        if (experiment.Claims.Count > 0)
        {
            root.Add("claims", new YamlSequenceNode(experiment.Claims.Select(Claim)));
        }

        var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(writer, assignAnchors: false);
        var text = writer.ToString().ReplaceLineEndings("\n");
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }

    /// <summary>Whether two resolved experiments are equal but for some of their keys.</summary>
    /// <param name="first">The one, as <see cref="Write"/> writes it.</param>
    /// <param name="second">The other.</param>
    /// <param name="keys">The keys at the top that may differ.</param>
    internal static bool DifferOnlyIn(string first, string second, params string[] keys)
    {
        return Rest(first) is { } one && Rest(second) is { } other && one.Equals(other);

        YamlMappingNode? Rest(string text)
        {
            var stream = new YamlStream();
            try
            {
                stream.Load(new StringReader(text));
            }
            catch (YamlException)
            {
                return null;
            }

            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? new YamlMappingNode(root.Children.Where(c => !keys.Contains(c.Key.ToString())))
                : null;
        }
    }

    // The table's full path: the run folder lies elsewhere than the experiment file that it was relative to.
    private static YamlNode Corpus(Experiment experiment, string name) =>
        experiment.Tables.FirstOrDefault(t => t.Card.Name == name) is { } table
            ? new YamlMappingNode { { "table", Scalar(table.File) }, { "name", Scalar(name) } }
            : Scalar(name);

    private static YamlNode Labels(Harmonisation labels)
    {
        if (labels.Overrides.Count == 0 && labels.Chosen.Count == 0)
        {
            return Scalar(labels.Scheme.Name);
        }

        var node = new YamlMappingNode { { "scheme", Scalar(labels.Scheme.Name) } };
        if (labels.Overrides.Count > 0)
        {
            var map = new YamlMappingNode();
            foreach (var change in labels.Overrides.Where(o => o.Corpus is null))
            {
                map.Add(Scalar(change.Label), Value(change.Class));
            }

            foreach (var corpus in labels.Overrides.Where(o => o.Corpus is not null).GroupBy(o => o.Corpus!))
            {
                map.Add(Scalar(corpus.Key), new YamlMappingNode(corpus.Select(o => KeyValuePair.Create((YamlNode)Scalar(o.Label), Value(o.Class)))));
            }

            node.Add("map", map);
        }

        if (labels.Chosen.Count > 0)
        {
            node.Add("classes", List(labels.Chosen.Select(Scalar)));
        }

        return node;
    }

    private static YamlMappingNode Protocol(ExperimentProtocol protocol)
    {
        var node = new YamlMappingNode { { "kind", Scalar(protocol.Kind) } };
        foreach (var (key, value) in protocol.Parameters)
        {
            node.Add(key, Value(value));
        }

        Restriction(node, "corpora", protocol.Corpora);
        Restriction(node, "variants", protocol.Variants);
        return node;
    }

    private static void Restriction(YamlMappingNode node, string key, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            node.Add(key, List(names.Select(Scalar)));
        }
    }

    private static YamlMappingNode Claim(ExperimentClaim claim)
    {
        var node = new YamlMappingNode { { "claim", Scalar(claim.Claim) }, { "source", Scalar(claim.Source) } };
        if (claim is not { Better: { } better, Than: { } than })
        {
            node.Add("not-testable", Scalar(claim.NotTestable!));
            return node;
        }

        node.Add("better", Side(better));
        node.Add("than", Side(than));
        node.Add("on", ExperimentFile.NameOf(claim.On));
        if (claim.Margin > 0)
        {
            node.Add("margin", (claim.Margin * 100).ToString("0.##########", CultureInfo.InvariantCulture));
        }

        return node;

        static YamlMappingNode Side(ClaimSide side) => side.Variant is { } variant
            ? new YamlMappingNode { { "system", Scalar(side.System) }, { "variant", Scalar(variant) } }
            : new YamlMappingNode { { "system", Scalar(side.System) } };
    }

    private static YamlMappingNode Search(SearchPlan plan)
    {
        var over = new YamlMappingNode();
        foreach (var setting in plan.Over)
        {
            over.Add(setting.Path, setting.Range is { } range
                ? new YamlMappingNode
                {
                    { "from", range.From.ToString("R", CultureInfo.InvariantCulture) },
                    { "to", range.To.ToString("R", CultureInfo.InvariantCulture) },
                    { "scale", range.Logarithmic ? "log" : "linear" },
                }
                : List(setting.Values.Select(Value)));
        }

        var node = new YamlMappingNode { { "over", over } };
        if (plan.Draws is { } draws)
        {
            node.Add("draws", draws.ToString(CultureInfo.InvariantCulture));
        }

        node.Add("groups", plan.Groups.ToString(CultureInfo.InvariantCulture));
        return node;
    }

    private static YamlMappingNode SystemOf(ExperimentSystem system)
    {
        var node = new YamlMappingNode { { "name", Scalar(system.System.Name) }, { "alias", Scalar(system.Label) } };
        Restriction(node, "corpora", system.Corpora);
        node.Add("overrides", Tree(SettingPath.Flatten(system.Settings)));
        return node;
    }

    private static YamlMappingNode Tree(IEnumerable<KeyValuePair<string, object?>> leaves)
    {
        var root = new YamlMappingNode();
        foreach (var (path, value) in leaves)
        {
            var segments = path.Split('.');
            var parent = root;
            foreach (var segment in segments[..^1])
            {
                if (!parent.Children.TryGetValue(new YamlScalarNode(segment), out var child))
                {
                    child = new YamlMappingNode();
                    parent.Add(segment, child);
                }

                parent = (YamlMappingNode)child;
            }

            parent.Add(segments[^1], Value(value));
        }

        return root;
    }

    private static YamlNode Value(object? value) => value switch
    {
        null => new YamlScalarNode("null") { Style = ScalarStyle.Plain },
        string text => Scalar(text),
        IDictionary<string, object?> mapping => new YamlMappingNode(
            mapping.Select(pair => KeyValuePair.Create((YamlNode)Scalar(pair.Key), Value(pair.Value)))),
        IEnumerable<object> list => List(list.Select(Value)),
        IFormattable number => Scalar(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException($"A value of an experiment cannot be of type {value.GetType()}."),
    };

    private static YamlSequenceNode List(IEnumerable<YamlNode> items) => new(items) { Style = SequenceStyle.Flow };

    private static YamlScalarNode Scalar(string text) =>
        new(text) { Style = text is "" or "~" or "null" ? ScalarStyle.SingleQuoted : ScalarStyle.Any };
}
