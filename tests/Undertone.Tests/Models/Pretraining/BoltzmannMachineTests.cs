using Undertone.Models.Pretraining;
using Undertone.Torch;

namespace Undertone.Tests.Models.Pretraining;

/// <summary>Boltzmann machines against what Data/Models/boltzmann.py counts out from the energy, and against likelihoods counted out here.</summary>
[Collection("engine")]
public sealed class BoltzmannMachineTests
{
    [Theory]
    [InlineData("bernoulli", VisibleUnits.Bernoulli)]
    [InlineData("gaussian", VisibleUnits.Gaussian)]
    public void ProbabilitiesFreeEnergyAndGradientsAreThoseOfTheEnergy(string name, VisibleUnits visible)
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        var expected = BoltzmannFixture.Part(name);
        using var layer = BoltzmannFixture.Layer(expected.Tensor("weight"), expected.Tensor("hidden_bias"));
        using var machine = new RestrictedBoltzmannMachine(layer, visible);
        machine.VisibleBias.CopyFrom(expected.Tensor("visible_bias"));
        var rows = expected.Tensor("rows");

        machine.HiddenProbabilities(rows).ShouldBeClose(expected.Tensor("hidden_probabilities"), 1e-5, "p(h | v)");
        machine.VisibleMeans(expected.Tensor("codes")).ShouldBeClose(expected.Tensor("visible_means"), 1e-4, "E(v | h)");
        machine.FreeEnergy(rows).ShouldBeClose(expected.Tensor("free_energy"), 1e-4, "free energy");
        var (weight, hidden, visibleBias) = machine.Contrast(rows, expected.Tensor("others"));
        weight.ShouldBeClose(expected.Tensor("weight_gradient"), 1e-4, "gradient of the weights");
        hidden.ShouldBeClose(expected.Tensor("hidden_gradient"), 1e-4, "gradient of the hidden biases");
        visibleBias.ShouldBeClose(expected.Tensor("visible_gradient"), 1e-4, "gradient of the visible biases");
    }

    /// <summary>Counting the units below twice is what two layers with the same weights, above and below, would do.</summary>
    [Fact]
    public void CountingTwiceIsTwiceTheInputAndOnceTheBias()
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        var expected = BoltzmannFixture.Part("bernoulli");
        using var layer = BoltzmannFixture.Layer(expected.Tensor("weight"), expected.Tensor("hidden_bias"));
        using var doubled = BoltzmannFixture.Layer(expected.Tensor("weight") * 2, expected.Tensor("hidden_bias"));
        using var machine = new RestrictedBoltzmannMachine(layer, VisibleUnits.Bernoulli);
        using var twice = new RestrictedBoltzmannMachine(doubled, VisibleUnits.Bernoulli);

        machine.HiddenProbabilities(expected.Tensor("rows"), 2).ShouldBeClose(twice.HiddenProbabilities(expected.Tensor("rows")), 1e-6, "up");
        machine.VisibleMeans(expected.Tensor("codes"), 2).ShouldBeClose(twice.VisibleMeans(expected.Tensor("codes")), 1e-6, "down");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void ContrastiveDivergenceRaisesTheLikelihoodOfWhatItSees(int steps)
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(3);
        using var layer = new Linear(6, 4);
        using var machine = new RestrictedBoltzmannMachine(layer, VisibleUnits.Bernoulli);
        var rows = BoltzmannFixture.Patterns();
        var options = new ContrastiveDivergenceOptions { Epochs = 150, BatchSize = 20, LearningRate = 0.05, Steps = steps, WeightDecay = 0 };
        machine.Start(rows, options);
        var before = LogLikelihood(machine, rows);

        var errors = ContrastiveDivergence.Fit(machine, rows, options, new PretrainingLoop(new SeededRandom(1)), "tiny");

        // Independent units give no more than the sum of their own entropies, six times log 2 here but for the turned values;
        // the patterns themselves, were they never disturbed, would have log 3.
        before.ShouldBe(-6 * Math.Log(2), 0.3);
        LogLikelihood(machine, rows).ShouldBeGreaterThan(before + 1);
        errors.Count.ShouldBe(150);
        errors[^1].ShouldBeLessThan(errors[0] / 2);
    }

    [Fact]
    public void AMachineStartsWithTheMeanOfItsRows()
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        using var layer = new Linear(6, 40);
        using var machine = new RestrictedBoltzmannMachine(layer, VisibleUnits.Bernoulli);
        machine.Start(BoltzmannFixture.Patterns(), new ContrastiveDivergenceOptions());

        machine.VisibleMeans(Tensor.Zeros(1, 40)).Squeeze(0).ShouldBeClose(BoltzmannFixture.Patterns().Mean(0), 1e-5, "visible means");
        machine.HiddenBias.ToArray<float>().ShouldAllBe(b => b == 0);
        machine.Weight.Std().Item().ShouldBe(0.01, 0.002);

        var weights = machine.Weight.ToArray<float>();
        machine.Start(BoltzmannFixture.Patterns(), new ContrastiveDivergenceOptions { Epochs = 0 });
        machine.Weight.ToArray<float>().ShouldBe(weights);
    }

    [Fact]
    public void TheMeanFieldSettlesWhereNothingMoves()
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        var expected = BoltzmannFixture.Part("deep");
        using var inference = new MeanField([.. expected.Tensors("weights").Zip(expected.Tensors("biases"), BoltzmannFixture.Layer)], steps: 200);

        var settled = inference.Infer(expected.Tensor("rows"));

        foreach (var (field, layer) in expected.Tensors("mean_field").Select((f, l) => (f, l)))
        {
            settled[layer].ShouldBeClose(field, 2e-6, $"layer {layer + 1}");
        }

        inference.Forward(expected.Tensor("rows")).ShouldBeClose(settled[^1], 1e-9, "the top layer");
    }

    [Fact]
    public void EachLayerOfADeepMachineHasTheMeansThatAllOthersGiveIt()
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        var expected = BoltzmannFixture.Part("deep");
        using var inference = new MeanField([.. expected.Tensors("weights").Zip(expected.Tensors("biases"), BoltzmannFixture.Layer)], steps: 1);
        using var machine = new DeepBoltzmannMachine(inference, VisibleUnits.Gaussian);
        machine.VisibleBias.CopyFrom(expected.Tensor("visible_bias"));
        var state = expected.Tensors("state");

        foreach (var (means, i) in expected.Tensors("means").Select((m, i) => (m, i)))
        {
            machine.Means(state, i + 1).ShouldBeClose(means, 1e-5, $"layer {i + 1}");
        }

        machine.Means(state, 0).ShouldBeClose(state[1].MatMul(expected.Tensors("weights")[0]) + expected.Tensor("visible_bias"), 1e-5, "visible units");
    }

    [Fact]
    public void TrainingAllLayersTogetherRaisesTheLikelihoodOfTheWholeMachine()
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(4);
        using var inference = new MeanField([new Linear(6, 4), new Linear(4, 3)], steps: 10);
        using var machine = new DeepBoltzmannMachine(inference, VisibleUnits.Bernoulli);
        var rows = BoltzmannFixture.Patterns();
        var loop = new PretrainingLoop(new SeededRandom(2));
        var greedy = new ContrastiveDivergenceOptions { Epochs = 40, BatchSize = 20, LearningRate = 0.05, WeightDecay = 0 };
        machine.Start(rows, greedy, greedy, loop);
        var before = LogLikelihood(machine, inference, rows);

        machine.Fit(rows, new PersistentChainsOptions { Epochs = 100, BatchSize = 20, LearningRate = 0.1, WeightDecay = 0 }, loop);

        LogLikelihood(machine, inference, rows).ShouldBeGreaterThan(before + 0.2);
    }

    [Fact]
    public void ImpossibleMachinesAreRefused()
    {
        using var scope = new DisposeScope();
        using var single = new MeanField([new Linear(3, 2)], steps: 1);
        using var without = new Linear(3, 2, bias: false);
        Should.Throw<ArgumentOutOfRangeException>(() => new DeepBoltzmannMachine(single, VisibleUnits.Bernoulli));
        Should.Throw<ArgumentException>(() => new RestrictedBoltzmannMachine(without, VisibleUnits.Bernoulli)).Message.ShouldStartWith("A layer without bias");
        new ContrastiveDivergenceOptions { Epochs = -1, Steps = 0, Momentum = 1 }.Problems().ShouldBe(
            ["epochs must be at least 0, but is -1", "steps must be at least 1, but is 0", "momentum must be in [0, 1), but is 1"]);
        new PersistentChainsOptions { Chains = 0, LearningRate = 0 }.Problems().ShouldBe(
            ["learning-rate must be greater than 0, but is 0", "chains must be at least 1, but is 0"]);
    }

    /// <summary>The mean log-probability of rows, the normaliser summed over all visible states.</summary>
    private static double LogLikelihood(RestrictedBoltzmannMachine machine, Tensor rows)
    {
        using var noGrad = new NoGrad();
        return -machine.FreeEnergy(rows).Mean().Item() - (-machine.FreeEnergy(BoltzmannFixture.States(6))).LogSumExp([0]).Item();
    }

    /// <summary>The same of a machine of two hidden layers: the lower one summed out in closed form, the upper one by all its states.</summary>
    private static double LogLikelihood(DeepBoltzmannMachine machine, MeanField inference, Tensor rows)
    {
        using var noGrad = new NoGrad();
        var (lower, upper) = (inference.Layers[0], inference.Layers[1]);
        var top = BoltzmannFixture.States((int)upper.Weight.Size(0));
        Tensor Unnormalised(Tensor visible)
        {
            var input = lower.Forward(visible).Unsqueeze(1) + top.MatMul(upper.Weight).Unsqueeze(0);
            var own = visible.MatMul(machine.VisibleBias).Unsqueeze(1) + top.MatMul(upper.Bias!).Unsqueeze(0);
            return (own + Functional.Softplus(input).Sum(2)).LogSumExp([1]);
        }

        return Unnormalised(rows).Mean().Item() - Unnormalised(BoltzmannFixture.States(6)).LogSumExp([0]).Item();
    }
}
