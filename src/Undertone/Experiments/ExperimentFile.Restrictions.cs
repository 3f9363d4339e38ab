using Undertone.Corpora;
using YamlDotNet.RepresentationModel;

namespace Undertone.Experiments;

/// <content>Reads what keeps the grid from being whole: the corpora of a system, the corpora and variants of a protocol; and the word <c>tuned</c> of a variant.</content>
public sealed partial class ExperimentFile
{
    private const string TunedKey = "tuned";

    private bool IsTuned((string Path, object? Value, YamlNode Node) leaf) => leaf.Value switch
    {
        "true" => true,
        "false" => false,
        _ => throw _tree.Error(leaf.Node, $"'{TunedKey}' is {(leaf.Value is string text ? $"'{text}'" : "no text")}; expected true (published systems begin with the settings that were tuned here) or false."),
    };

    private List<string> Names(YamlNode node, string what) => YamlTree.IsNull(node) ? [] : ReadList(node, what, n => _tree.Text(n, what), n => n);

    /// <summary>A system or protocol may be for corpora that this experiment does not read, but not for one that nobody knows.</summary>
    private void RequireKnown(YamlNode node, IReadOnlyList<string> wanted, IReadOnlyList<string> corpora)
    {
        IReadOnlyList<string> known = [.. corpora, .. CorpusCatalog.All.Select(c => c.Card.Name)];
        if (wanted.FirstOrDefault(c => !known.Contains(c)) is { } unknown)
        {
            throw _tree.Error(node, $"there is no corpus '{unknown}'{NearestName.Hint(unknown, known)}");
        }
    }

    private void RequireCorpora(YamlNode node, IReadOnlyList<ExperimentSystem> systems, IReadOnlyList<string> corpora)
    {
        foreach (var system in systems)
        {
            RequireKnown(node, system.Corpora, corpora);
        }

        if (corpora.FirstOrDefault(c => !systems.Any(s => s.IsFor(c))) is { } idle)
        {
            throw _tree.Error(node, $"no system is for the corpus '{idle}': each names others under 'corpora'; leave it out of the experiment's corpora, or add it to a system's.");
        }
    }

    private void RequireSplits(YamlNode node, IReadOnlyList<ExperimentProtocol> protocols, IReadOnlyList<ExperimentSystem> systems) =>
        At(node, () => protocols.SelectMany(p => systems.Select(p.Of)).Count());

    private IReadOnlyList<ExperimentProtocol> Restrict(
        YamlNode node, IReadOnlyList<ExperimentProtocol> protocols, IReadOnlyList<string> names, IReadOnlyList<string> forCorpora, IReadOnlyList<string> forVariants, IReadOnlyList<ExperimentVariant> variants)
    {
        RequireKnown(node, forCorpora, names);
        IReadOnlyList<string> known = [.. variants.Select(v => v.Name)];
        return forVariants.FirstOrDefault(v => !known.Contains(v)) is { } unknown
            ? throw _tree.Error(node, known.Count == 0
                ? $"the protocol is for the variant '{unknown}', and the experiment has no variants."
                : $"there is no variant '{unknown}'{NearestName.Hint(unknown, known)}")
            : [.. protocols.Select(p => p with { Corpora = forCorpora, Variants = forVariants })];
    }
}
