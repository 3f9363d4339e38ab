using System.Text.RegularExpressions;
using Undertone.Corpora;
using Undertone.Protocols;
using Undertone.Systems;
using YamlDotNet.RepresentationModel;

namespace Undertone.Experiments;

/// <summary>
/// Reads experiment files. Unknown keys, unknown names and impossible values are refused, each with its file and
/// line, what was expected and the nearest valid name.
/// </summary>
public sealed partial class ExperimentFile
{
    private static readonly string[] Keys =
    [
        "name", "description", "corpora", "labels", "target", "protocols", "systems", "seeds", "validation", "overrides", "variants", "search", "folds", "workers", "device", "claims",
    ];

    private static readonly string[] Devices = ["auto", "cpu", "cuda"];

    private readonly YamlTree _tree;
    private readonly SystemCatalog _systems;
    private readonly IReadOnlyList<SettingChange> _changes;

    private ExperimentFile(YamlTree tree, SystemCatalog systems, IReadOnlyList<SettingChange> changes)
    {
        _tree = tree;
        _systems = systems;
        _changes = changes;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="systems">The systems that it may name.</param>
    /// <param name="changes">
    /// Changes from the command line. They win over everything in the file; a path that begins with a key of the file
    /// (<c>seeds</c>, <c>folds</c>, <c>validation.speakers</c>) replaces that, any other is a setting of the systems.
    /// </param>
    /// <returns>The experiment.</returns>
    /// <exception cref="UndertoneException">The file is missing, or something in it is wrong.</exception>
    public static Experiment Read(string path, SystemCatalog systems, IReadOnlyList<SettingChange>? changes = null)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new UndertoneException(
                Directory.Exists(path)
                    ? $"{path} is a folder; expected an experiment file (.yaml)."
                    : $"{path}: there is no such file; expected an experiment file (.yaml).{Beside(path)}");
        }

        return Parse(path, System.IO.File.ReadAllText(path), systems, changes);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">The name that errors show.</param>
    /// <param name="text">The text.</param>
    /// <param name="systems">The systems that it may name.</param>
    /// <param name="changes">As for a file.</param>
    /// <returns>The experiment.</returns>
    /// <exception cref="UndertoneException">Something in it is wrong.</exception>
    public static Experiment Parse(string path, string text, SystemCatalog systems, IReadOnlyList<SettingChange>? changes = null)
    {
        ArgumentNullException.ThrowIfNull(systems);
        var tree = YamlTree.Parse(path, text);
        var settings = new List<SettingChange>();
        foreach (var change in changes ?? [])
        {
            if (Keys.Contains(change.Path.Split('.')[0]))
            {
                tree.Set(change.Path, change.Text, change.Origin);
            }
            else
            {
                settings.Add(change);
            }
        }

        return new ExperimentFile(tree, systems, settings).ReadRoot(path);
    }

    private static string Beside(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml").Select(f => Path.GetFileName(f)!).ToArray() : [];
        return NearestName.Of(Path.GetFileName(path), files) is { } near ? $" Did you mean '{near}' beside it?" : string.Empty;
    }

    private Experiment ReadRoot(string path)
    {
        var nodes = new Dictionary<string, YamlNode>();
        foreach (var (key, _, value) in _tree.Pairs(_tree.Root, "the experiment", Keys))
        {
            nodes[key] = value;
        }

        foreach (var needed in new[] { "name", "corpora", "protocols", "systems" })
        {
            if (!nodes.ContainsKey(needed))
            {
                throw _tree.Error(_tree.Root, $"the experiment has no '{needed}'; expected name, corpora, protocols and systems.");
            }
        }

        var overrides = nodes.TryGetValue("overrides", out var found) ? Overrides(found, "overrides") : [];
        var systems = ReadList(nodes["systems"], "systems", n => ReadSystem(n, overrides), s => s.Label);
        var variants = nodes.TryGetValue("variants", out var grid) ? ReadVariants(grid, systems) : [];
        var folds = nodes.TryGetValue("folds", out var filter) ? FoldNames(filter) : [];
        var corpora = ReadList(nodes["corpora"], "corpora", n => ReadCorpus(n, path), c => c.Name);
        IReadOnlyList<string> names = [.. corpora.Select(c => c.Name)];
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var protocols = ReadMany(nodes["protocols"], "protocols", n => ReadProtocol(n, folder, names, variants), p => p.Protocol.Name);
        RequireCorpora(nodes["systems"], systems, names);
        RequireSplits(nodes["protocols"], protocols, systems);
        return new Experiment
        {
            Name = Label(nodes["name"], "name"),
            Description = nodes.TryGetValue("description", out var words) && !YamlTree.IsNull(words) ? _tree.Text(words, "description") : null,
            Corpora = names,
            Tables = [.. corpora.Select(c => c.Table).OfType<TableCorpus>()],
            Labels = nodes.TryGetValue("labels", out var labels) && !YamlTree.IsNull(labels) ? new LabelsReader(_tree, names).Read(labels) : ExperimentLabels.Native,
            Target = nodes.TryGetValue("target", out var target) && !YamlTree.IsNull(target) ? ReadTarget(target, protocols) : LearningTarget.Emotion,
            TargetLocation = nodes.TryGetValue("target", out var named) ? _tree.Where(named) : string.Empty,
            Protocols = protocols,
            Systems = systems,
            Variants = variants,
            Search = nodes.TryGetValue("search", out var search) && !YamlTree.IsNull(search) ? ReadSearch(search, systems) : null,
            Seeds = nodes.TryGetValue("seeds", out var seeds) ? ReadList(seeds, "seeds", n => _tree.Whole(n, "a seed", 0), s => $"{s}") : [0],
            ValidationSpeakers = nodes.TryGetValue("validation", out var validation) ? ReadValidation(validation) : Experiment.DefaultValidationSpeakers,
            Folds = [.. folds.Keys],
            FoldLocations = folds,
            Workers = nodes.TryGetValue("workers", out var workers) && !YamlTree.IsNull(workers) ? _tree.Whole(workers, "workers", 1) : null,
            Device = nodes.TryGetValue("device", out var device) ? ReadDevice(device) : "auto",
            Claims = nodes.TryGetValue("claims", out var claims) && !YamlTree.IsNull(claims) ? ReadClaims(claims, systems, variants) : [],
            File = path,
        };
    }

    private List<T> ReadList<T>(YamlNode node, string what, Func<YamlNode, T> read, Func<T, string> name) =>
        ReadMany(node, what, n => [read(n)], name);

    private List<T> ReadMany<T>(YamlNode node, string what, Func<YamlNode, IEnumerable<T>> read, Func<T, string> name)
    {
        var items = new List<T>();
        var seen = new Dictionary<string, YamlNode>();
        foreach (var child in _tree.Items(node, what))
        {
            foreach (var item in read(child))
            {
                if (!seen.TryAdd(name(item), child))
                {
                    throw _tree.Error(child, $"'{name(item)}' stands twice in {what} (first at {_tree.Where(seen[name(item)])})"
                        + (what == "systems" ? "; give one of them an alias of its own." : what == "protocols" ? "; give one of them a name of its own." : "."));
                }

                items.Add(item);
            }
        }

        return items;
    }

    private (string Name, TableCorpus? Table) ReadCorpus(YamlNode node, string file)
    {
        string? table = null;
        string? name = null;
        if (node is not YamlMappingNode)
        {
            var known = _tree.Text(node, "a corpus");
            if (!known.EndsWith(TableCorpus.Extension, StringComparison.OrdinalIgnoreCase))
            {
                return (At(node, () => CorpusCatalog.Get(known).Card.Name), null);
            }

            table = known;
        }
        else
        {
            foreach (var (key, _, value) in _tree.Pairs(node, "a corpus", ["table", "name"]))
            {
                _ = key == "table" ? table = _tree.Text(value, "the corpus's table") : name = Label(value, "the corpus's name");
            }
        }

        if (table is null)
        {
            throw _tree.Error(node, "the corpus has no 'table'; expected a CSV file such as { table: my.csv, name: my-corpus }, or the name of a corpus alone.");
        }

        var read = At(node, () => TableCorpus.Read(Path.GetFullPath(table, Path.GetDirectoryName(Path.GetFullPath(file))!), name));
        return LabelPattern().IsMatch(read.Card.Name)
            ? (read.Card.Name, read)
            : throw _tree.Error(node, $"the file's name '{read.Card.Name}' cannot be the corpus's; give it a 'name' of lower-case letters, digits, '-' and '_'.");
    }

    private ExperimentSystem ReadSystem(YamlNode node, IReadOnlyList<(string Path, object? Value, YamlNode Node)> shared)
    {
        YamlNode nameNode = node;
        YamlNode? aliasNode = null;
        IReadOnlyList<(string Path, object? Value, YamlNode Node)> own = [];
        IReadOnlyList<string> corpora = [];
        if (node is not YamlScalarNode)
        {
            var named = false;
            foreach (var (key, _, value) in _tree.Pairs(node, "a system", ["name", "alias", "corpora", "overrides"]))
            {
                switch (key)
                {
                    case "name":
                        (nameNode, named) = (value, true);
                        break;
                    case "alias":
                        aliasNode = YamlTree.IsNull(value) ? null : value;
                        break;
                    case "corpora":
                        corpora = Names(value, "the system's corpora");
                        break;
                    default:
                        own = Overrides(value, "overrides");
                        break;
                }
            }

            if (!named)
            {
                throw _tree.Error(node, $"the system has no 'name'; expected one of: {string.Join(", ", _systems.Names)}.");
            }
        }

        var name = _tree.Text(nameNode, "a system");
        var system = At(nameNode, () => _systems.Get(name));
        var label = aliasNode is null ? name : Label(aliasNode, "alias");
        var settings = Apply(system.Defaults, [.. shared, .. own], label, nameNode);
        return new ExperimentSystem(label, system, settings) { Corpora = corpora };
    }

    private List<(string Path, object? Value, YamlNode Node)> Overrides(YamlNode node, string what)
    {
        var leaves = _tree.Leaves(node, what).ToList();
        var first = new Dictionary<string, YamlNode>();
        foreach (var leaf in leaves)
        {
            if (!first.TryAdd(leaf.Path, leaf.Node))
            {
                throw _tree.Error(leaf.Node, $"'{leaf.Path}' stands twice in {what} (first at {_tree.Where(first[leaf.Path])}).");
            }
        }

        return leaves;
    }

    /// <summary>Applies overrides in their order and the command line's after them, then asks for impossible values.</summary>
    private SystemSettings Apply(
        SystemSettings settings, IReadOnlyList<(string Path, object? Value, YamlNode Node)> overrides, string label, YamlNode fallback)
    {
        var origins = new List<(string Path, string Where)>();
        foreach (var (path, value, node) in overrides)
        {
            settings = At(node, () => SettingPath.Apply(settings, path, value), $" (system '{label}')");
            origins.Add((path, _tree.Where(node)));
        }

        foreach (var change in _changes)
        {
            settings = At(change.Origin, () => SettingPath.Apply(settings, change.Path, change.Value), $" (system '{label}')");
            origins.Add((change.Path, change.Origin));
        }

        if (SettingPath.Problems(settings) is [var problem, ..])
        {
            // The override whose last segment the problem speaks of is the likely culprit.
            var culprit = origins.LastOrDefault(o => problem.Contains(o.Path.Split('.')[^1], StringComparison.Ordinal));
            throw new UndertoneException($"{culprit.Where ?? _tree.Where(fallback)}: {problem} (system '{label}')");
        }

        return settings;
    }

    private List<ExperimentVariant> ReadVariants(YamlNode node, IReadOnlyList<ExperimentSystem> systems)
    {
        var variants = new List<ExperimentVariant>();
        if (YamlTree.IsNull(node))
        {
            return variants;
        }

        foreach (var (key, keyNode, value) in _tree.Pairs(node, "variants", null))
        {
            var leaves = Overrides(value, $"the variant '{key}'");
            var variant = new ExperimentVariant(Label(keyNode, "a variant's name"), []) { Tuned = leaves.Any(l => l.Path == TunedKey && IsTuned(l)) };
            leaves.RemoveAll(l => l.Path == TunedKey);
            foreach (var system in systems)
            {
                Apply(variant.Begin(system), leaves, $"{system.Label}, variant {key}", keyNode);
            }

            // What the command line says wins over the variant, and over what was tuned.
            var overrides = leaves.ToDictionary(l => l.Path, l => l.Value);
            foreach (var change in _changes.Where(c => variant.Tuned || overrides.ContainsKey(c.Path)))
            {
                overrides[change.Path] = change.Value;
            }

            variants.Add(variant with { Overrides = [.. overrides] });
        }

        return variants;
    }

    private int ReadValidation(YamlNode node)
    {
        var speakers = Experiment.DefaultValidationSpeakers;
        foreach (var (_, _, value) in _tree.Pairs(node, "validation", ["speakers"]))
        {
            speakers = _tree.Whole(value, "validation.speakers", 0);
        }

        return speakers;
    }

    private string ReadDevice(YamlNode node)
    {
        var device = _tree.Text(node, "device");
        return Devices.Contains(device) ? device : throw _tree.Error(node, $"there is no device '{device}'{NearestName.Hint(device, Devices)}");
    }

    private Dictionary<string, string> FoldNames(YamlNode node)
    {
        if (YamlTree.IsNull(node) || node is YamlSequenceNode { Children.Count: 0 })
        {
            return [];
        }

        var names = ReadList(node, "folds", n => (Name: _tree.Text(n, "a fold"), Where: _tree.Where(n)), f => f.Name);
        return names.ToDictionary(n => n.Name, n => n.Where);
    }

    private string Label(YamlNode node, string what)
    {
        var text = _tree.Text(node, what);
        return LabelPattern().IsMatch(text)
            ? text
            : throw _tree.Error(node, $"{what} '{text}' cannot be the name of a folder; expected lower-case letters, digits, '-' and '_', beginning with a letter or digit.");
    }

    private T At<T>(YamlNode node, Func<T> read, string suffix = "") => At(_tree.Where(node), read, suffix);

    private static T At<T>(string where, Func<T> read, string suffix = "")
    {
        try
        {
            return read();
        }
        catch (UndertoneException e)
        {
            throw new UndertoneException($"{where}: {e.Message}{suffix}", e);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,79}$")]
    private static partial Regex LabelPattern();
}
