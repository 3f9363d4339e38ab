using Undertone.Systems;
using Undertone.Systems.Papers;

namespace Undertone.Tests.Systems;

[Collection("engine")]
public sealed class DeepNetTests
{
    /// <summary>
    /// What table 1 of the paper implies of each layer: kernel height × inputs × outputs + biases of the convolutions, and 80 × 30 + 30 of
    /// the second hidden layer. Of the first hidden layer, and so of the whole, no reading of the paper gives the printed count.
    /// </summary>
    [Fact]
    public void LayersHaveThePrintedNumbersOfWeights()
    {
        var system = new DeepNet2020();
        var layers = NetworkLayers.Of(system, new DeepNet2020Settings(), classes: 4, seconds: 1).Layers.ToDictionary(l => l.Name);

        Enumerable.Range(1, 8).Select(i => layers[$"conv{i}"].Parameters).ShouldBe([280, 210, 310, 620, 1220, 2440, 4840, 7260]);
        layers["pool1"].Output.ShouldBe([10, 62, 64]);
        layers["norm3"].Output.ShouldBe([40, 15, 64]);
        layers["hidden2"].Parameters.ShouldBe(2430);
        layers["output"].Parameters.ShouldBe(124);
        system.Paper.Parameters.ShouldBe(2_974_367);
        layers["hidden1"].Parameters.ShouldBe((15 * 64 * 60 * 80) + 80);
    }
}
