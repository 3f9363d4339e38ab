using Undertone.Systems;
using Undertone.Systems.Traditional;
using Undertone.Training;

namespace Undertone.Tests.Systems;

/// <summary>
/// One row a traditional system of the catalog, with its default settings, on a fold of the demo voice and with a class that nobody
/// speaks; every row passes the same tests, and a new system is tested without a change here.
/// </summary>
public sealed class TraditionalSystemTableTests(DemoFold fold) : IClassFixture<DemoFold>
{
    private static readonly string[] Classes = ["anger", "boredom", "neutral", "sadness"];

    public static TheoryData<string> Names =>
        [.. SystemCatalog.Default.All.Where(s => s.Defaults is TraditionalSettings).Select(s => s.Name)];

    /// <summary>Systems of another kind need tests of another kind: those of fusion are its own.</summary>
    [Fact]
    public void EverySystemIsOfAKindThatIsTested() =>
        SystemCatalog.Default.All.ShouldAllBe(s => s.Defaults is TraditionalSettings || s.Defaults is DeepSettings || s.Defaults is FusionSettings);

    [Theory]
    [MemberData(nameof(Names))]
    public void LearnsTheSameTwiceAndPredictsTheSameAfterLoading(string name)
    {
        var system = SystemCatalog.Default.Get(name);
        var request = fold.Request(Quick(system.Defaults)) with { Task = TrainingTask.Classification(Classes) };
        using var first = system.Train(request);
        using var second = system.Train(request);
        using var loaded = fold.Again(system, first);
        var rows = first.Predict(fold.Test, fold.Features);

        rows.Length.ShouldBe(fold.Test.Count);
        rows.ShouldAllBe(r => r.Length == 4 && r.All(p => p >= 0 && p <= 1) && Math.Abs(r.Sum() - 1) < 1e-5);
        rows.ShouldAllBe(r => r[1] == 0); // never heard
        first.Predict(fold.Train, fold.Features).Zip(fold.Train).Count(r => Classes[Array.IndexOf(r.First, r.First.Max())] == r.Second.Emotion)
            .ShouldBeGreaterThan(fold.Train.Count / 2);
        second.Predict(fold.Test, fold.Features).ShouldBe(rows);
        second.Validated.ShouldBe(first.Validated);
        first.Validated!.Length.ShouldBe(fold.Validation.Count);
        first.History.ShouldBeEmpty();
        first.Cost.ShouldNotBeNull();
        first.Cost.Parameters.ShouldBeGreaterThan(0);
        first.Cost.MultiplyAddsPerSecond.ShouldBeGreaterThan(0);

        loaded.Predict(fold.Test, fold.Features).ShouldBe(rows);
        loaded.Predict([fold.Test[2]], fold.Features)[0].ShouldBe(rows[2]); // whatever else is asked
        loaded.Predict([fold.Test[3].ReadAudio()])[0].ShouldBe(rows[3]);
        loaded.Classes.ShouldBe(first.Classes);
        loaded.Cost.ShouldBe(first.Cost);
        SettingsJson.Write(loaded.Settings).ToJsonString().ShouldBe(SettingsJson.Write(first.Settings).ToJsonString());
        ADamagedModelIsRefusedByItsFile(system, first);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RefusesWhatItCannotLearn(string name)
    {
        var system = SystemCatalog.Default.Get(name);
        Should.Throw<UndertoneException>(() => system.Require(system.Defaults, TrainingTask.Regression(["arousal"]), "demo", fold.Train)).Message
            .ShouldContain($"the system '{name}' tells classes apart");
        var anger = fold.Request(system.Defaults) with { Train = [.. fold.Train.Where(u => u.Emotion == "anger")] };
        Should.Throw<UndertoneException>(() => system.Train(anger)).Message.ShouldContain("are of one class, 'anger'");
    }

    /// <summary>The defaults, but for those that only cost time, where a system has them.</summary>
    private static SystemSettings Quick(SystemSettings defaults)
    {
        (string Path, object Value)[] cheap = [("members", "1"), ("speeds", Array.Empty<object>())];
        var paths = SettingPath.Flatten(defaults).Select(s => s.Key).ToList();
        return cheap.Where(c => paths.Contains(c.Path)).Aggregate(defaults, (s, c) => SettingPath.Apply(s, c.Path, c.Value));
    }

    private void ADamagedModelIsRefusedByItsFile(EmotionSystem system, TrainedSystem model)
    {
        var folder = Directory.CreateDirectory(Path.Combine(fold.Folder, $"damaged-{system.Name}")).FullName;
        model.Save(folder);
        var weights = Path.Combine(folder, "model.safetensors");
        var bytes = File.ReadAllBytes(weights);
        File.WriteAllBytes(weights, bytes[..(bytes.Length / 2)]);
        Should.Throw<UndertoneException>(() => system.Load(folder)).Message.ShouldContain(weights);
        File.Delete(weights);
        Should.Throw<UndertoneException>(() => system.Load(folder)).Message.ShouldContain("model.safetensors");
    }
}
