using System.Text.Json;
using Undertone.Torch;

namespace Undertone.Tests.Models.Pretraining;

/// <summary>What Data/Models/boltzmann.py counted out.</summary>
internal static class BoltzmannFixture
{
    private static readonly Lazy<JsonElement> Values = new(() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Models", "boltzmann.json"))).RootElement);

    public static JsonElement Part(string name) => Values.Value.GetProperty(name);

    public static Tensor Tensor(this JsonElement value) => Torch.Tensor.From(
        value.GetProperty("values").Deserialize<double[]>()!.Select(v => (float)v).ToArray(), value.GetProperty("shape").Deserialize<long[]>()!);

    public static Tensor Tensor(this JsonElement value, string name) => value.GetProperty(name).Tensor();

    public static Tensor[] Tensors(this JsonElement value, string name) => [.. value.GetProperty(name).EnumerateArray().Select(v => v.Tensor())];

    public static Linear Layer(Tensor weight, Tensor bias)
    {
        var layer = new Linear(weight.Size(1), weight.Size(0));
        layer.Load(new Dictionary<string, Tensor> { ["weight"] = weight, ["bias"] = bias });
        return layer;
    }

    public static void ShouldBeClose(this Tensor actual, Tensor expected, double tolerance, string what)
    {
        actual.Shape.ShouldBe(expected.Shape, what);
        (actual - expected).Abs().Max().Item().ShouldBeLessThan(tolerance, what);
    }

    /// <summary>All states of units that are 0 or 1, [2^units, units].</summary>
    public static Tensor States(int units) => Torch.Tensor.From(
        [.. Enumerable.Range(0, 1 << units).SelectMany(s => Enumerable.Range(0, units).Select(u => (float)((s >> u) & 1)))], 1 << units, units);

    /// <summary>60 rows of six binary values: three patterns, now and then with a value turned over.</summary>
    public static Tensor Patterns()
    {
        float[][] patterns = [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [1, 0, 1, 0, 1, 0]];
        var random = new SeededRandom(5);
        return Torch.Tensor.From(
            [.. Enumerable.Range(0, 60).SelectMany(n => patterns[n % 3].Select(v => random.NextDouble() < 0.05 ? 1 - v : v))], 60, 6);
    }
}
