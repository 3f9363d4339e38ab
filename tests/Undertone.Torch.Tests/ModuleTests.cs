namespace Undertone.Torch.Tests;

[Collection("alone")]
public sealed class ModuleTests
{
    [Fact]
    public void ModulesShowThemselvesAsPyTorchDoes()
    {
        using var net = new Sequential(
            ("conv", new Conv2d(1, 16, 3, padding: 1, bias: false)),
            ("norm", new BatchNorm2d(16)),
            ("act", new ReLU()),
            ("head", new Sequential(new AdaptiveAvgPool2d(1), new Flatten(), new Linear(16, 7))));
        net.ToString().ShouldBe(
            """
            Sequential(
              (conv): Conv2d(1, 16, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
              (norm): BatchNorm2d(16, eps=1E-05, momentum=0.1, affine=True, track_running_stats=True)
              (act): ReLU()
              (head): Sequential(
                (0): AdaptiveAvgPool2d(output_size=(1, 1))
                (1): Flatten(start_dim=1, end_dim=-1)
                (2): Linear(in_features=16, out_features=7, bias=True)
              )
            )
            """.ReplaceLineEndings("\n"));
        net.StateDict().Keys.ShouldBe(
            ["conv.weight", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked", "head.2.weight", "head.2.bias"]);
        net.ParameterCount().ShouldBe((16 * 9) + 32 + (16 * 7) + 7);
        net.Eval();
        net[3].Training.ShouldBeFalse();
        using var lstm = new Lstm(40, 128, layers: 2, bidirectional: true, dropout: 0.3);
        lstm.ToString().ShouldBe("Lstm(40, 128, num_layers=2, batch_first=True, dropout=0.3, bidirectional=True)");
    }

    [Fact]
    public void WeightsThatDoNotFitAreRefusedByName()
    {
        using var scope = new DisposeScope();
        using var small = new Sequential(new Linear(2, 3));
        using var large = new Sequential(new Linear(2, 4), new Linear(4, 1));
        var message = Should.Throw<TorchException>(() => small.Load(large.StateDict())).Message;
        message.ShouldContain("'1.weight' (Float32[1, 4]) is unknown");
        message.ShouldContain("'0.weight' is Float32[4, 2], expected Float32[3, 2]");
        Should.Throw<TorchException>(() => large.Load(small.StateDict())).Message.ShouldContain("'1.bias' (Float32[1]) is missing");
        using var twin = new Sequential(new Linear(2, 3));
        twin.Load(small.StateDict());
        twin.Parameters().First().ToArray<float>().ShouldBe(small.Parameters().First().ToArray<float>());
        Should.Throw<ArgumentException>(() => new Sequential(("a", new ReLU()), ("a", new ReLU()))).Message.ShouldContain("already has a part named 'a'");
    }

    [Fact]
    public void WrongShapesAreRefusedWithWhatWasExpected()
    {
        using var scope = new DisposeScope();
        using var norm = new BatchNorm2d(3);
        Should.Throw<TorchException>(() => norm.Forward(Tensor.Zeros(2, 3))).Message.ShouldContain("(batch, channels, height, width) is expected");
        using var lstm = new Lstm(3, 4);
        Should.Throw<TorchException>(() => lstm.Forward(Tensor.Zeros(2, 5, 4))).Message.ShouldContain("(batch, length, 3) is expected");
        Should.Throw<TorchException>(() => lstm.Forward(Tensor.Zeros(2, 5, 3), [5, 6])).Message.ShouldContain("6 frames is not between 1 and 5");
        Should.Throw<TorchException>(() => lstm.Forward(Tensor.Zeros(2, 5, 3), [5])).Message.ShouldContain("1 lengths were given for a batch of 2");
        using var linear = new Linear(3, 4);
        Should.Throw<TorchException>(() => linear.Forward(Tensor.Zeros(2, 5))).Message.ShouldContain("aten::linear(Float32[2, 5], Float32[4, 3], Float32[4])");
        Should.Throw<ArgumentException>(() => new Conv1d(3, 4, 3, groups: 2)).Message.ShouldContain("2 group(s) do not divide 3");
    }

    [Fact]
    public void WhatARecurrentLayerComputesDoesNotDependOnThePadding()
    {
        using var scope = new DisposeScope();
        using var gru = new Gru(3, 4, layers: 2, bidirectional: true);
        var x = Tensor.Randn(2, 6, 3);
        var alone = gru.Forward(x[..1, ..4]);
        var batch = gru.Forward(x, [4, 6]);
        batch.Output[0, ..4].ToArray<float>().ShouldBe(alone.Output[0].ToArray<float>(), 1e-6);
        batch.Output[0, 4..].Abs().Sum().Item().ShouldBe(0);
        batch.Hidden[.., 0].ToArray<float>().ShouldBe(alone.Hidden[.., 0].ToArray<float>(), 1e-6);
    }

    /// <summary>A kernel of even length sees one value more behind than before, as in PyTorch: x[i] + 10 x[i + 1], and across 100 x[j] + 1000 x[j + 1].</summary>
    [Fact]
    public void SamePaddingOfEvenKernelsIsLongerAtTheEnd()
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        using var down = new Conv2d(1, 1, (2, 1), padding: Size2.Same, bias: false);
        down.Weight.CopyFrom(Tensor.From(new float[] { 1, 10 }, 1, 1, 2, 1));
        down.Forward(Tensor.From(new float[] { 1, 2, 3 }, 1, 1, 3, 1)).ToArray<float>().ShouldBe([21, 32, 3]);

        using var across = new Conv2d(1, 1, (1, 2), padding: Size2.Same, bias: false);
        across.Weight.CopyFrom(Tensor.From(new float[] { 100, 1000 }, 1, 1, 1, 2));
        across.Forward(Tensor.From(new float[] { 1, 2, 3 }, 1, 1, 1, 3)).ToArray<float>().ShouldBe([2100, 3200, 300]);
    }

    [Fact]
    public void ChannelsLastConvolutionsGiveTheSameValues()
    {
        using var scope = new DisposeScope();
        using var conv = new Conv2d(3, 5, 3, padding: 1);
        var x = Tensor.Randn(2, 3, 8, 9);
        var last = conv.Forward(x.Contiguous(MemoryFormat.ChannelsLast));
        last.Strides[1].ShouldBe(1);
        var plain = conv.Forward(x).ToArray<float>();
        last.ToArray<float>().ShouldBe(plain, 1e-5);
        conv.To(MemoryFormat.ChannelsLast);
        conv.Weight.Strides[1].ShouldBe(1);
        conv.Weight.RequiresGrad.ShouldBeTrue();
        conv.Forward(x.Contiguous(MemoryFormat.ChannelsLast)).ToArray<float>().ShouldBe(plain, 1e-5);
    }

    [Fact]
    public void AThousandTrainingStepsLeaveNoTensorAlive()
    {
        var before = LifetimeTests.Settled();
        Engine.ManualSeed(1);
        using (var net = new Sequential(new Conv2d(1, 2, 3), new BatchNorm2d(2), new ReLU(), new Flatten(), new Dropout(0.1), new Linear(8, 2)))
        using (var recurrent = new Lstm(4, 2, bidirectional: true))
        using (var optimiser = new AdamW([.. net.Parameters(), .. recurrent.Parameters()], 0.01))
        {
            var schedule = new CosineSchedule(1000).Attach(optimiser);
            using var fixedInput = Tensor.Randn(4, 1, 4, 4);
            double first = 0, last = 0;
            long afterFirst = 0;
            for (var step = 0; step < 1000; step++)
            {
                using var scope = new DisposeScope();
                var x = fixedInput + (0.1 * Tensor.Randn(4, 1, 4, 4));
                var y = Tensor.From([0L, 1, 0, 1]);
                var state = recurrent.Forward(x.Squeeze(1), [4, 2, 3, 4]);
                var loss = Functional.CrossEntropy(net.Forward(x) + state.Output.Mean(1)[.., ..2], y);
                optimiser.ZeroGrad();
                loss.Backward();
                GradientClipping.ByNorm(net.Parameters(), 1);
                optimiser.Step();
                schedule.Step();
                last = loss.Item();
                first = step == 0 ? last : first;
                scope.Dispose();
                afterFirst = step == 0 ? LifetimeTests.Settled() : afterFirst;
            }

            Tensor.LiveCount.ShouldBe(afterFirst);
            last.ShouldBeLessThan(first);
        }

        LifetimeTests.Settled().ShouldBe(before);
    }
}
