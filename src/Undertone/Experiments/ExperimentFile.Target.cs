using Undertone.Corpora;
using YamlDotNet.RepresentationModel;

namespace Undertone.Experiments;

/// <content>Reads the key <c>target</c>.</content>
public sealed partial class ExperimentFile
{
    private LearningTarget ReadTarget(YamlNode node, IReadOnlyList<ExperimentProtocol> protocols)
    {
        List<string> columns = [.. _tree.Items(node, "target").Select(n => _tree.Text(n, "a target"))];
        var target = At(node, () => LearningTarget.Of(columns));
        return target.IsRegression && protocols.FirstOrDefault(p => p.Protocol.TrainsOnOtherCorpora) is { } across
            ? throw _tree.Error(node, $"target: {target} is rated on each corpus's own scale, and the protocol '{across.Protocol.Name}' tests on another corpus than it trains on; expected a protocol within a corpus, such as leave-one-speaker-out.")
            : target;
    }
}
