using Undertone.Systems;
using Undertone.Systems.Papers;
using Undertone.Training;

namespace Undertone.Tests.Systems;

/// <summary>A network whose classes support vector machines tell, on a fold of the demo voice.</summary>
[Collection("engine")]
public sealed class EmbeddingMachineTests(DemoFold fold) : IClassFixture<DemoFold>
{
    [Fact]
    public void TheMachinesAnswerAndAreKeptWithTheModel()
    {
        var system = new Badshah2019();
        var settings = new Badshah2019Settings { Channels = [4, 4, 4, 4, 4], Hidden = 16 };
        var request = fold.Request(settings with { Training = settings.Training with { Epochs = 2 } });
        using var trained = system.Train(request);
        var rows = trained.Predict(fold.Test, fold.Features);

        rows.ShouldAllBe(r => r.All(p => p >= 0 && p <= 1) && Math.Abs(r.Sum() - 1) < 1e-5);
        var folder = Directory.CreateDirectory(Path.Combine(fold.Folder, "machine")).FullName;
        trained.Save(folder);
        using (var loaded = system.Load(folder))
        {
            loaded.Predict(fold.Test, fold.Features).ShouldBe(rows);
            loaded.Cost.ShouldBe(trained.Cost);
        }

        using (var other = system.Train(request with { Settings = SettingPath.Apply(request.Settings, "machine.kernel", "rbf") }))
        {
            other.Predict(fold.Test, fold.Features).ShouldNotBe(rows);
        }

        File.Delete(Path.Combine(folder, "machine.safetensors"));
        Should.Throw<UndertoneException>(() => system.Load(folder)).Message.ShouldContain("machine.safetensors");
    }
}
