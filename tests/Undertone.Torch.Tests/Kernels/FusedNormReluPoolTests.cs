using Undertone.Torch.Kernels;

namespace Undertone.Torch.Tests.Kernels;

/// <summary>The fused normalisation, rectifier and pooling against libtorch's three operators.</summary>
public class FusedNormReluPoolTests
{
    private static readonly Operator BatchNorm = new("aten::batch_norm");
    private static readonly Operator MaxPool = new("aten::max_pool2d");

    [Theory]
    [InlineData(16, 2, 2, true, true)]
    [InlineData(16, 2, 2, false, true)]
    [InlineData(48, 1, 1, true, true)]
    [InlineData(5, 2, 3, true, true)]
    [InlineData(24, 1, 2, true, true)]
    [InlineData(16, 2, 2, true, false)]
    [InlineData(16, 2, 2, false, false)]
    [InlineData(5, 2, 3, true, false)]
    public void Values_and_gradients_are_those_of_libtorch(int channels, int poolFrames, int poolBands, bool training, bool rectify)
    {
        using var scope = Engine.NewDisposeScope();
        Engine.ManualSeed(5);
        const int batch = 3, frames = 9, bands = 8;
        var x = ((Tensor.Randn(batch, channels, frames, bands) * 2) + 3).Detach().WithGrad();
        // Some weights are negative: the maximum is then the smallest input.
        var weight = Tensor.Randn(channels).WithGrad();
        var bias = Tensor.Randn(channels).WithGrad();
        var mix = Tensor.Randn(batch, channels, frames / poolFrames, bands / poolBands);
        var mean = Tensor.Full([channels], 2.5);
        var variance = Tensor.Full([channels], 3.0);
        var meanToo = mean.Clone();
        var varianceToo = variance.Clone();

        var walk = new NormReluPool
        {
            Batch = batch,
            Frames = frames,
            Bands = bands,
            Channels = channels,
            PoolFrames = poolFrames,
            PoolBands = poolBands,
            Lengths = [frames, frames, frames],
            Floor = rectify ? 0 : float.NegativeInfinity,
        };
        var ours = new FusedNormReluPool(walk, mean, variance, training, 0.1, 1e-5).Apply(x, weight, bias)[0];
        (ours * mix).Sum().Backward();
        var gradients = new[] { x, weight, bias }.Select(t => t.Grad!.ToArray<float>()).ToArray();
        x.Grad = weight.Grad = bias.Grad = null;

        var normed = BatchNorm.Call(x, weight, bias, meanToo, varianceToo, training, 0.1, 1e-5, false);
        var theirs = MaxPool.Call(rectify ? normed.Relu() : normed, new long[] { poolFrames, poolBands });
        (theirs * mix).Sum().Backward();

        Close(ours.Contiguous(), theirs, 1e-5f);
        Close(mean, meanToo, 1e-6f);
        Close(variance, varianceToo, 1e-5f);
        Close(gradients[0], x.Grad!, 1e-4f);
        Close(gradients[1], weight.Grad!, 1e-4f);
        Close(gradients[2], bias.Grad!, 1e-4f);
    }

    [Fact]
    public void Padding_changes_nothing_and_comes_out_as_zero()
    {
        using var scope = Engine.NewDisposeScope();
        Engine.ManualSeed(7);
        const int channels = 16, bands = 4;
        var alone = Tensor.Randn(1, channels, 6, bands);
        var padded = Tensor.Cat([alone, Tensor.Randn(1, channels, 5, bands) * 100], 2);
        var both = Tensor.Cat([padded, Tensor.Randn(1, channels, 11, bands)]);
        float[] Run(Tensor x, int[] lengths, bool training, out Tensor y)
        {
            var mean = Tensor.Zeros(channels);
            var variance = Tensor.Ones(channels);
            var walk = new NormReluPool
            {
                Batch = lengths.Length,
                Frames = (int)x.Size(2),
                Bands = bands,
                Channels = channels,
                PoolFrames = 2,
                PoolBands = 2,
                Lengths = lengths,
            };
            y = new FusedNormReluPool(walk, mean, variance, training, 0.1, 1e-5).Apply(x, Tensor.Ones(channels), Tensor.Zeros(channels))[0];
            return mean.ToArray<float>();
        }

        var expectedMean = Run(alone, [6], true, out var expected);
        Run(padded, [6], true, out var actual).ShouldBe(expectedMean);
        actual.Narrow(2, 0, 3).Contiguous().ToArray<float>().ShouldBe(expected.Contiguous().ToArray<float>());
        actual.Narrow(2, 3, 2).Contiguous().ToArray<float>().ShouldAllBe(v => v == 0);

        Run(alone, [6], false, out expected);
        Run(both, [6, 11], false, out actual);
        actual.Narrow(0, 0, 1).Narrow(2, 0, 3).Contiguous().ToArray<float>().ShouldBe(expected.Contiguous().ToArray<float>());
    }

    /// <summary>Double precision goes through libtorch's own operators: the same values, and nothing beyond a length.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Double_precision_agrees(bool rectify)
    {
        using var scope = Engine.NewDisposeScope();
        Engine.ManualSeed(9);
        using var norm = new BatchNorm2d(6);
        using var twin = new BatchNorm2d(6);
        twin.To(ScalarType.Float64);
        var x = Tensor.Randn(2, 6, 9, 4);
        int[] lengths = [9, 5];
        Func<Tensor, BatchNorm2d, int, int, int[], Tensor> pool = rectify ? Fused.BatchNormReluMaxPool : Fused.BatchNormMaxPool;

        var single = pool(x, norm, 2, 2, lengths);
        var exact = pool(x.To(ScalarType.Float64), twin, 2, 2, lengths);
        Close(single.Contiguous(), exact.To(ScalarType.Float32), 1e-5f);
        single.Narrow(0, 1, 1).Narrow(2, 2, 2).Contiguous().ToArray<float>().ShouldAllBe(v => v == 0);
        Close(norm.RunningVariance, twin.RunningVariance.To(ScalarType.Float32), 1e-5f);
    }

    private static void Close(Tensor actual, Tensor expected, float tolerance) => Close(actual.ToArray<float>(), expected, tolerance);

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
