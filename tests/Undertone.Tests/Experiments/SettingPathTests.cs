using Undertone.Features;
using Undertone.Systems;

namespace Undertone.Tests.Experiments;

public sealed class SettingPathTests
{
    private static readonly GuessingSettings Defaults = new();

    [Fact]
    public void SetsEveryKindOfValueWithoutTouchingTheOriginal()
    {
        var changed = Defaults;
        foreach (var (path, value) in new (string, object?)[]
        {
            ("training.epochs", "40"), ("training.learning-rate", "3e-4"), ("training.dropout", "0.25"), ("training.shuffle", "false"),
            ("training.clip-norm", null), ("channels", new List<object> { "8", "16", "32" }), ("normalisation", "speaker"), ("denoise.kind", "wiener"),
        })
        {
            changed = SettingPath.Apply(changed, path, value);
        }

        changed.Training.ShouldBe(new GuessingTraining { Epochs = 40, LearningRate = 3e-4, Dropout = 0.25f, Shuffle = false, ClipNorm = null });
        changed.Channels.ShouldBe([8, 16, 32]);
        changed.Normalisation.ShouldBe(Normalisation.Speaker);
        changed.Denoise.ShouldBe(new GuessingDenoise { Kind = DenoiseKind.Wiener });
        Defaults.Training.Epochs.ShouldBe(3);
    }

    [Fact]
    public void FlattenListsPathsOfBaseRecordsFirstAndLeavesOutComputedValues() =>
        SettingPath.Flatten(Defaults).Select(s => s.Key).ShouldBe(
        [
            "normalisation", "training.epochs", "training.learning-rate", "training.dropout", "training.shuffle", "training.clip-norm", "channels", "denoise", "insight", "failure",
        ]);

    [Fact]
    public void SettingsThatAreOffAreListedInsideGroupsToo()
    {
        var off = SettingPath.All(Defaults).Where(s => s.IsOff).ToDictionary(s => s.Path, s => s.MayBe);
        off.Keys.ShouldAllBe(path => path.StartsWith("preprocessing.", StringComparison.Ordinal));
        off["preprocessing.dc-removal"].ShouldBe("true or false");
        off["preprocessing.add-noise.snr"].ShouldBe("a number");

        // Whatever is listed can be switched on by its path, and is off no more.
        var changed = SettingPath.All(SettingPath.Apply(Defaults, "preprocessing.pre-emphasis", "0.9"));
        changed.Where(s => s.IsOff).Select(s => s.Path).ShouldBe(off.Keys.Where(p => p != "preprocessing.pre-emphasis"));
        changed.Single(s => s.Path == "preprocessing.pre-emphasis").Value.ShouldBe("0.9");
    }

    [Fact]
    public void FlattenedSettingsApplyBackToTheSame()
    {
        var settings = Defaults with { Training = new GuessingTraining { LearningRate = 0.1 + 0.2, Dropout = 1f / 3 }, Denoise = new GuessingDenoise { Kind = DenoiseKind.Wiener } };
        var back = SettingPath.Flatten(settings).Aggregate(Defaults, (s, change) => SettingPath.Apply(s, change.Key, change.Value));
        back.Training.ShouldBe(settings.Training);
        back.Denoise.ShouldBe(settings.Denoise);
    }

    [Fact]
    public void JsonReadsBackTheSame()
    {
        var settings = Defaults with { Training = new GuessingTraining { LearningRate = 0.1 + 0.2, Dropout = 1f / 3, ClipNorm = null }, Channels = [7] };
        var json = SettingsJson.Write(settings);
        json["training"]!["learning-rate"]!.ToJsonString().ShouldBe("0.30000000000000004");
        json["training"]!["shuffle"]!.GetValue<bool>().ShouldBeTrue();
        json["normalisation"]!.GetValue<string>().ShouldBe("global");
        var back = SettingsJson.Read(Defaults, (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(json.ToJsonString())!);
        back.Training.ShouldBe(settings.Training);
        back.Channels.ShouldBe([7]);
        back.Denoise.ShouldBeNull();
    }

    [Theory]
    [InlineData("training.epoch", "3", "there is no setting 'training.epoch': 'training' has no 'epoch'; did you mean 'epochs'?")]
    [InlineData("trainig.epochs", "3", "the system has no 'trainig'; did you mean 'training'?")]
    [InlineData("training", "3", "'training' is a group of settings")]
    [InlineData("training.epochs.x", "3", "'training.epochs' is a whole number and has no settings below it")]
    [InlineData("training.epochs", "3.5", "the setting 'training.epochs' cannot be '3.5'; expected a whole number")]
    [InlineData("training.learning-rate", "0,1", "expected a number")]
    [InlineData("training.learning-rate", "NaN", "expected a number")]
    [InlineData("training.shuffle", "yes", "expected true or false")]
    [InlineData("normalisation", "speakr", "; did you mean 'speaker'?")]
    [InlineData("training.epochs", null, "the setting 'training.epochs' cannot be left empty; expected a whole number")]
    [InlineData("failure", null, "cannot be left empty; expected a text")]
    [InlineData("channels", "8", "the setting 'channels' cannot be '8'; expected a list, each item a whole number")]
    [InlineData("doubled", "8", "the system has no 'doubled'")]
    public void RefusesWithTheWayOut(string path, string? value, string expected) =>
        Should.Throw<UndertoneException>(() => SettingPath.Apply(Defaults, path, value)).Message.ShouldContain(expected);

    [Fact]
    public void ProblemsNameTheirGroup() =>
        SettingPath.Problems(Defaults with { Training = new GuessingTraining { Epochs = 0 } }).ShouldBe(["training: epochs must be at least 1, but is 0"]);

    [Fact]
    public void TheCatalogNamesTheNearestSystem() =>
        Should.Throw<UndertoneException>(() => new SystemCatalog([new GuessingSystem("cnn-lstm")]).Get("cnn-ltsm")).Message
            .ShouldBe("there is no system 'cnn-ltsm'; did you mean 'cnn-lstm'?");
}
