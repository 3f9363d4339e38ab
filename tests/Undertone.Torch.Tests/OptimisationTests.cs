namespace Undertone.Torch.Tests;

[Collection("alone")]
public sealed class OptimisationTests
{
    private const int Steps = 6;

    private static readonly Dictionary<string, Func<Parameter, Parameter, Optimiser>> Optimisers = new()
    {
        ["sgd"] = (a, b) => new Sgd([a, b], 0.1),
        ["sgd-momentum"] = (a, b) => new Sgd([a, b], 0.1, momentum: 0.9, weightDecay: 0.05),
        ["sgd-nesterov"] = (a, b) => new Sgd([new([a], 0.1), new ParameterGroup([b], 0.02)], momentum: 0.8, nesterov: true),
        ["adam"] = (a, b) => new Adam([a, b], 0.01, weightDecay: 0.1),
        ["adamw"] = (a, b) => new AdamW([new([a], 0.01, 0.01), new ParameterGroup([b], 0.05, 0.3)], 0.8, 0.95, 1e-6),
    };

    public static TheoryData<string> Names => [.. Optimisers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnOptimiserGivesPyTorchsValues(string name)
    {
        using var scope = new DisposeScope();
        var (a, b) = Initial();
        using var optimiser = Optimisers[name](a, b);
        for (var step = 0; step < Steps; step++)
        {
            Take(a, b, optimiser, step);
            a.ShouldMatch(Parity.Get($"optimiser/{name}/{step}/0"), $"step {step}, first");
            b.ShouldMatch(Parity.Get($"optimiser/{name}/{step}/1"), $"step {step}, second");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AStoredStateGoesOnAsIfItHadNotStopped(string name)
    {
        using var scope = new DisposeScope();
        var (a, b) = Initial();
        var optimiser = Optimisers[name](a, b);
        for (var step = 0; step < Steps; step++)
        {
            if (step == 4)
            {
                var stored = optimiser.StateDict().ToDictionary(s => s.Key, s => s.Value.Clone());
                optimiser.Dispose();
                optimiser = Optimisers[name](a, b);
                optimiser.Load(stored);
                Should.Throw<TorchException>(() => optimiser.Load(new Dictionary<string, Tensor>(stored) { ["7.x"] = a }))
                    .Message.ShouldContain("unknown part '7.x'");
            }

            Take(a, b, optimiser, step);
        }

        optimiser.Dispose();
        a.ShouldMatch(Parity.Get($"optimiser/{name}/{Steps - 1}/0"), "first");
        b.ShouldMatch(Parity.Get($"optimiser/{name}/{Steps - 1}/1"), "second");
    }

    [Fact]
    public void SchedulesGivePyTorchsRates()
    {
        using var parameter = new Parameter(Tensor.Zeros(1));
        Schedules("step", new StepSchedule(3, 0.4));
        Schedules("cosine", new CosineSchedule(19, 0.05));
        Schedules("warm-up", new WarmUpSchedule(5, new CosineSchedule(15), 0.2));

        void Schedules(string name, Schedule schedule)
        {
            using var optimiser = new Sgd([parameter], 0.5);
            schedule.Attach(optimiser);
            foreach (var expected in Parity.Get($"schedule/{name}").ToArray<double>())
            {
                optimiser.Groups[0].LearningRate.ShouldBe(expected, 1e-12, $"{name} after {schedule.StepsDone} steps");
                schedule.Step();
            }
        }
    }

    /// <summary>Rates by hand: half of 0.8 from step 2 and a quarter from step 5; 0.8 / (1 + 0.25 n), and that of another schedule.</summary>
    [Fact]
    public void RatesFallAtMilestonesAndWithTime()
    {
        RatesOf(new MilestoneSchedule([2, 5], 0.5)).ShouldBe([0.8, 0.8, 0.4, 0.4, 0.4, 0.2]);
        RatesOf(new InverseTimeSchedule(0.25)).ShouldBe([0.8, 0.8 / 1.25, 0.8 / 1.5, 0.8 / 1.75, 0.4, 0.8 / 2.25]);
        RatesOf(new InverseTimeSchedule(0.25, new MilestoneSchedule([4], 0.5)))[4].ShouldBe(0.2);
        Should.Throw<ArgumentOutOfRangeException>(() => new InverseTimeSchedule(-1));

        static double[] RatesOf(Schedule schedule) => [.. Enumerable.Range(0, 6).Select(step => schedule.Rate(0.8, step))];
    }

    [Theory]
    [InlineData("min", false)]
    [InlineData("max", true)]
    public void PlateausLowerTheRateAsInPyTorch(string name, bool higherIsBetter)
    {
        using var parameter = new Parameter(Tensor.Zeros(1));
        using var optimiser = new Sgd([parameter], 0.5);
        var plan = new ReduceOnPlateau(optimiser, higherIsBetter, factor: 0.3, patience: 2, cooldown: 1, minimum: 0.01);
        var expected = Parity.Get($"schedule/plateau-{name}").ToArray<double>();
        foreach (var (measure, rate) in Parity.Get("schedule/measures").ToArray<double>().Zip(expected))
        {
            plan.Step(measure);
            optimiser.Groups[0].LearningRate.ShouldBe(rate, 1e-12);
        }
    }

    [Fact]
    public void ClippingGivesPyTorchsGradients()
    {
        using var scope = new DisposeScope();
        foreach (var bound in new[] { 0.5, 100 })
        {
            var parameters = WithGradients();
            GradientClipping.ByNorm(parameters, bound).ShouldBe(Parity.Get($"clip/norm-{bound}").Item(), 1e-6);
            for (var n = 0; n < 2; n++)
            {
                parameters[n].Grad.ShouldMatch(Parity.Get($"clip/by-norm-{bound}/{n}"), $"bound {bound}, tensor {n}");
            }
        }

        var clipped = WithGradients();
        GradientClipping.ByValue(clipped, 0.4);
        for (var n = 0; n < 2; n++)
        {
            clipped[n].Grad.ShouldMatch(Parity.Get($"clip/by-value/{n}"), $"tensor {n}");
        }

        clipped[0].Grad!.Fill(double.NaN);
        GradientClipping.ByNorm(clipped, 1).ShouldBe(double.NaN);
    }

    [Fact]
    public void WrongSettingsAreRefused()
    {
        using var parameter = new Parameter(Tensor.Zeros(1));
        Should.Throw<ArgumentException>(() => new Sgd([parameter, parameter], 0.1)).Message.ShouldContain("more than once");
        Should.Throw<ArgumentException>(() => new Sgd([parameter], 0.1, nesterov: true)).Message.ShouldContain("momentum above 0");
        Should.Throw<ArgumentException>(() => new Adam(Array.Empty<Parameter>())).Message.ShouldContain("no parameters");
        Should.Throw<ArgumentOutOfRangeException>(() => new Sgd([parameter], -1));
        Should.Throw<InvalidOperationException>(() => new StepSchedule(2).Step()).Message.ShouldContain("Attach");
    }

    private static Parameter[] WithGradients() =>
        [.. Enumerable.Range(0, 2).Select(n =>
        {
            var gradient = Parity.Get($"clip/grad/{n}").Clone();
            return new Parameter(gradient.ZerosLike()) { Grad = gradient };
        })];

    private static (Parameter A, Parameter B) Initial() =>
        (new Parameter(Parity.Get("optimiser/initial/0").Clone()), new Parameter(Parity.Get("optimiser/initial/1").Clone()));

    private static void Take(Parameter a, Parameter b, Optimiser optimiser, int step)
    {
        a.Grad = Parity.Get($"optimiser/grad/{step}/0").Clone();
        b.Grad = step == 2 ? null : Parity.Get($"optimiser/grad/{step}/1").Clone();
        optimiser.Step();
    }
}
