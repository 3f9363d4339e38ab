using Undertone.Systems;

namespace Undertone.Tests.Systems;

public class SettingsTests
{
    [Theory]
    [InlineData("cnn", "training.epochs", "0", "epochs must be at least 1, but is 0")]
    [InlineData("cnn", "training.learning-rate", "-1", "learning-rate must be greater than 0")]
    [InlineData("cnn", "training.warm-up", "1.5", "warm-up must be in [0, 1)")]
    [InlineData("cnn", "dropout", "1", "dropout must be in [0, 1)")]
    [InlineData("cnn", "features.bands", "8", "features.bands must be at least 16")]
    [InlineData("cnn-lstm", "units", "0", "units must be at least 1")]
    [InlineData("bigru", "stack", "0", "stack must be at least 1")]
    [InlineData("bilstm", "members", "0", "members must be at least 1")]
    [InlineData("bilstm", "augmentation.mixup", "-0.2", "mixup must be at least 0")]
    [InlineData("bilstm", "augmentation.time-stretch", "1", "time-stretch must be in [0, 1)")]
    [InlineData("dnn-functionals", "input-dropout", "1", "input-dropout must be in [0, 1)")]
    [InlineData("dnn-functionals", "features", "egemap", "there is no feature set 'egemap'; did you mean 'egemaps'?")]
    [InlineData("dnn-functionals", "normalisation", "utterance", "normalisation by the utterance needs frames")]
    [InlineData("cnn-gru", "layers", "0", "layers must be at least 1")]
    [InlineData("cnn-attention", "heads", "3", "heads must divide width, but 3 does not divide 128")]
    [InlineData("cnn-lstm-attention", "units", "65", "heads must divide twice units, but 4 does not divide 130")]
    [InlineData("bilstm-attention", "attention-dropout", "1", "attention-dropout must be in [0, 1), but is 1")]
    [InlineData("transformer", "layers", "0", "layers must be at least 1")]
    [InlineData("conformer", "kernel", "8", "kernel must be odd, so that it has a middle, but is 8")]
    [InlineData("cnn", "training.loss.gamma", "-1", "training.loss: gamma must be at least 0, but is -1")]
    [InlineData("cnn", "training.optimiser.momentum", "1", "training.optimiser: momentum must be in [0, 1), but is 1")]
    [InlineData("cnn", "training.optimiser.schedule", "drops", "training.optimiser: drop-epochs must be given where schedule is drops, such as [10], but is none")]
    [InlineData("hmm-mfcc", "model.states", "0", "states must be at least 1")]
    [InlineData("fusion", "normalisation", "utterance", "members: 'dnn-functionals': normalisation by the utterance needs frames")]
    public void ImpossibleValuesAreRefusedByName(string system, string path, string value, string problem)
    {
        var settings = SettingPath.Apply(SystemCatalog.Default.Get(system).Defaults, path, value);

        // A fusion says it of each of its members that cannot take the value.
        SettingPath.Problems(settings).Where(p => system != "fusion" || p.Contains("'dnn-functionals'", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldContain(problem);
    }

    [Fact]
    public void DefaultsAreWithoutProblems()
    {
        foreach (var system in SystemCatalog.Default.All)
        {
            SettingPath.Problems(system.Defaults).ShouldBeEmpty();
        }
    }

    [Fact]
    public void ASettingThatCameLaterIsLeftOutUntilItIsSet()
    {
        var defaults = SystemCatalog.Default.Get("cnn").Defaults;
        var training = SettingsJson.Write(defaults)["training"]!.AsObject();
        training.ContainsKey("soft-labels").ShouldBeFalse();
        training.ContainsKey("regression-loss").ShouldBeFalse();
        training.ContainsKey("loss").ShouldBeFalse();
        training.ContainsKey("optimiser").ShouldBeFalse();
        SettingsJson.Write(SystemCatalog.Default.Get("bigru").Defaults).ContainsKey("input").ShouldBeFalse();

        var changed = SettingPath.Apply(SettingPath.Apply(defaults, "training.soft-labels", "votes"), "training.regression-loss", "mse");
        var json = SettingsJson.Write(changed);
        json["training"]!["soft-labels"]!.GetValue<string>().ShouldBe("votes");
        json["training"]!["regression-loss"]!.GetValue<string>().ShouldBe("mse");
        SettingsJson.Write(SettingsJson.Read(defaults, json)).ToJsonString().ShouldBe(json.ToJsonString());
        SettingsJson.Write(SettingPath.Apply(changed, "training.soft-labels", null))["training"]!.AsObject().ContainsKey("soft-labels").ShouldBeFalse();
        Should.Throw<UndertoneException>(() => SettingPath.Apply(defaults, "training.regression-loss", "cccc")).Message
            .ShouldBe("the setting 'training.regression-loss' cannot be 'cccc'; expected one of: ccc, mse; did you mean 'ccc'?");
    }
}
