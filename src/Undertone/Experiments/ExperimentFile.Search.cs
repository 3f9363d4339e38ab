using YamlDotNet.RepresentationModel;

namespace Undertone.Experiments;

/// <content>Reads the key <c>search</c>.</content>
public sealed partial class ExperimentFile
{
    private SearchPlan ReadSearch(YamlNode node, IReadOnlyList<ExperimentSystem> systems)
    {
        var over = new List<SearchedSetting>();
        int? draws = null;
        var groups = SearchPlan.DefaultGroups;
        foreach (var (key, _, value) in _tree.Pairs(node, "search", ["over", "draws", "groups"]))
        {
            switch (key)
            {
                case "draws":
                    draws = YamlTree.IsNull(value) ? null : _tree.Whole(value, "search.draws", 1);
                    break;
                case "groups":
                    groups = _tree.Whole(value, "search.groups", 2);
                    break;
                default:
                    over = [.. _tree.Pairs(value, "search.over", null).Select(s => ReadSearched(s.Key, s.KeyNode, s.Value, systems))];
                    break;
            }
        }

        if (over.Count == 0)
        {
            throw _tree.Error(node, "the search has nothing to search over; expected over: { training.learning-rate: [0.0005, 0.001] }.");
        }

        return draws is null && over.FirstOrDefault(s => s.Range is not null) is { } range
            ? throw _tree.Error(node, $"'{range.Path}' is a range, which has no end of values to try; expected draws: N beside it, or a list of values.")
            : new SearchPlan(over, draws, groups);
    }

    private SearchedSetting ReadSearched(string path, YamlNode keyNode, YamlNode node, IReadOnlyList<ExperimentSystem> systems)
    {
        SearchRange? range = null;
        List<object?> values = [];
        if (node is YamlMappingNode)
        {
            var (from, to, scale) = (double.NaN, double.NaN, "linear");
            foreach (var (key, _, value) in _tree.Pairs(node, $"the range of '{path}'", ["from", "to", "scale"]))
            {
                switch (key)
                {
                    case "from":
                        from = _tree.Number(value, $"from of '{path}'");
                        break;
                    case "to":
                        to = _tree.Number(value, $"to of '{path}'");
                        break;
                    default:
                        scale = _tree.Text(value, $"scale of '{path}'");
                        break;
                }
            }

            if (!(from < to) || scale is not ("linear" or "log") || (scale == "log" && from <= 0))
            {
                throw _tree.Error(node, $"the range of '{path}' must be {{ from: A, to: B, scale: linear | log }} with A less than B, and more than 0 on a log scale.");
            }

            range = new SearchRange(from, to, scale == "log");
        }
        else
        {
            values = [.. _tree.Items(node, $"the values of '{path}'").Select(_tree.Value)];
        }

        foreach (var system in systems)
        {
            foreach (var value in range is null ? values : [YamlTree.Text(range.From), YamlTree.Text(range.To)])
            {
                Apply(system.Settings, [(path, value, node)], $"{system.Label}, searched", keyNode);
            }
        }

        return new SearchedSetting(path, values, range);
    }
}
