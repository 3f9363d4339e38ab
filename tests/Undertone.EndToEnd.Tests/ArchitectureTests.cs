namespace Undertone.EndToEnd.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Imports_point_one_way()
    {
        var sources = Directory.EnumerateFiles(Checkout.At("src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Checkout.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/"))
            .ToDictionary(path => path, path => File.ReadAllText(Checkout.At(path)));

        sources.Count.ShouldBeGreaterThan(20);
        ArchitectureRules.Violations(sources).ShouldBeEmpty();
    }

    [Fact]
    public void Projects_refer_one_way()
    {
        var references = new[] { "Undertone.Torch", "Undertone", "Undertone.Cli" }.ToDictionary(
            project => project,
            project => System.Xml.Linq.XDocument.Load(Checkout.At("src", project, $"{project}.csproj"))
                .Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value))
                .ToArray());

        references["Undertone.Torch"].ShouldBeEmpty();
        references["Undertone"].ShouldBe(["Undertone.Torch"]);
        references["Undertone.Cli"].ShouldNotContain("Undertone.Cli");
    }

    [Theory]
    [InlineData("src/Undertone/Features/A.cs", "using Undertone.Systems;", "Features may import only Emotions, Speech, Preprocessing")]
    [InlineData("src/Undertone/Features/A.cs", "global using static Undertone.Reports.Page;", "Features may import only")]
    [InlineData("src/Undertone/Features/A.cs", "using Page = global::Undertone.Reports.Page;", "Features may import only")]
    [InlineData("src/Undertone/Features/A.cs", "var x = new Undertone.Corpora.Emodb();", "Features may import only")]
    [InlineData("src/Undertone/Features/A.cs", "var x = new Corpora.Emodb();", "Features may import only")]
    [InlineData("src/Undertone/Emotions/A.cs", "using Undertone.Speech;", "Emotions may import only nothing")]
    [InlineData("src/Undertone/Evaluation/A.cs", "var m = EmotionModel.Load(folder);", "no folder may use it")]
    [InlineData("src/Undertone/Evaluation/A.cs", "using Undertone.Torch;", "Evaluation works without the engine")]
    [InlineData("src/Undertone/Speech/A.cs", "Torch.Tensor x;", "Speech works without the engine")]
    [InlineData("src/Undertone/Models/Trees/A.cs", "using Undertone.Torch;", "Models/Trees works without the engine")]
    [InlineData("src/Undertone/A.cs", "using Undertone.Emotions;", "a file beside the folders imports none of them")]
    [InlineData("src/Undertone/A.cs", "using Undertone.Torch;", "works without the engine")]
    [InlineData("src/Undertone/Models/A.cs", "using Undertone.Cli.Commands;", "knows nothing of the command line")]
    [InlineData("src/Undertone.Torch/A.cs", "using Undertone.Emotions;", "the engine knows nothing of the library")]
    [InlineData("src/Undertone/Misc/A.cs", "namespace Undertone.Misc;", "has no place in the order")]
    [InlineData("src/Undertone/Models/A.cs", "namespace Undertone.Systems;", "the file lies in the folder of 'Undertone.Models'")]
    public void A_wrong_import_is_named_with_its_line(string path, string line, string expected)
    {
        var violations = ArchitectureRules.Violations(House(path, "// first\n" + line + "\n"));

        violations.ShouldNotBeEmpty();
        violations[^1].ShouldStartWith(path);
        violations[^1].ShouldContain(expected);
        if (!line.StartsWith("namespace"))
        {
            violations.ShouldHaveSingleItem().ShouldStartWith($"{path}(2): ");
        }
    }

    [Theory]
    [InlineData("src/Undertone/Systems/A.cs", "using Undertone.Torch; using Undertone.Training; using Undertone.Features;")]
    [InlineData("src/Undertone/Systems/A.cs", "using Undertone.Systems.Baselines;")]
    [InlineData("src/Undertone/Models/Networks/A.cs", "using Undertone.Torch;")]
    [InlineData("src/Undertone/EmotionModel.cs", "using Undertone.Torch; using Undertone.Reports;")]
    [InlineData("src/Undertone/Features/A.cs", "// using Undertone.Systems;\nvar text = \"Undertone.Systems\"; /* Undertone.Torch */ // \"")]
    [InlineData("src/Undertone/Features/A.cs", "var n = Systems.Count + spec.Corpora.Emodb + Corpora.Length; var c = '\"'; // Undertone.Torch")]
    [InlineData("src/Undertone/Features/A.cs", "var raw = \"\"\"\nusing Undertone.Systems;\n\"\"\";")]
    [InlineData("src/Undertone/Features/A.cs", "throw new Undertone.UndertoneException(message);")]
    [InlineData("src/Undertone.Torch/A.cs", "using Undertone.Torch.Interop; namespace Undertone.Torch;")]
    [InlineData("src/Undertone.Cli/A.cs", "using Undertone.Reports; using Undertone.Torch;")]
    public void An_import_from_below_passes(string path, string code) => ArchitectureRules.Violations(House(path, code)).ShouldBeEmpty();

    private static Dictionary<string, string> House(string path, string code) => new()
    {
        ["src/Undertone/Corpora/Emodb.cs"] = "namespace Undertone.Corpora;\npublic sealed class Emodb;\n",
        [path] = code,
    };
}
