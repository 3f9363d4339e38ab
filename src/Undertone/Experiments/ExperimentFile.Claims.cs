using YamlDotNet.RepresentationModel;

namespace Undertone.Experiments;

/// <content>Reads the key <c>claims</c>.</content>
public sealed partial class ExperimentFile
{
    private static readonly string[] ClaimKeys = ["claim", "source", "better", "than", "on", "margin", "not-testable"];

    private static readonly Dictionary<string, ClaimMetric> ClaimMetrics = new() { ["uar"] = ClaimMetric.Uar, ["training-seconds"] = ClaimMetric.TrainingSeconds };

    /// <summary>Reads the claims of an experiment as resolved, whose names were checked when it was written.</summary>
    /// <param name="path">The name that errors show.</param>
    /// <param name="text">The experiment.</param>
    /// <returns>The claims; none where it makes none.</returns>
    /// <exception cref="UndertoneException">A claim is not as it should be.</exception>
    public static IReadOnlyList<ExperimentClaim> ClaimsOf(string path, string text)
    {
        var tree = YamlTree.Parse(path, text);
        return tree.Root.Children.TryGetValue(new YamlScalarNode("claims"), out var node) && !YamlTree.IsNull(node)
            ? [.. tree.Items(node, "claims").Select(n => ReadClaim(tree, n, null, null))]
            : [];
    }

    /// <summary>The name of a metric of claims in experiment files.</summary>
    internal static string NameOf(ClaimMetric metric) => ClaimMetrics.First(m => m.Value == metric).Key;

    private List<ExperimentClaim> ReadClaims(YamlNode node, IReadOnlyList<ExperimentSystem> systems, IReadOnlyList<ExperimentVariant> variants) =>
        ReadList(node, "claims", n => ReadClaim(_tree, n, [.. systems.Select(s => s.Label)], [.. variants.Select(v => v.Name)]), c => c.Claim);

    private static ExperimentClaim ReadClaim(YamlTree tree, YamlNode node, IReadOnlyList<string>? systems, IReadOnlyList<string>? variants)
    {
        var nodes = tree.Pairs(node, "a claim", ClaimKeys).ToDictionary(p => p.Key, p => p.Value);
        var metric = nodes.TryGetValue("on", out var on) ? ReadClaimMetric(tree, on) : ClaimMetric.Uar;
        var claim = new ExperimentClaim
        {
            Claim = Words("claim"),
            Source = Words("source"),
            Better = nodes.TryGetValue("better", out var better) ? ReadSide(tree, better, "better", systems, variants) : null,
            Than = nodes.TryGetValue("than", out var than) ? ReadSide(tree, than, "than", systems, variants) : null,
            On = metric,
            Margin = nodes.TryGetValue("margin", out var margin) ? ReadMargin(tree, margin, metric) : 0,
            NotTestable = nodes.TryGetValue("not-testable", out var reason) ? tree.Text(reason, "not-testable") : null,
        };
        if (claim.NotTestable is null != (claim.Better is not null && claim.Than is not null) || (claim.NotTestable is not null && (claim.Better ?? claim.Than) is not null))
        {
            throw tree.Error(node, "the claim must have both 'better' and 'than', each { system: NAME }, or else 'not-testable' with the reason.");
        }

        return claim.Better is null || claim.Better != claim.Than ? claim : throw tree.Error(node, $"the claim sets '{claim.Better.System}' against itself; expected two systems, or two variants.");

        string Words(string key) => nodes.TryGetValue(key, out var words)
            ? tree.Text(words, key)
            : throw tree.Error(node, $"the claim has no '{key}'; expected claim, source, better and than.");
    }

    private static ClaimSide ReadSide(YamlTree tree, YamlNode node, string what, IReadOnlyList<string>? systems, IReadOnlyList<string>? variants)
    {
        if (node is YamlScalarNode)
        {
            return new ClaimSide(Known(tree, node, "system", systems), null);
        }

        string? system = null;
        string? variant = null;
        foreach (var (key, _, value) in tree.Pairs(node, $"'{what}'", ["system", "variant"]))
        {
            _ = key == "system" ? system = Known(tree, value, "system", systems) : variant = Known(tree, value, "variant", variants);
        }

        return system is null ? throw tree.Error(node, $"'{what}' has no 'system'; expected {{ system: NAME }} or {{ system: NAME, variant: NAME }}.") : new ClaimSide(system, variant);
    }

    private static string Known(YamlTree tree, YamlNode node, string what, IReadOnlyList<string>? known)
    {
        var name = tree.Text(node, $"a claim's {what}");
        return known is null || known.Contains(name)
            ? name
            : throw tree.Error(node, known.Count == 0 ? $"the experiment has no {what}s, so the claim cannot name '{name}'." : $"the experiment has no {what} '{name}'{NearestName.Hint(name, known)}");
    }

    private static ClaimMetric ReadClaimMetric(YamlTree tree, YamlNode node)
    {
        var name = tree.Text(node, "on");
        return ClaimMetrics.TryGetValue(name, out var metric) ? metric : throw tree.Error(node, $"no claim is judged on '{name}'{NearestName.Hint(name, ClaimMetrics.Keys)}");
    }

    private static double ReadMargin(YamlTree tree, YamlNode node, ClaimMetric metric)
    {
        var points = tree.Number(node, "margin");
        return metric != ClaimMetric.Uar ? throw tree.Error(node, "a margin is in points of UAR, and the claim is on another metric.")
            : points is > 0 and < 100 ? points / 100
            : throw tree.Error(node, $"margin must be above 0 and below 100 points of UAR, but is {YamlTree.Text(points)}.");
    }
}
