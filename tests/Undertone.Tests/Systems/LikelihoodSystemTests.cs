using Undertone.Systems;
using Undertone.Systems.Traditional;
using Undertone.Training;

namespace Undertone.Tests.Systems;

/// <summary>The systems of one density a class, on a fold of the demo voice.</summary>
public sealed class LikelihoodSystemTests(DemoFold fold) : IClassFixture<DemoFold>
{
    public static TheoryData<string> Settings => ["gmm-mfcc", "gmm-mfcc background.relevance=4", "hmm-mfcc", "hmm-mfcc model.topology=ergodic model.states=2", "hmm-mfcc input=plp"];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Learns_and_is_the_same_after_loading(string member)
    {
        var (system, settings) = Small(member);
        using var model = system.Train(fold.Request(settings));
        var rows = model.Predict(fold.Test, fold.Features);

        rows.ShouldAllBe(r => r.Length == 3 && r.All(p => p >= 0 && p <= 1) && Math.Abs(r.Sum() - 1) < 1e-5);
        DemoFold.Accuracy(model.Predict(fold.Train, fold.Features), fold.Train).ShouldBeGreaterThan(0.8);
        model.Validated!.Length.ShouldBe(fold.Validation.Count);
        model.Validated.ShouldNotBe(model.Predict(fold.Validation, fold.Features)); // refitted on them since

        using var second = system.Train(fold.Request(settings));
        second.Predict(fold.Test, fold.Features).ShouldBe(rows);
        using var loaded = fold.Again(system, model);
        loaded.Predict(fold.Test, fold.Features).ShouldBe(rows);
        SettingsJson.Write(loaded.Settings).ToJsonString().ShouldBe(SettingsJson.Write(settings).ToJsonString());
    }

    [Fact]
    public void Classes_that_are_not_trained_on_are_never_predicted()
    {
        var (system, settings) = Small("gmm-mfcc");
        var request = fold.Request(settings);
        using var model = system.Train(request with { Task = TrainingTask.Classification(["anger", "boredom", "neutral", "sadness"]) });

        model.Predict(fold.Test, fold.Features).ShouldAllBe(r => r[1] == 0 && Math.Abs(r.Sum() - 1) < 1e-5);
        using var loaded = fold.Again(system, model);
        loaded.Predict(fold.Test, fold.Features).ShouldBe(model.Predict(fold.Test, fold.Features));
    }

    [Fact]
    public void One_training_speaker_is_enough()
    {
        var (system, settings) = Small("hmm-mfcc");
        var request = fold.Request(settings);
        using var model = system.Train(request with { Train = [.. fold.Train.Where(u => u.Speaker == fold.Train[0].Speaker)], Validation = [] });

        model.Validated.ShouldBeNull();
        model.Predict(fold.Test, fold.Features).ShouldAllBe(r => r.All(float.IsFinite));
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        var settings = SystemCatalog.Default.Get("gmm-mfcc").Defaults;
        SettingPath.Problems(SettingPath.Apply(settings, "members", "0")).ShouldBe(["members must be at least 1, but is 0"]);
        SettingPath.Problems(SettingPath.Apply(settings, "calibration-groups", "1")).ShouldBe(["calibration-groups must be at least 2, but is 1"]);
        SettingPath.Problems(SettingPath.Apply(settings, "input", "plq")).ShouldBe(["input: there is no feature set 'plq'; did you mean 'plp'?"]);
        SettingPath.Problems(SettingPath.Apply(settings, "input", "waveform")).ShouldBe(
            ["input must be a frame-wise feature set of at most a frame every 1 ms, but 'waveform' has a frame every 0.0625 ms, too many steps to walk or to compare"]);
        SettingPath.Problems(SettingPath.Apply(settings, "mixture.components", "0")).ShouldBe(["mixture: components must be at least 1, but is 0"]);
        SettingPath.Problems(SettingPath.Apply(settings, "background.relevance", "0")).ShouldBe(["background: relevance must be greater than 0, but is 0"]);
    }

    private static (EmotionSystem System, SystemSettings Settings) Small(string member)
    {
        var resolved = new FusionSettings
        {
            Members = [$"{member} normalisation=speaker members=2 speeds=[] {(member[0] == 'g' ? "mixture.components=4" : "model.mixture.components=2")}"],
        }.Resolve()[0];
        return (resolved.System, resolved.Settings);
    }
}
