using Undertone.Protocols;
using YamlDotNet.RepresentationModel;

namespace Undertone.Experiments;

/// <content>Reads the key <c>protocols</c>.</content>
public sealed partial class ExperimentFile
{
    /// <summary>Reads protocols as an experiment file would name them, for commands that take one without an experiment.</summary>
    /// <param name="text">A name, or a mapping in YAML: <c>{ kind: leave-speakers-out, groups: 5 }</c>.</param>
    /// <param name="origin">What errors show instead of a file and line.</param>
    /// <returns>One protocol, or one for each share of a learning curve.</returns>
    /// <exception cref="UndertoneException">It is no protocol.</exception>
    public static IReadOnlyList<ExperimentProtocol> ReadProtocols(string text, string origin) =>
        At(origin, () => Of(ProtocolCatalog.Entries(YamlTree.ValueOf(text, origin), null)));

    /// <summary>The kinds of the protocols of an experiment as resolved.</summary>
    /// <param name="path">The name that errors show.</param>
    /// <param name="text">The experiment.</param>
    internal static IReadOnlyList<string> ProtocolKindsOf(string path, string text)
    {
        var tree = YamlTree.Parse(path, text);
        return tree.Root.Children.TryGetValue(new YamlScalarNode("protocols"), out var node) && !YamlTree.IsNull(node)
            ? [.. tree.Items(node, "protocols").Select(p => p is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode("kind"), out var kind) ? kind : p).OfType<YamlScalarNode>().Select(k => k.Value ?? "")]
            : [];
    }

    private IReadOnlyList<ExperimentProtocol> ReadProtocol(YamlNode node, string? folder, IReadOnlyList<string> corpora, IReadOnlyList<ExperimentVariant> variants)
    {
        var read = ReadProtocol(node, folder, out var forCorpora, out var forVariants);
        read = Restrict(node, read, corpora, forCorpora, forVariants, variants);
        return At(node, () =>
        {
            foreach (var protocol in read)
            {
                protocol.Protocol.RequireCorpora(corpora);
            }

            return read;
        });
    }

    private IReadOnlyList<ExperimentProtocol> ReadProtocol(YamlNode node, string? folder, out IReadOnlyList<string> corpora, out IReadOnlyList<string> variants)
    {
        corpora = [];
        variants = [];
        if (node is YamlScalarNode)
        {
            var name = _tree.Text(node, "a protocol");
            return At(node, () => Of(ProtocolCatalog.Entries(name, folder)));
        }

        string? kind = null;
        var parameters = new Dictionary<string, object?>();
        foreach (var (key, _, value) in _tree.Pairs(node, "a protocol", null))
        {
            switch (key)
            {
                case "kind":
                    kind = _tree.Text(value, "the protocol's kind");
                    break;
                case "corpora":
                    corpora = Names(value, "the protocol's corpora");
                    break;
                case "variants":
                    variants = Names(value, "the protocol's variants");
                    break;
                default:
                    parameters[key] = _tree.Value(value);
                    break;
            }
        }

        return kind is null
            ? throw _tree.Error(node, $"the protocol has no 'kind'; expected one of: {string.Join(", ", ProtocolCatalog.Names)}.")
            : At(node, () => Of(ProtocolCatalog.Entries(kind, parameters, folder)));
    }

    private static IReadOnlyList<ExperimentProtocol> Of(IReadOnlyList<ProtocolEntry> entries) =>
        [.. entries.Select(e => new ExperimentProtocol(e.Kind, e.Parameters, e.Protocol))];
}
