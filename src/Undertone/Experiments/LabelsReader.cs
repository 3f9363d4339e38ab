using Undertone.Emotions;
using Undertone.Emotions.LabelSchemes;
using YamlDotNet.RepresentationModel;

namespace Undertone.Experiments;

/// <summary>
/// Reads <c>labels</c> of an experiment file: the name of a scheme, or <c>{ scheme: ..., map: { LABEL: CLASS, CORPUS: { LABEL:
/// CLASS } }, classes: [...] }</c>, where an empty class leaves the label's utterances out.
/// </summary>
internal sealed class LabelsReader(YamlTree tree, IReadOnlyList<string> corpora)
{
    public ExperimentLabels Read(YamlNode node)
    {
        YamlNode? schemeNode = null, mapNode = null, classesNode = null;
        if (node is YamlScalarNode)
        {
            schemeNode = node;
        }
        else
        {
            foreach (var (key, _, value) in tree.Pairs(node, "labels", ["scheme", "map", "classes"]))
            {
                switch (key)
                {
                    case "scheme":
                        schemeNode = value;
                        break;
                    case "map":
                        mapNode = YamlTree.IsNull(value) ? null : value;
                        break;
                    default:
                        classesNode = YamlTree.IsNull(value) ? null : value;
                        break;
                }
            }
        }

        var scheme = schemeNode is null ? new Native() : Scheme(schemeNode);
        var overrides = mapNode is null ? [] : Overrides(mapNode, scheme, null).ToList();
        return new ExperimentLabels
        {
            Harmonisation = new Harmonisation(scheme, [.. overrides.Select(o => o.Override)], classesNode is null ? [] : Classes(classesNode, scheme)),
            Where = tree.Where(schemeNode ?? node),
            OverrideLocations = overrides.ToDictionary(o => o.Override, o => o.Where),
        };
    }

    private LabelScheme Scheme(YamlNode node)
    {
        var name = tree.Text(node, "the label scheme");
        try
        {
            return LabelSchemeCatalog.Get(name);
        }
        catch (UndertoneException e)
        {
            throw new UndertoneException($"{tree.Where(node)}: {e.Message}", e);
        }
    }

    private IEnumerable<(LabelOverride Override, string Where)> Overrides(YamlNode node, LabelScheme scheme, string? corpus)
    {
        foreach (var (key, keyNode, value) in tree.Pairs(node, corpus is null ? "labels.map" : $"labels.map.{corpus}", null))
        {
            if (value is YamlMappingNode && corpus is null)
            {
                if (!corpora.Contains(key))
                {
                    throw tree.Error(keyNode, $"labels.map: '{key}' is none of the experiment's corpora{NearestName.Hint(key, corpora)} (a label takes one class, a corpus takes labels with classes)");
                }

                foreach (var change in Overrides(value, scheme, key))
                {
                    yield return change;
                }
            }
            else
            {
                yield return (new LabelOverride(corpus, key, YamlTree.IsNull(value) ? null : Class(value, scheme)), tree.Where(keyNode));
            }
        }
    }

    private List<string> Classes(YamlNode node, LabelScheme scheme)
    {
        var classes = new List<string>();
        foreach (var item in tree.Items(node, "labels.classes"))
        {
            var name = Class(item, scheme);
            if (classes.Contains(name))
            {
                throw tree.Error(item, $"the class '{name}' stands twice in labels.classes.");
            }

            classes.Add(name);
        }

        return classes.Count >= 2 ? classes : throw tree.Error(node, $"labels.classes has one class only, '{classes[0]}'; expected at least two.");
    }

    private string Class(YamlNode node, LabelScheme scheme)
    {
        var name = tree.Text(node, "a class");
        return scheme.Classes.Count == 0 || scheme.Classes.Contains(name)
            ? name
            : throw tree.Error(node, $"'{name}' is no class of the label scheme '{scheme.Name}'{NearestName.Hint(name, scheme.Classes)}");
    }
}
