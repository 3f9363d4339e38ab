using Undertone.Models.Pretraining;
using Undertone.Systems;
using Undertone.Systems.Baselines;
using Undertone.Training;

namespace Undertone.Tests.Systems;

/// <summary>Systems that learn without labels before they are shown any.</summary>
[Collection("engine")]
public sealed class PretrainedSystemTests(DemoFold fold) : IClassFixture<DemoFold>
{
    private static readonly string[] Names = ["stacked-auto-encoder", "denoising-auto-encoder", "rbm", "dbn", "dbm"];

    public static TheoryData<string> Pretrained => [.. Names];

    /// <summary>Labels change nothing in pre-training, nor do the validation speakers; what it learned shows in the trained network.</summary>
    [Theory]
    [MemberData(nameof(Pretrained))]
    public void PretrainingSeesTheTrainingUtterancesAloneAndNotTheirLabels(string name)
    {
        var system = SystemCatalog.Default.Get(name);
        var request = Short(system);
        var told = Told(request, system, out var rows);
        var turned = request.Train.Select(u => u with { Emotion = u.Emotion == "anger" ? "sadness" : "anger" }).ToList();

        told.ShouldNotBeEmpty();
        told.ShouldAllBe(e => double.IsFinite(e.Error) && e.Error > 0 && e.Epochs == 3);
        Told(request with { Train = turned, Validation = [.. request.Validation.Skip(1)] }, system, out _).ShouldBe(told);
        Told(request with { Train = [.. request.Train.Skip(1)] }, system, out _).ShouldNotBe(told);

        var without = Groups(name).Aggregate(request.Settings, (s, group) => SettingPath.Apply(s, $"{group}.epochs", "0"));
        Told(request with { Settings = without }, system, out var plain).ShouldBeEmpty();
        plain.ShouldNotBe(rows);
    }

    /// <summary>Each network of an ensemble is pre-trained from a seed of its own, and anew before it is refitted.</summary>
    [Fact]
    public void EveryMemberIsPretrainedForItself()
    {
        var system = SystemCatalog.Default.Get("rbm");
        var request = Short(system);
        request = request with { Settings = SettingPath.Apply(SettingPath.Apply(request.Settings, "members", "2"), "training.refit", "true") };

        var told = Told(request, system, out _);

        told.Count.ShouldBe(2 * 2 * 3);
        told.Where(e => e.Epoch == 1).Select(e => e.Error).Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData("dbn", "features", "mfcc", "features must be one vector an utterance, but 'mfcc' are frames; 'mfcc-functionals' are statistics of them")]
    [InlineData("dbm", "hidden", "[64]", "hidden must have at least two layers, of which one is above the other; rbm has one")]
    [InlineData("dbm", "joint.chains", "0", "joint: chains must be at least 1, but is 0")]
    [InlineData("rbm", "hidden", "[0]", "hidden must be at least 1, but is 0")]
    [InlineData("rbm", "hidden", "[64,32]", "hidden must be one layer; dbn has several")]
    [InlineData("rbm", "pretraining.steps", "0", "pretraining: steps must be at least 1, but is 0")]
    [InlineData("rbm", "features", "egemap", "there is no feature set 'egemap'; did you mean 'egemaps'?")]
    [InlineData("stacked-auto-encoder", "input-dropout", "1", "input-dropout must be in [0, 1), but is 1")]
    [InlineData("denoising-auto-encoder", "corruption.level", "1", "corruption: level must be in [0, 1), but is 1")]
    [InlineData("denoising-auto-encoder", "normalisation", "utterance", "normalisation by the utterance needs frames, and functionals are one vector an utterance, which would become 0; choose global, speaker, corpus or none")]
    [InlineData("rvnn", "segment", "0", "segment must be at least 1, but is 0")]
    [InlineData("rvnn", "reconstruction", "-1", "reconstruction must be at least 0, but is -1")]
    public void ImpossibleSettingsAreRefused(string name, string path, string value, string problem)
    {
        object given = value.StartsWith('[') ? value.Trim('[', ']').Split(',').ToList<object>() : value;
        SettingPath.Problems(SettingPath.Apply(SystemCatalog.Default.Get(name).Defaults, path, given)).ShouldContain(problem);
    }

    /// <summary>The reconstruction of children is a loss beside that of the classes, in training alone.</summary>
    [Theory]
    [InlineData("greedy", "0.2")]
    [InlineData("balanced", "0.2")]
    [InlineData("balanced", "0")]
    public void ARecursiveNetworkLearnsToGiveChildrenBackBesideTheClasses(string tree, string weight)
    {
        var system = SystemCatalog.Default.Get("rvnn");
        var request = fold.Request(SettingPath.Apply(system.Defaults, "training.epochs", "2"));
        request = request with { Settings = SettingPath.Apply(SettingPath.Apply(request.Settings, "members", "1"), "augmentation.mixup", "0") };
        using var plain = system.Train(request with { Settings = SettingPath.Apply(request.Settings, "reconstruction", "0") });
        var settings = SettingPath.Apply(SettingPath.Apply(request.Settings, "tree", tree), "reconstruction", weight);
        using var trained = system.Train(request with { Settings = settings });

        if (weight == "0")
        {
            trained.History[0].TrainLoss.ShouldBe(plain.History[0].TrainLoss);
        }
        else
        {
            trained.History[0].TrainLoss.ShouldBeGreaterThan(plain.History[0].TrainLoss + 0.02);
        }

        trained.Predict(request.Validation, request.Features).ShouldAllBe(r => Math.Abs(r.Sum() - 1) < 1e-5);
    }

    private static IEnumerable<string> Groups(string name) => SystemCatalog.Default.Get(name).Defaults switch
    {
        DbmSettings => ["gaussian", "bernoulli", "joint"],
        DbnSettings => ["gaussian", "bernoulli"],
        _ => ["pretraining"],
    };

    private TrainingRequest Short(EmotionSystem system)
    {
        var request = fold.Request(SettingPath.Apply(system.Defaults, "training.epochs", "2"));
        var settings = SettingPath.Apply(SettingPath.Apply(request.Settings, "members", "1"), "training.refit", "false");
        return request with { Settings = Groups(system.Name).Aggregate(settings, (s, group) => SettingPath.Apply(s, $"{group}.epochs", "3")) };
    }

    private static List<PretrainingEpoch> Told(TrainingRequest request, EmotionSystem system, out float[][] rows)
    {
        var told = new List<PretrainingEpoch>();
        using var trained = system.Train(request with { OnPretraining = told.Add });
        rows = trained.Predict(request.Validation, request.Features);
        return told;
    }
}
