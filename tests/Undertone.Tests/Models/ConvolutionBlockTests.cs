using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Tests.Models;

/// <summary>Blocks of convolutional networks against PyTorch's values (Data/Models/make_blocks.py), and with padding.</summary>
[Collection("engine")]
public sealed class ConvolutionBlockTests : IDisposable
{
    private readonly DisposeScope _scope = new();
    private readonly OrderedDictionary<string, Tensor> _values =
        SafeTensors.Read(Path.Combine(AppContext.BaseDirectory, "Data", "Models", "blocks.safetensors"));

    private delegate Tensor Block(Tensor x, ref int[] lengths);

    public static TheoryData<string> Names =>
        ["lflb-2d", "lflb-1d", "residual", "residual-projected", "residual-dilated", "residual-over-time", "recurrent", "conv-lstm", "conv-lstm-peepholes"];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_are_pytorchs(string name)
    {
        using var module = Make(name, out var block);
        module.Load(_values.Where(v => v.Key.StartsWith($"{name}/state/", StringComparison.Ordinal)).ToDictionary(v => v.Key[$"{name}/state/".Length..], v => v.Value));
        var x = _values[$"{name}/in"].WithGrad();
        var frames = (int)x.Size(name.StartsWith("conv-lstm", StringComparison.Ordinal) ? 1 : 2);
        var lengths = Enumerable.Repeat(frames, (int)x.Size(0)).ToArray();

        var y = block(x, ref lengths);
        ShouldBe(y, _values[$"{name}/out"], "output");
        lengths.ShouldAllBe(l => l == y.Size(name.StartsWith("conv-lstm", StringComparison.Ordinal) ? 1 : 2));
        (y * _values[$"{name}/weight"]).Sum().Backward();

        ShouldBe(x.Grad!, _values[$"{name}/ingrad"], "input");
        foreach (var (parameter, tensor) in module.NamedParameters())
        {
            ShouldBe(tensor.Grad!, _values[$"{name}/grad/{parameter}"], parameter);
        }
    }

    /// <summary>In training too: a batch's statistics are those of its frames, and padding comes out as zero.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_changes_nothing(string name)
    {
        using var module = Make(name, out var block);
        var axis = name.StartsWith("conv-lstm", StringComparison.Ordinal) ? 1 : 2;
        var x = _values[$"{name}/in"];
        int[] lengths = [(int)x.Size(axis)];
        x = x.Narrow(0, 0, 1);
        var alone = block(x, ref lengths);

        long[] shape = [.. x.Shape];
        shape[axis] = 5;
        var padded = Tensor.Cat([x, Tensor.Zeros(shape)], axis);
        int[] again = [(int)x.Size(axis)];
        var longer = block(padded, ref again);

        again.ShouldBe(lengths);
        ShouldBe(longer.Narrow(axis, 0, alone.Size(axis)), alone, "output");
        longer.Narrow(axis, alone.Size(axis), longer.Size(axis) - alone.Size(axis)).Contiguous().ToArray<float>().ShouldAllBe(v => v == 0);
    }

    [Fact]
    public void A_kernel_without_a_middle_is_refused()
    {
        Should.Throw<ArgumentException>(() => new LocalFeatureLearningBlock(1, 2, 4, 2)).Message.ShouldContain("(4, 4) has no middle");
        Should.Throw<ArgumentException>(() => new ConvLstmCell(1, 2, (3, 2))).Message.ShouldContain("(3, 2) has no middle");
    }

    private static Module Make(string name, out Block block)
    {
        switch (name)
        {
            case "lflb-2d":
                var first = new LocalFeatureLearningBlock(3, 8, 3, (2, 4));
                (first.FramesPerStep, first.BandsOut(8)).ShouldBe((2, 2));
                block = first.Forward;
                return first;
            case "lflb-1d":
                var second = LocalFeatureLearningBlock.OverTime(2, 6, kernel: 5, pool: 4, stride: 2);
                (second.FramesPerStep, second.BandsOut(1)).ShouldBe((8, 1));
                block = second.Forward;
                return second;
            case "recurrent":
                var recurrent = new RecurrentConvolutionalLayer(2, 5, poolFrames: 2, poolBands: 2);
                block = recurrent.Forward;
                return recurrent;
            case "conv-lstm" or "conv-lstm-peepholes":
                var cell = name == "conv-lstm" ? new ConvLstmCell(2, 3, 3) : new ConvLstmCell(2, 3, (1, 3), (1, 5));
                block = (Tensor x, ref int[] lengths) => cell.Forward(x, lengths);
                return cell;
            default:
                var residual = name switch
                {
                    "residual" => new ResidualBlock(4, 4),
                    "residual-projected" => new ResidualBlock(3, 6, stride: (2, 1)),
                    "residual-dilated" => new ResidualBlock(4, 8, kernel: (3, 1), dilation: (4, 1)),
                    _ => ResidualBlock.OverTime(4, 8, stride: 2, dilation: 4),
                };
                block = residual.Forward;
                return residual;
        }
    }

    private static void ShouldBe(Tensor actual, Tensor expected, string what)
    {
        actual.Shape.ShouldBe(expected.Shape, what);
        var (values, wanted) = (actual.Contiguous().ToArray<float>(), expected.Contiguous().ToArray<float>());
        var tolerance = 2e-5f * Math.Max(1, wanted.Max(Math.Abs));
        for (var i = 0; i < wanted.Length; i++)
        {
            values[i].ShouldBe(wanted[i], tolerance, $"{what}, element {i}");
        }
    }
}
