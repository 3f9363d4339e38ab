using Undertone.Models.Projection;
using Undertone.Models.Selection;
using Undertone.Systems;
using Undertone.Systems.Traditional;

namespace Undertone.Tests.Systems;

/// <summary>The traditional systems of one vector an utterance, on a fold of the demo voice.</summary>
public sealed class FunctionalsSystemTests(DemoFold fold) : IClassFixture<DemoFold>
{
    public static TheoryData<string, string> Rows => new()
    {
        { "svm-egemaps", "egemaps" },
        { "svm-compare", "mfcc-functionals" },
        { "svm-compare", "egemaps+prosody" },
        { "svm-covariance", "log-covariance+egemaps+prosody+timbre+modulation-spectrum" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Learns_and_is_the_same_after_loading(string name, string features)
    {
        var system = SystemCatalog.Default.Get(name);
        var settings = SettingPath.Apply(SettingPath.Apply(system.Defaults, "features", features), "machine.cost", "1");
        using var model = system.Train(fold.Request(settings));
        var rows = model.Predict(fold.Test, fold.Features);

        rows.ShouldAllBe(r => r.Length == 3 && r.All(p => p >= 0 && p <= 1) && Math.Abs(r.Sum() - 1) < 1e-5);
        DemoFold.Accuracy(model.Predict(fold.Train, fold.Features), fold.Train).ShouldBeGreaterThan(0.8);
        model.Validated!.Length.ShouldBe(fold.Validation.Count);
        using var second = system.Train(fold.Request(settings));
        second.Predict(fold.Test, fold.Features).ShouldBe(rows);
        using var loaded = fold.Again(system, model);
        loaded.Predict(fold.Test, fold.Features).ShouldBe(rows);
        SettingsJson.Write(loaded.Settings).ToJsonString().ShouldBe(SettingsJson.Write(settings).ToJsonString());
    }

    public static TheoryData<string> Reductions =>
    [
        .. FeatureSelectionCatalog.All.Select(m => $"selection.method={m.Name} selection.count=12"),
        .. FeatureProjectionCatalog.All.Select(m => $"projection.method={m.Name}"),
        "selection.count=40 projection.dimensions=5",
    ];

    /// <summary>What is learned is the same bytes whoever is validated or predicted, and however they sound.</summary>
    [Theory]
    [MemberData(nameof(Reductions))]
    public void Reductions_are_learned_of_training_rows_alone(string changes)
    {
        var member = new FusionSettings { Members = [$"svm-egemaps normalisation=speaker refit=false {changes}"] }.Resolve()[0];
        var request = fold.Request(member.Settings);
        using var model = member.System.Train(request);
        var rows = model.Predict(fold.Test, fold.Features);
        using var other = member.System.Train(request with { Validation = fold.Test });
        other.Predict(fold.Validation, fold.Features);

        Saved(other, "other").ShouldBe(Saved(model, "model"));
        using var loaded = member.System.Load(Path.Combine(fold.Folder, "model"));
        loaded.Predict(fold.Test, fold.Features).ShouldBe(rows);
        SettingsJson.Write(loaded.Settings).ToJsonString().ShouldBe(SettingsJson.Write(member.Settings).ToJsonString());
        using var whole = member.System.Train(request with { Settings = SettingPath.Apply(member.System.Defaults, "normalisation", "speaker") });
        whole.Predict(fold.Test, fold.Features).ShouldNotBe(rows);
    }

    [Fact]
    public void Reductions_are_left_out_of_settings_until_they_are_set()
    {
        var settings = SystemCatalog.Default.Get("svm-compare").Defaults;
        SettingsJson.Write(settings).ContainsKey("selection").ShouldBeFalse();
        SettingsJson.Write(settings).ContainsKey("projection").ShouldBeFalse();
        SettingPath.Problems(SettingPath.Apply(settings, "selection.method", "mrm")).ShouldBe(["selection: there is no method 'mrm'; did you mean 'mrmr'?"]);
        SettingPath.Problems(SettingPath.Apply(settings, "selection.count", "7000"))
            .ShouldBe(["selection.count must be at most the 6373 values of compare-2016, but is 7000"]);
    }

    private byte[] Saved(TrainedSystem model, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(fold.Folder, name)).FullName;
        model.Save(folder);
        return File.ReadAllBytes(Path.Combine(folder, "model.safetensors"));
    }

    [Fact]
    public void A_model_of_features_of_another_version_is_refused()
    {
        var system = SystemCatalog.Default.Get("svm-egemaps");
        using var model = system.Train(fold.Request(SettingPath.Apply(system.Defaults, "features", "egemaps")));
        var folder = Directory.CreateTempSubdirectory("undertone-test-").FullName;
        model.Save(folder);
        (ModelDescription.Read(folder) with { Features = "egemaps/1" }).Write(folder);

        var message = Should.Throw<UndertoneException>(() => system.Load(folder)).Message;

        message.ShouldContain("was trained on the features 'egemaps/1'");
        message.ShouldContain("Train the model again");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        var settings = SystemCatalog.Default.Get("svm-egemaps").Defaults;
        SettingPath.Problems(SettingPath.Apply(settings, "machine.cost", "0")).ShouldBe(["machine: cost must be greater than 0, but is 0"]);
        SettingPath.Problems(SettingPath.Apply(settings, "features", "egemap")).ShouldBe(["there is no feature set 'egemap'; did you mean 'egemaps'?"]);
        SettingPath.Problems(SettingPath.Apply(SystemCatalog.Default.Get("svm-covariance").Defaults, "features", "egemaps+prosody"))
            .ShouldBe(["set-weights has 5 values for 2 sets of features; expected one each, or none"]);
        SettingPath.Problems(SettingPath.Apply(settings, "normalisation", "utterance")).ShouldHaveSingleItem().ShouldStartWith("normalisation by the utterance needs frames");
    }
}
