namespace Undertone.Torch.Tests;

public sealed class TensorTests
{
    [Fact]
    public void ArithmeticFollowsTheShapesAndKinds()
    {
        using var scope = new DisposeScope();
        var a = Tensor.From([1f, 2, 3, 4, 5, 6], 2, 3);
        var b = Tensor.From([10f, 20, 30]);
        (a + b).ToArray<float>().ShouldBe([11, 22, 33, 14, 25, 36]);
        (2 * a - 1).ToArray<float>().ShouldBe([1, 3, 5, 7, 9, 11]);
        (1 - a).ToArray<float>().ShouldBe([0, -1, -2, -3, -4, -5]);
        (6.0 / a)[0].ToArray<float>().ShouldBe([6, 3, 2]);
        a.MatMul(b).ToArray<float>().ShouldBe([140, 320]);
        (Tensor.Arange(3) + 1).Dtype.ShouldBe(ScalarType.Int64);
        a.Sum().Item().ShouldBe(21);
        a.Max(1).Indices.ToArray<long>().ShouldBe([2, 2]);
        Tensor.Where(a > 3, a, a.ZerosLike()).ToArray<float>().ShouldBe([0, 0, 0, 4, 5, 6]);
        Tensor.Cat(a.Split(2, 1), 1).ToArray<float>().ShouldBe(a.ToArray<float>());
        Tensor.Einsum("ij,kj->ik", a, a).ToArray<float>().ShouldBe([14, 32, 32, 77]);
        Tensor.From(new[,] { { 1.5, 2 }, { 3, 4 } }).T.ToArray<double>().ShouldBe([1.5, 3, 2, 4]);
        (!Tensor.From([true, false])).ToArray<bool>().ShouldBe([false, true]);
        a.Split(1, 0).Length.ShouldBe(2);
        a.Norm([0], 1, keepDim: true).ToArray<float>().ShouldBe([5, 7, 9]);
        a.Norm([0], 1, keepDim: true).Shape.ShouldBe([1, 3]);
        Tensor.From([4f]).Shape.ShouldBe([1]);
        Tensor.FromScalar(4).Shape.ShouldBe([]);
        Tensor.Arange(40).Split(2).Length.ShouldBe(20);
    }

    [Fact]
    public void IndexerReadsAndWritesParts()
    {
        using var scope = new DisposeScope();
        var x = Tensor.Arange(0f, 24f, 1f).Reshape(2, 3, 4);
        x.Shape.ShouldBe([2, 3, 4]);
        x[1, 2, 3].Item().ShouldBe(23);
        x[^1, 0].ToArray<float>().ShouldBe([12, 13, 14, 15]);
        x[.., 1..^1, ..2].ToArray<float>().ShouldBe([4, 5, 16, 17]);
        x[TensorIndex.Ellipsis, -1].Shape.ShouldBe([2, 3]);
        x[0, TensorIndex.NewAxis].Shape.ShouldBe([1, 3, 4]);
        x[0, 0, TensorIndex.Every(.., 2)].ToArray<float>().ShouldBe([0, 2]);
        x[.., Tensor.From([2L, 0])].Shape.ShouldBe([2, 2, 4]);
        x[x > 21].ToArray<float>().ShouldBe([22, 23]);
        x[0, .., 1] = Tensor.Zeros(3);
        x[0, .., 1].Sum().Item().ShouldBe(0);
        x[x > 5] = Tensor.FromScalar(5f);
        x.Max().Item().ShouldBe(5);
        Should.Throw<TorchException>(() => x[0, 0, 0, 0]).Message.ShouldContain("4 indices for 3 dimension(s)");
        Should.Throw<TorchException>(() => x[2]).Message.ShouldContain("aten::select.int(Float32[2, 3, 4], 0, 2): ");
    }

    [Fact]
    public void ErrorsNameTheOperatorAndTheShapes()
    {
        using var a = Tensor.Zeros(2, 3);
        using var b = Tensor.Zeros(4, 5);
        Should.Throw<TorchException>(() => a.MatMul(b)).Message
            .ShouldBe("aten::matmul(Float32[2, 3], Float32[4, 5]): mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)");
        Should.Throw<TorchException>(() => Tensor.Cat([a, b])).Message
            .ShouldStartWith("aten::cat([Float32[2, 3], Float32[4, 5]], 0): Sizes of tensors must match except in dimension 0");
        Should.Throw<TorchException>(() => new Operator("aten::no_such").Call(a)).Message.ShouldContain("no operator aten::no_such");
        Should.Throw<TorchException>(() => new Operator("aten::add.Tensor").Call(a)).Message.ShouldContain("argument 'other' is missing");
        Should.Throw<TorchException>(() => a.ToArray<double>()).Message.ShouldContain("Float32[2, 3] holds no Float64 elements");
        Should.Throw<TorchException>(() => a.Backward()).Message.ShouldContain("does not require grad");
        Should.Throw<ArgumentException>(() => Tensor.From([1f, 2], 3)).Message.ShouldContain("shape [3] of Float32 holds 3 elements, the data has 2");
        Should.Throw<FormatException>(() => Device.Parse("gpu")).Message.ShouldContain("expected auto, cpu, cuda");
    }

    [Fact]
    public void MemoryIsCopiedOrShared()
    {
        using var scope = new DisposeScope();
        var data = new[] { 1f, 2, 3, 4 };
        var shared = Tensor.Over(data, 2, 2);
        shared.MulInPlace(2);
        data.ShouldBe([2, 4, 6, 8]);
        data[0] = 9;
        shared[0, 0].Item().ShouldBe(9);
        shared.T.ToArray<float>().ShouldBe([9, 6, 4, 8]);
        shared.T.CopyFrom([1f, 2, 3, 4]);
        data.ShouldBe([1, 3, 2, 4]);
        shared.AsSpan<float>()[3] = 7;
        shared[1, 1].Item().ShouldBe(7);
        var image = Tensor.Randn(2, 3, 4, 5);
        image.Contiguous(MemoryFormat.ChannelsLast).Strides.ShouldBe([60, 1, 15, 3]);
        image.Contiguous(MemoryFormat.ChannelsLast).ToArray<float>().ShouldBe(image.ToArray<float>());
        Tensor.Over(data).To(ScalarType.Float64).ToArray<double>().ShouldBe([1, 3, 2, 7]);
    }

    [Fact]
    public void GradientsFlowAndNoGradStopsThem()
    {
        using var scope = new DisposeScope();
        var x = Tensor.From([1.0, 2, 3]).WithGrad();
        var y = (x * x).Sum();
        y.Backward(retainGraph: true);
        x.Grad!.ToArray<double>().ShouldBe([2, 4, 6]);
        y.Backward();
        x.Grad!.ToArray<double>().ShouldBe([4, 8, 12]);
        x.Grad = null;
        x.Grad.ShouldBeNull();
        Tensor.Gradients((x * 3).Sum(), [x, Tensor.Zeros(1).WithGrad()])[1].ShouldBeNull();
        using (new NoGrad())
        {
            (x * 2).RequiresGrad.ShouldBeFalse();
            using (new EnableGrad())
            {
                (x * 2).RequiresGrad.ShouldBeTrue();
            }
        }

        (x * 2).RequiresGrad.ShouldBeTrue();
        using (new InferenceMode())
        {
            (x * 2).RequiresGrad.ShouldBeFalse();
        }

        x.Detach().RequiresGrad.ShouldBeFalse();
    }

    [Fact]
    public void AMissingBridgeSaysWhatToInstallAndBuild()
    {
        var message = new TorchUnavailableException("It is not there.").Message;
        message.ShouldContain("apt-get install libtorch-dev libopenblas0-pthread cmake g++");
        message.ShouldContain("cmake -S native -B native/build");
    }

    [Fact]
    public void SeedsRepeatAndThreadsAreOneByDefault()
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(3);
        var first = Tensor.Randn(100).ToArray<float>();
        Engine.ManualSeed(3);
        Tensor.Randn(100).ToArray<float>().ShouldBe(first);
        Engine.Version.ShouldMatch(@"^\d+\.\d+\.\d+$");
        Engine.LibraryFile.ShouldContain("torch");
        Engine.BridgeFile.ShouldEndWith("libundertone_torch.so");
        Engine.Threads.ShouldBe(1);
        Engine.Device("cpu").ShouldBe(Device.Cpu);
    }
}
