using System.Globalization;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Systems;
using Undertone.Systems.Baselines;
using Undertone.Torch;

namespace Undertone.Tests.Systems;

/// <summary>AlexNet and VGG with weights under torchvision's names against what torchvision says (Data/Systems/make_convolutional.py).</summary>
[Collection("engine")]
public sealed class ImageNetWeightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-weights-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("alexnet")]
    [InlineData("vgg11")]
    [InlineData("vgg11_bn")]
    public void The_last_hidden_layer_says_what_torchvisions_says(string name)
    {
        using var scope = new DisposeScope();
        using var network = Build(name, out var weights);
        weights.Check(Data(name));
        weights.Load(Data(name), network);
        network.Eval();
        var values = SafeTensors.Read(Data($"{name}-values"));

        var hidden = network.Embed(values["features"], [72, 72]).Contiguous().ToArray<float>();

        var expected = values["hidden"].ToArray<float>();
        hidden.Length.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            hidden[i].ShouldBe(expected[i], 2e-5f * Math.Max(1, expected.Max()));
        }
    }

    [Fact]
    public void A_file_that_does_not_fit_is_refused_with_what_is_expected()
    {
        using var scope = new DisposeScope();
        using var alexNet = Build("alexnet", out var weights);
        var before = alexNet.StateDict()["conv1.weight"].ToArray<float>();

        Refused(Path.Combine(_folder, "none.safetensors")).ShouldContain("there is no file");
        File.WriteAllText(Path.Combine(_folder, "alexnet.pth"), "PK and so on, longer than a header");
        Refused(Path.Combine(_folder, "alexnet.pth")).ShouldContain("safetensors.torch.save_file(torchvision.models.alexnet(");
        Refused(Data("vgg11")).ShouldContain("'features.10.weight' is missing");

        var stored = SafeTensors.Read(Data("alexnet"));
        stored["features.0.weight"] = Tensor.Zeros(2, 3, 11, 11);
        var wide = Path.Combine(_folder, "wide.safetensors");
        SafeTensors.Write(wide, stored);
        weights.Check(wide);
        Should.Throw<UndertoneException>(() => weights.Load(wide, alexNet)).Message.ShouldContain("'features.0.weight' is 2 × 3 × 11 × 11, expected 1 × 3 × 11 × 11");
        alexNet.StateDict()["conv1.weight"].ToArray<float>().ShouldBe(before);

        string Refused(string path) => Should.Throw<UndertoneException>(() => weights.Check(path)).Message;
    }

    /// <summary>As timm stores VGG: hidden layers as convolutions as large as the map.</summary>
    [Fact]
    public void Timms_names_are_known()
    {
        using var scope = new DisposeScope();
        using var network = Build("vgg11", out var weights);
        var stored = SafeTensors.Read(Data("vgg11"));
        var timm = stored.ToDictionary(
            t => t.Key.Replace("classifier.0", "pre_logits.fc1", StringComparison.Ordinal)
                .Replace("classifier.3", "pre_logits.fc2", StringComparison.Ordinal)
                .Replace("classifier.6", "head.fc", StringComparison.Ordinal),
            t => t.Key switch
            {
                "classifier.0.weight" => t.Value.View(64, 8, 7, 7),
                "classifier.3.weight" => t.Value.View(64, 64, 1, 1),
                _ => t.Value,
            });
        var path = Path.Combine(_folder, "timm.safetensors");
        SafeTensors.Write(path, timm);

        weights.Load(path, network);

        network.StateDict()["hidden1.weight"].ToArray<float>().ShouldBe(stored["classifier.0.weight"].ToArray<float>());
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused()
    {
        new AlexNetSettings { Weights = "alexnet.safetensors" }.Problems().ShouldHaveSingleItem().ShouldBe("weights: a file holds the whole network; set width-multiplier to 1, which is 0.25");
        new AlexNetSettings { Features = new SpectrogramImageOptions { Width = 40 } }.Problems().ShouldHaveSingleItem().ShouldContain("at least 63, but are 64 and 40");
        new VggSettings { Features = new SpectrogramImageOptions { Fit = ImageFit.Whole } }.Problems().ShouldHaveSingleItem().ShouldContain("features.fit must be resize or crop");
        new VggSettings { Depth = 12 }.Problems().ShouldHaveSingleItem().ShouldContain("11, 13, 16, 19, but is 12");
        new VggSettings { WidthMultiplier = 0 }.Problems().ShouldHaveSingleItem().ShouldContain("width-multiplier");
        Should.Throw<UndertoneException>(() => new Vgg().Require(
            new VggSettings { Weights = Path.Combine(_folder, "none"), WidthMultiplier = 1 }, Undertone.Training.TrainingTask.Classification(["anger", "joy"]), "small", [])).Message.ShouldContain("there is no file");
    }

    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "Systems", $"{name}.safetensors");

    private static EmbeddingClassifier Build(string name, out PretrainedWeights weights)
    {
        const double share = 1.0 / 64;
        var image = new SpectrogramImageOptions { Height = 64, Width = 72 };
        if (name == "alexnet")
        {
            weights = AlexNet.ImageNet;
            return (EmbeddingClassifier)new AlexNet().Build(new AlexNetSettings { WidthMultiplier = share, Features = image }, 64, 7);
        }

        var settings = new VggSettings { WidthMultiplier = share, Features = image, BatchNormalisation = name.EndsWith("_bn", StringComparison.Ordinal), Depth = int.Parse(name[3..5], CultureInfo.InvariantCulture) };
        weights = Vgg.ImageNet(settings);
        return (EmbeddingClassifier)new Vgg().Build(settings, 64, 7);
    }
}
