using System.Text.RegularExpressions;
using Undertone.Experiments;
using Undertone.Protocols;
using Undertone.Systems;

namespace Undertone.EndToEnd.Tests;

/// <summary>docs/protocols.md: its entries are read as they stand, and no protocol is left out.</summary>
public sealed partial class ProtocolsPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-page-").FullName;
    private readonly string _page = File.ReadAllText(Checkout.At("docs", "protocols.md"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_example_is_an_experiments_entry()
    {
        File.WriteAllText(Path.Combine(_folder, "splits.csv"), "utterance,speaker,fold,part\n03a01Fa,03,1,test\n08a01Fd,08,1,train\n");
        var examples = Example().Matches(_page).Select(m => m.Groups[1].Value).ToList();
        var kinds = new HashSet<string>();
        foreach (var example in examples)
        {
            var text = "name: page\n" + (example.Contains("\nsystems", StringComparison.Ordinal) ? "" : "systems: [cnn]\n") + (example.StartsWith("corpora", StringComparison.Ordinal) ? "" : "corpora: [emodb]\n") + example;
            var experiment = ExperimentFile.Parse(Path.Combine(_folder, "page.yaml"), text, SystemCatalog.Default);
            kinds.UnionWith(experiment.Protocols.Select(p => p.Protocol.Kind));
        }

        foreach (var (kind, _) in ProtocolCatalog.Kinds)
        {
            kinds.ShouldContain(kind);
            _page.ShouldContain($"## {kind}");
        }

        PublishedFolds.All.ShouldAllBe(f => _page.Contains($"`{f.Name}`"));
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
