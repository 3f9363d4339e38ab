namespace Undertone.Torch.Tests;

[Collection("alone")]
public sealed class CustomFunctionTests
{
    [Fact]
    public void ForwardAndBackwardWrittenInManagedCodeGiveTheGradient()
    {
        var before = LifetimeTests.Settled();
        using (new DisposeScope())
        {
            var x = Tensor.From([1.0, -2, 3]).WithGrad();
            var y = new Square().Apply(x * 1)[0];
            y.ToArray<double>().ShouldBe([1, 4, 9]);
            y.RequiresGrad.ShouldBeTrue();
            var loss = (y * Tensor.From([1.0, 10, 100])).Sum();
            loss.Backward(retainGraph: true);
            x.Grad!.ToArray<double>().ShouldBe([2, -40, 600]);
            loss.Backward();
            x.Grad!.ToArray<double>().ShouldBe([4, -80, 1200]);
            Should.Throw<TorchException>(() => loss.Backward()).Message.ShouldContain("second time");
        }

        Tensor.LiveCount.ShouldBe(before);
    }

    [Fact]
    public void NothingIsAttachedOrKeptWhereNoGradientIsWanted()
    {
        var before = LifetimeTests.Settled();
        using (new DisposeScope())
        {
            new Square().Apply(Tensor.Ones(2))[0].RequiresGrad.ShouldBeFalse();
            using (new NoGrad())
            {
                new Square().Apply(Tensor.Ones(2).WithGrad())[0].RequiresGrad.ShouldBeFalse();
            }

            // A graph that is dropped without a backward pass gives its saved tensors back.
            new Square().Apply(Tensor.Ones(2).WithGrad())[0].Dispose();
        }

        Tensor.LiveCount.ShouldBe(before);
    }

    [Fact]
    public void UnusedOutputsAndUnneededInputsAreNull()
    {
        using var scope = new DisposeScope();
        var a = Tensor.From([2.0]).WithGrad();
        var b = Tensor.From([5.0]);
        var function = new SumAndProduct();
        function.Apply(a, b)[1].Backward();
        a.Grad!.Item().ShouldBe(5);
        b.Grad.ShouldBeNull();
        function.Seen.ShouldBe("sum unused, product used, a wanted, b not");
    }

    [Fact]
    public void AnErrorInTheCallbackReachesTheCaller()
    {
        using var scope = new DisposeScope();
        var x = Tensor.Ones(2).WithGrad();
        var y = new Failing().Apply(x)[0].Sum();
        var error = Should.Throw<TorchException>(() => y.Backward());
        error.Message.ShouldContain("no gradient today");
        error.InnerException.ShouldBeOfType<NotSupportedException>();
        Should.Throw<NotSupportedException>(() => new Failing { FailForward = true }.Apply(x));
        Should.Throw<TorchException>(() => new WrongCount().Apply(x)[0].Sum().Backward()).Message.ShouldContain("2 gradients for 1 inputs");
    }

    [Fact]
    public void ASavedTensorThatIsOverwrittenIsNoticed()
    {
        using var scope = new DisposeScope();
        var x = Tensor.Ones(2).WithGrad() * 1;
        var y = new Square().Apply(x)[0].Sum();
        using (new NoGrad())
        {
            x.AddInPlace(1);
        }

        Should.Throw<TorchException>(() => y.Backward()).Message.ShouldContain("overwritten in place");
    }

    [Fact]
    public void GradientsAgreeWithFiniteDifferences()
    {
        using var scope = new DisposeScope();
        GradientCheck.Run(t => new Square().Apply(t[0])[0] * t[1], Tensor.From([0.3, -0.7]), Tensor.From([1.1, 0.4]));
    }

    private sealed class Square : CustomFunction
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
        {
            context.Save(inputs[0]);
            return [inputs[0] * inputs[0]];
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients) =>
            [outputGradients[0]! * context.Saved[0] * 2];
    }

    private sealed class SumAndProduct : CustomFunction
    {
        internal string Seen { get; private set; } = "";

        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
        {
            context.Save(inputs);
            return [inputs[0] + inputs[1], inputs[0] * inputs[1]];
        }

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients)
        {
            Seen = $"sum {(outputGradients[0] is null ? "unused" : "used")}, product {(outputGradients[1] is null ? "unused" : "used")}, "
                + $"a {(context.NeedsGradient(0) ? "wanted" : "not")}, b {(context.NeedsGradient(1) ? "wanted" : "not")}";
            return [outputGradients[1]! * context.Saved[1], null];
        }
    }

    private sealed class Failing : CustomFunction
    {
        internal bool FailForward { get; init; }

        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) =>
            FailForward ? throw new NotSupportedException("no value today") : inputs;

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients) =>
            throw new NotSupportedException("no gradient today");
    }

    private sealed class WrongCount : CustomFunction
    {
        protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => inputs;

        protected override Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients) => [null, null];
    }
}
