using Undertone.Torch.Kernels;

namespace Undertone.Torch.Tests.Kernels;

/// <summary>The fused filter bank against libtorch's convolution, normalisation and pooling.</summary>
public class FusedFilterBankTests
{
    [Theory]
    [InlineData(5, 3, 4, true, true)]
    [InlineData(64, 3, 4, true, false)]
    [InlineData(16, 9, 8, true, true)]
    [InlineData(20, 1, 1, true, false)]
    [InlineData(5, 3, 4, false, true)]
    [InlineData(16, 9, 8, false, false)]
    public void Values_and_gradients_are_those_of_libtorch(int channels, int kernel, int pool, bool training, bool bias)
    {
        using var scope = Engine.NewDisposeScope();
        Engine.ManualSeed(5);
        const int batch = 3, samples = 70;
        using var filters = new Conv2d(1, channels, (1, kernel), padding: (0, kernel / 2), bias: bias);
        using var norm = Norm(channels, training);
        using var twin = Norm(channels, training);
        foreach (var (mine, theirs) in norm.Parameters().Zip(twin.Parameters()))
        {
            using var noGrad = new NoGrad();
            theirs.CopyFrom(mine);
        }

        var x = (Tensor.Randn(batch, 1, 1, samples) * 2) + 0.5;
        var mix = Tensor.Randn(batch, channels, 1, samples / pool);
        Fused.ServesFilterBank(x, filters).ShouldBeTrue();

        var ours = Fused.FilterBankNormMaxPool(x, filters, norm, pool, [samples, samples, samples]);
        (ours * mix).Sum().Backward();
        var gradients = filters.Parameters().Concat(norm.Parameters()).Select(p => p.Grad!.ToArray<float>()).ToList();
        filters.Parameters().ToList().ForEach(p => p.Grad = null);

        var expected = Functional.MaxPool2d(twin.Forward(filters.Forward(x)), (1, pool));
        (expected * mix).Sum().Backward();

        Close(ours.Contiguous().ToArray<float>(), expected, 1e-5f);
        Close(norm.RunningMean.ToArray<float>(), twin.RunningMean, 1e-6f);
        Close(norm.RunningVariance.ToArray<float>(), twin.RunningVariance, 1e-5f);
        foreach (var (gradient, parameter) in gradients.Zip(filters.Parameters().Concat(twin.Parameters())))
        {
            Close(gradient, parameter.Grad!, 1e-4f);
        }
    }

    /// <summary>Against the kernel that reads the filters' output: padding is in no statistic, in no window, and comes out as zero.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Padding_changes_nothing(bool training)
    {
        using var scope = Engine.NewDisposeScope();
        Engine.ManualSeed(7);
        int[] lengths = [50, 33, 8];
        using var filters = new Conv2d(1, 16, (1, 5), padding: (0, 2), bias: false);
        using var norm = Norm(16, training);
        var x = Tensor.Zeros(3, 1, 1, 50);
        for (var n = 0; n < lengths.Length; n++)
        {
            x.Narrow(0, n, 1).Narrow(3, 0, lengths[n]).CopyFrom(Tensor.Randn(1, 1, 1, lengths[n]));
        }

        var expected = Fused.BatchNormMaxPool(filters.Forward(x).Transpose(2, 3), norm, 4, 1, lengths).Transpose(2, 3);
        var mix = expected.RandnLike();
        (expected * mix).Sum().Backward();
        var gradient = filters.Weight.Grad!;
        filters.Weight.Grad = null;

        // Whatever stands in the padding, it is silence.
        x.Narrow(0, 1, 1).Narrow(3, 33, 17).Fill(100);
        var actual = Fused.FilterBankNormMaxPool(x, filters, norm, 4, lengths);
        (actual * mix).Sum().Backward();

        Close(actual.Contiguous().ToArray<float>(), expected, 1e-5f);
        actual.Narrow(0, 1, 1).Narrow(3, 8, 4).Contiguous().ToArray<float>().ShouldAllBe(v => v == 0);
        Close(filters.Weight.Grad!.ToArray<float>(), gradient, 1e-4f);
    }

    [Fact]
    public void Other_convolutions_and_signals_are_left_to_libtorch()
    {
        using var scope = Engine.NewDisposeScope();
        var signal = Tensor.Randn(1, 1, 1, 40);
        bool Serves(Tensor x, long kernel, long stride = 1, long padding = 1, long inputs = 1)
        {
            using var filters = new Conv2d(inputs, 4, (1, kernel), (1, stride), (0, padding));
            return Fused.ServesFilterBank(x, filters);
        }

        Serves(signal, 3).ShouldBeTrue();
        Serves(signal, 3, stride: 2).ShouldBeFalse();
        Serves(signal, 3, padding: 0).ShouldBeFalse();
        Serves(signal, 81, padding: 40).ShouldBeFalse();
        Serves(Tensor.Randn(1, 2, 1, 40), 3, inputs: 2).ShouldBeFalse();
        Serves(signal.To(ScalarType.Float64), 3).ShouldBeFalse();
        Serves(signal.WithGrad(), 3).ShouldBeFalse();
    }

    private static BatchNorm2d Norm(int channels, bool training)
    {
        var norm = new BatchNorm2d(channels);
        using var noGrad = new NoGrad();
        // Some weights are negative: the maximum is then the smallest value.
        norm.Weight.CopyFrom(Tensor.Randn(channels));
        norm.Bias.CopyFrom(Tensor.Randn(channels));
        norm.RunningMean.Fill(0.5);
        norm.RunningVariance.Fill(3);
        if (training)
        {
            norm.Train();
        }
        else
        {
            norm.Eval();
        }

        return norm;
    }

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
