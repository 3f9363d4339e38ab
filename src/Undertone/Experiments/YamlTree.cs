using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Undertone.Experiments;

/// <summary>A YAML file as nodes that know where they stand, with strict readers that say what was expected.</summary>
internal sealed class YamlTree
{
    private readonly string _file;
    private readonly Dictionary<YamlNode, string> _elsewhere = new(ReferenceEqualityComparer.Instance);

    private YamlTree(string file) => _file = file;

    /// <summary>The mapping at the root.</summary>
    public YamlMappingNode Root { get; private set; } = new();

    public static YamlTree Parse(string file, string text)
    {
        var tree = new YamlTree(file);
        var node = ParseNode(text, e => new UndertoneException($"{file}:{e.Start.Line}: this is not YAML: {Detail(e)}.", e));
        tree.Root = node switch
        {
            YamlMappingNode mapping => mapping,
            null => throw new UndertoneException($"{file}: the file is empty; expected an experiment: name, corpora, protocols, systems."),
            _ => throw new UndertoneException($"{tree.Where(node)}: expected keys and values (name: ..., corpora: ...)."),
        };
        return tree;
    }

    /// <summary>Puts a value from the command line into the tree, in place of the file's.</summary>
    public void Set(string path, string text, string origin)
    {
        var value = ParseNode(text, e => new UndertoneException($"{origin}: the value cannot be read: {Detail(e)}.", e))
            ?? new YamlScalarNode(string.Empty);
        foreach (var node in value.AllNodes)
        {
            _elsewhere[node] = origin;
        }

        var mapping = Root;
        var segments = path.Split('.');
        foreach (var segment in segments[..^1])
        {
            if (!mapping.Children.TryGetValue(new YamlScalarNode(segment), out var child) || child is not YamlMappingNode)
            {
                child = new YamlMappingNode();
                mapping.Children[new YamlScalarNode(segment)] = child;
            }

            mapping = (YamlMappingNode)child;
        }

        mapping.Children[new YamlScalarNode(segments[^1])] = value;
    }

    public static object? ValueOf(string text, string origin) =>
        Value(ParseNode(text, e => new UndertoneException($"{origin}: the value cannot be read: {Detail(e)}.", e)), _ => origin);

    public string Where(YamlNode node) =>
        _elsewhere.TryGetValue(node, out var origin) ? origin : string.Create(CultureInfo.InvariantCulture, $"{_file}:{node.Start.Line}");

    public UndertoneException Error(YamlNode node, string text) => new($"{Where(node)}: {text}");

    /// <summary>The pairs of a mapping with their keys checked.</summary>
    public IEnumerable<(string Key, YamlNode KeyNode, YamlNode Value)> Pairs(YamlNode node, string what, IReadOnlyCollection<string>? allowed)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw Error(node, $"{what} must be keys and values{(allowed is null ? string.Empty : $" ({string.Join(", ", allowed)})")}, but is {Show(node)}.");
        }

        foreach (var (key, value) in mapping.Children)
        {
            var name = Text(key, $"a key of {what}");
            if (allowed is not null && !allowed.Contains(name))
            {
                throw Error(key, $"there is no key '{name}' in {what}{NearestName.Hint(name, allowed)} ({what} takes: {string.Join(", ", allowed)})");
            }

            yield return (name, key, value);
        }
    }

    /// <summary>The items of a list; a lone scalar or mapping is a list of one.</summary>
    public IReadOnlyList<YamlNode> Items(YamlNode node, string what)
    {
        if (node is YamlSequenceNode sequence)
        {
            return sequence.Children.Count > 0 ? [.. sequence.Children] : throw Error(node, $"{what} is empty; expected at least one.");
        }

        return IsNull(node) ? throw Error(node, $"{what} is empty; expected a list such as [a, b].") : [node];
    }

    public string Text(YamlNode node, string what) =>
        node is YamlScalarNode { Value: { Length: > 0 } text } && !IsNull(node)
            ? text
            : throw Error(node, $"{what} must be a text, but is {Show(node)}.");

    public int Whole(YamlNode node, string what, int least)
    {
        if (node is YamlScalarNode scalar && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least)
        {
            return number;
        }

        throw Error(node, $"{what} must be a whole number of at least {least}, but is {Show(node)}.");
    }

    public double Number(YamlNode node, string what) =>
        node is YamlScalarNode scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Error(node, $"{what} must be a number, but is {Show(node)}.");

    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A node as text, list, dictionary or null.</summary>
    public object? Value(YamlNode node) => Value(node, Where);

    /// <summary>The leaves of a tree of settings, nested groups joined to paths: <c>training: { epochs: 4 }</c> is <c>training.epochs</c>.</summary>
    public IEnumerable<(string Path, object? Value, YamlNode Node)> Leaves(YamlNode node, string what, string prefix = "")
    {
        if (prefix.Length == 0 && IsNull(node))
        {
            yield break;
        }

        foreach (var (key, keyNode, value) in Pairs(node, what, null))
        {
            if (value is YamlMappingNode)
            {
                foreach (var leaf in Leaves(value, what, $"{prefix}{key}."))
                {
                    yield return leaf;
                }
            }
            else
            {
                yield return (prefix + key, Value(value), keyNode);
            }
        }
    }

    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static object? Value(YamlNode? node, Func<YamlNode, string> where) => node switch
    {
        null => null,
        _ when IsNull(node) => null,
        YamlScalarNode scalar => scalar.Value ?? string.Empty,
        YamlSequenceNode list => list.Children.Select(item => Value(item, where)
            ?? throw new UndertoneException($"{where(item)}: an item of the list is empty.")).ToList(),
        YamlMappingNode mapping => mapping.Children.ToDictionary(
            pair => (pair.Key as YamlScalarNode)?.Value ?? throw new UndertoneException($"{where(pair.Key)}: a key must be a text."),
            pair => Value(pair.Value, where)),
        _ => throw new UndertoneException($"{where(node)}: cannot be read."),
    };

    private static string Show(YamlNode node) => node switch
    {
        _ when IsNull(node) => "empty",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "keys and values",
    };

    private static YamlNode? ParseNode(string text, Func<YamlException, UndertoneException> error)
    {
        var stream = new YamlStream();
        var parser = new Parser(new StringReader(text));
        try
        {
            stream.Load(parser);
            return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        }
        catch (YamlException e)
        {
            throw error(e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // What the reader says of a list that another line cuts short is no sentence for a person.
            var at = parser.Current?.End ?? Mark.Empty;
            throw error(new YamlException(at, at, "a bracket, brace or quotation mark is not closed here or above", e));
        }
    }

    private static string Detail(YamlException e) => (e.InnerException is YamlException or null ? e.InnerException?.Message ?? e.Message : e.Message).TrimEnd('.');
}
