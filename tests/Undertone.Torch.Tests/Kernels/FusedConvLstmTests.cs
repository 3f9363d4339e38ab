using Undertone.Torch.Kernels;

namespace Undertone.Torch.Tests.Kernels;

/// <summary>The fused convolutional LSTM against its equations, step by step in libtorch's operators.</summary>
public class FusedConvLstmTests
{
    [Theory]
    [InlineData(8, 5, true)]
    [InlineData(8, 6, true)]
    [InlineData(8, 6, false)]
    [InlineData(16, 5, false)]
    [InlineData(20, 6, true)]
    [InlineData(3, 5, false)]
    public void Values_and_gradients_are_those_of_libtorch(int hidden, int width, bool peepholes)
    {
        using var scope = Engine.NewDisposeScope();
        Engine.ManualSeed(3);
        const int inputs = 2, height = 3, steps = 5;
        int[] lengths = [2, 5, 1, 5];
        var maps = Tensor.Randn(lengths.Length, steps, inputs, height, width).WithGrad();
        List<Tensor> weights =
        [
            Small(0.4, 4 * hidden, inputs, 3, 3),
            Small(0.2, 4 * hidden, hidden, 3, 3),
            Small(1, 4 * hidden),
        ];
        if (peepholes)
        {
            weights.Add(Small(0.5, 3, hidden, height, width));
        }

        var mix = Tensor.Randn(lengths.Length, steps, hidden, height, width);
        var ours = Fused.ConvLstm(maps, weights[0], weights[1], weights[2], peepholes ? weights[3] : null, lengths);
        (ours * mix).Sum().Backward();
        var gradients = weights.Prepend(maps).Select(t => t.Grad!.Contiguous().ToArray<float>()).ToList();
        weights.Prepend(maps).ToList().ForEach(t => t.Grad = null);

        var theirs = Equations(maps, weights, lengths);
        (theirs * mix).Sum().Backward();

        Close(ours.Contiguous().ToArray<float>(), theirs, 1e-5f);
        foreach (var (gradient, tensor) in gradients.Zip(weights.Prepend(maps)))
        {
            Close(gradient, tensor.Grad!, 1e-4f);
        }
    }

    /// <summary>One step has no state before it, and its weights no gradient.</summary>
    [Fact]
    public void One_step_needs_no_state()
    {
        using var scope = Engine.NewDisposeScope();
        Engine.ManualSeed(4);
        var maps = Tensor.Randn(2, 1, 1, 1, 6);
        List<Tensor> weights = [Small(0.4, 32, 1, 1, 3), Small(0.4, 32, 8, 1, 3), Small(1, 32)];

        var states = Fused.ConvLstm(maps, weights[0], weights[1], weights[2], null, [1, 1]);
        states.Sum().Backward();

        Close(states.Contiguous().ToArray<float>(), Equations(maps, weights, [1, 1]), 1e-5f);
        weights[1].Grad!.ToArray<float>().ShouldAllBe(g => g == 0);
    }

    private static Tensor Small(double scale, params long[] shape) => (Tensor.Randn(shape) * scale).Detach().WithGrad();

    private static Tensor Equations(Tensor maps, List<Tensor> weights, int[] lengths)
    {
        var outputs = new List<Tensor>();
        for (var n = 0; n < lengths.Length; n++)
        {
            Tensor? hidden = null, cell = null;
            for (var t = 0; t < maps.Size(1); t++)
            {
                var x = maps.Select(0, n).Select(0, t).Unsqueeze(0);
                var gates = Convolve(x, weights[0], weights[2]);
                hidden ??= Tensor.Zeros(1, weights[1].Size(1), x.Size(2), x.Size(3));
                cell ??= hidden;
                var parts = (gates + Convolve(hidden, weights[1], null)).Chunk(4, 1);
                Tensor Seen(Tensor gate, int peephole, Tensor state) => weights.Count > 3 ? gate + (weights[3].Select(0, peephole) * state) : gate;
                cell = (Seen(parts[1], 1, cell).Sigmoid() * cell) + (Seen(parts[0], 0, cell).Sigmoid() * parts[2].Tanh());
                hidden = Seen(parts[3], 2, cell).Sigmoid() * cell.Tanh();
                outputs.Add(t < lengths[n] ? hidden : hidden * 0);
            }
        }

        return Tensor.Cat([.. outputs]).View(lengths.Length, maps.Size(1), weights[1].Size(1), maps.Size(3), maps.Size(4));
    }

    private static Tensor Convolve(Tensor x, Tensor weight, Tensor? bias) =>
        Functional.Conv2d(x, weight, bias, padding: (weight.Size(2) / 2, weight.Size(3) / 2));

    private static void Close(float[] actual, Tensor expected, float tolerance)
    {
        var values = expected.Contiguous().ToArray<float>();
        actual.Length.ShouldBe(values.Length);
        var scale = Math.Max(1f, values.Max(Math.Abs));
        for (var i = 0; i < actual.Length; i++)
        {
            actual[i].ShouldBe(values[i], tolerance * scale);
        }
    }
}
