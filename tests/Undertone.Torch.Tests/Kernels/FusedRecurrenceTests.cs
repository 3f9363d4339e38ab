using Undertone.Torch.Kernels;

namespace Undertone.Torch.Tests.Kernels;

/// <summary>The fused LSTM and GRU against libtorch's own, over packed sequences of unequal length.</summary>
public class FusedRecurrenceTests
{
    private static readonly Operator Lstm = new("aten::lstm.data");
    private static readonly Operator Gru = new("aten::gru.data");

    [Theory]
    [InlineData("lstm", 32, false)]
    [InlineData("lstm", 32, true)]
    [InlineData("lstm", 13, true)]
    [InlineData("gru", 32, false)]
    [InlineData("gru", 32, true)]
    [InlineData("gru", 13, true)]
    public void Values_and_gradients_are_those_of_libtorch(string cell, int hidden, bool bidirectional)
    {
        using var scope = Engine.NewDisposeScope();
        Engine.ManualSeed(3);
        const int inputs = 7;
        int[] lengths = [5, 9, 1, 9, 3];
        var gates = cell == "lstm" ? 4 : 3;
        var directions = bidirectional ? 2 : 1;
        var x = Tensor.Randn(lengths.Length, 9, inputs).WithGrad();
        var weights = new List<Tensor>();
        for (var d = 0; d < directions; d++)
        {
            weights.Add((Tensor.Randn(gates * hidden, inputs) * 0.4).Detach().WithGrad());
            weights.Add((Tensor.Randn(gates * hidden, hidden) * 0.2).Detach().WithGrad());
            weights.Add(Tensor.Randn(gates * hidden).WithGrad());
            weights.Add(Tensor.Randn(gates * hidden).WithGrad());
        }

        var layout = new PackedLayout(lengths, 9);
        var packed = x.Reshape(-1, inputs).IndexSelect(0, Tensor.From(layout.PackIndex, layout.Rows));
        var mix = Tensor.Randn(layout.Rows, directions * hidden);

        var function = cell == "lstm" ? FusedRecurrence.Lstm(layout, hidden) : FusedRecurrence.Gru(layout, hidden);
        var ours = function.Apply([packed, .. weights])[0];
        (ours * mix).Sum().Backward();
        var ourGradients = weights.Prepend(x).Select(t => t.Grad!.ToArray<float>()).ToList();
        foreach (var tensor in weights.Prepend(x))
        {
            tensor.Grad = null;
        }

        var packedAgain = x.Reshape(-1, inputs).IndexSelect(0, Tensor.From(layout.PackIndex, layout.Rows));
        var batchSizes = Tensor.From(layout.RowsAt.Take(layout.Steps).Select(r => (long)r).ToArray(), layout.Steps);
        var zero = Tensor.Zeros(directions, lengths.Length, hidden);
        var theirs = cell == "lstm"
            ? Lstm.CallMany(packedAgain, batchSizes, new[] { zero, zero }, weights.ToArray(), true, 1, 0.0, true, bidirectional)[0]
            : Gru.CallMany(packedAgain, batchSizes, zero, weights.ToArray(), true, 1, 0.0, true, bidirectional)[0];
        (theirs * mix).Sum().Backward();

        Close(ours.ToArray<float>(), theirs.ToArray<float>(), 1e-5f);
        var i = 0;
        foreach (var tensor in weights.Prepend(x))
        {
            Close(ourGradients[i++], tensor.Grad!.ToArray<float>(), 1e-4f);
        }
    }

    [Fact]
    public void Layout_keeps_each_frame_once_and_refuses_impossible_lengths()
    {
        var layout = new PackedLayout([2, 4, 3], 5);

        layout.RowsAt.ShouldBe([3, 3, 2, 1, 0]);
        layout.PackIndex.ShouldBe([5, 10, 0, 6, 11, 1, 7, 12, 8]);
        layout.UnpackIndex.Count(i => i == layout.Rows).ShouldBe(15 - 9);
        Should.Throw<ArgumentException>(() => new PackedLayout([0], 5)).Message.ShouldContain("between 1 and 5");
        Should.Throw<ArgumentException>(() => new PackedLayout([6], 5));
    }

    private static void Close(float[] actual, float[] expected, float tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        var scale = Math.Max(1f, expected.Max(Math.Abs));
        for (var i = 0; i < actual.Length; i++)
        {
            actual[i].ShouldBe(expected[i], tolerance * scale);
        }
    }
}
