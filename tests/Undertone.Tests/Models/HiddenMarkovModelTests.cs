using System.Text.Json;
using Undertone.Features;
using Undertone.Models.Mixtures;

namespace Undertone.Tests.Models;

public sealed class HiddenMarkovModelTests
{
    [Fact]
    public void The_forward_score_sums_over_every_path()
    {
        var expected = MixtureFixture.Expected("hmm");
        var model = Model(expected.GetProperty("start"));
        var sequences = Sequences(expected);

        model.LogLikelihood(sequences[0]).ShouldBe(expected.GetProperty("by_paths").GetDouble(), 1e-9);
        MixtureFixture.ShouldBeClose([.. sequences.Select(model.LogLikelihood)], expected.GetProperty("forward").Numbers(), 1e-9);
        model.MeanLogLikelihood(sequences[1]).ShouldBe(expected.GetProperty("forward").Numbers()[1] / sequences[1].Frames, 1e-9);
    }

    [Fact]
    public void Baum_welch_agrees_with_its_transcription()
    {
        var expected = MixtureFixture.Expected("hmm");
        var learned = expected.GetProperty("learned");
        var sequences = Sequences(expected);
        var options = new HiddenMarkovModelOptions
        {
            Iterations = expected.GetProperty("iterations").GetInt32(),
            Tolerance = 0,
            Mixture = new GaussianMixtureOptions { VarianceFloor = 0 },
        };

        var model = Model(expected.GetProperty("start")).Improve(sequences, options).Model;

        MixtureFixture.ShouldBeClose(model.Initial, learned.GetProperty("initial").Numbers(), 1e-9);
        MixtureFixture.ShouldBeClose(model.Transitions, learned.GetProperty("transitions").Rows(), 1e-9);
        for (var s = 0; s < 3; s++)
        {
            MixtureFixture.ShouldBeClose(model.States[s].Weights, learned.GetProperty("weights")[s].Numbers(), 1e-9);
            MixtureFixture.ShouldBeClose(model.States[s].Means, learned.GetProperty("means")[s].Rows(), 1e-8);
            MixtureFixture.ShouldBeClose(model.States[s].Variances, learned.GetProperty("variances")[s].Rows(), 1e-8);
        }

        MixtureFixture.ShouldBeClose([.. sequences.Select(model.LogLikelihood)], expected.GetProperty("learned_forward").Numbers(), 1e-8);
    }

    [Fact]
    public void No_iteration_lowers_the_likelihood() => MixtureFixture.ForAnySeed(60, seed =>
    {
        var options = new HiddenMarkovModelOptions
        {
            States = 1 + (seed % 5),
            Topology = seed % 4 == 0 ? HmmTopology.Ergodic : HmmTopology.LeftToRight,
            Iterations = 12,
            Tolerance = -1,
            Mixture = new GaussianMixtureOptions { Components = 1 + (seed % 3), Iterations = seed % 3 },
        };
        var (model, history) = HiddenMarkovModel.Fit(MixtureFixture.Awkward(seed), options, SeededRandom.From(seed));
        return model.States.All(s => s.IsSound()) && MixtureFixture.NeverFalls(history) && history.Count == options.Iterations + 1;
    });

    [Fact]
    public void Recovers_the_model_that_sequences_were_drawn_from()
    {
        var truth = new HiddenMarkovModel(
            [1, 0, 0],
            [[0.9, 0.1, 0], [0, 0.8, 0.2], [0, 0, 1]],
            [.. new[] { -3.0, 0.5, 4 }.Select(m => new GaussianMixture([1], [[m, -m]], [[1, 0.25]]))]);
        var random = new SeededRandom(3);
        var sequences = Enumerable.Range(0, 150).Select(_ => Draw(truth, 30, random)).ToList();

        var (model, history) = HiddenMarkovModel.Fit(
            sequences, new HiddenMarkovModelOptions { States = 3, Iterations = 40, Tolerance = 1e-6, Mixture = new() { Components = 1 } }, random);

        history.Count.ShouldBeGreaterThan(3);
        MixtureFixture.ShouldBeClose(model.Transitions, [[0.9, 0.1, 0], [0, 0.8, 0.2], [0, 0, 1]], 0.03);
        for (var s = 0; s < 3; s++)
        {
            MixtureFixture.ShouldBeClose(model.States[s].Means[0], [.. truth.States[s].Means[0]], 0.1);
            MixtureFixture.ShouldBeClose(model.States[s].Variances[0], [1, 0.25], 0.1);
        }

        model.Initial.ShouldBe([1, 0, 0]);
    }

    [Fact]
    public void One_state_is_a_mixture()
    {
        var data = MixtureFixture.Awkward(21);
        var options = new HiddenMarkovModelOptions { States = 1, Iterations = 0, Mixture = new() { Components = 3 } };

        var model = HiddenMarkovModel.Fit(data, options, new SeededRandom(1)).Model;

        foreach (var sequence in data)
        {
            model.MeanLogLikelihood(sequence).ShouldBe(model.States[0].MeanLogLikelihood(sequence), 1e-9);
        }
    }

    [Fact]
    public void Sequences_shorter_than_the_states_and_long_ones_have_finite_scores()
    {
        var random = new SeededRandom(8);
        List<FeatureMatrix> data = [MixtureFixture.Noise(random, 2, 3), MixtureFixture.Noise(random, 1, 3), MixtureFixture.Noise(random, 4, 3)];

        var model = HiddenMarkovModel.Fit(data, new HiddenMarkovModelOptions { States = 6 }, random).Model;

        double.IsFinite(model.LogLikelihood(MixtureFixture.Noise(random, 1, 3))).ShouldBeTrue();
        double.IsFinite(model.LogLikelihood(MixtureFixture.Noise(random, 20_000, 3, mean: 50))).ShouldBeTrue();
    }

    [Fact]
    public void Says_what_is_wrong_with_parameters()
    {
        var state = new GaussianMixture([1], [[0]], [[1]]);
        Should.Throw<UndertoneException>(() => new HiddenMarkovModel([1], [[0.5]], [state])).Message.ShouldContain("with the sum 1");
        Should.Throw<UndertoneException>(() => new HiddenMarkovModel([1, 0], [[1]], [state, state])).Message.ShouldContain("2 states");
        new HiddenMarkovModelOptions { States = 0 }.Problems().ShouldBe(["states must be at least 1, but is 0"]);
    }

    private static FeatureMatrix Draw(HiddenMarkovModel model, int frames, SeededRandom random)
    {
        var rows = new double[frames][];
        var state = 0;
        for (var t = 0; t < frames; t++)
        {
            var mixture = model.States[state];
            rows[t] = [.. mixture.Means[0].Select((m, d) => m + (Math.Sqrt(mixture.Variances[0][d]) * random.NextGaussian()))];
            state = random.NextDouble() < model.Transitions[state][state] ? state : state + 1;
        }

        return MixtureFixture.Frames(rows);
    }

    private static List<FeatureMatrix> Sequences(JsonElement expected) =>
        [.. expected.GetProperty("sequences").EnumerateArray().Select(s => s.Frames())];

    private static HiddenMarkovModel Model(JsonElement json) => new(
        json.GetProperty("initial").Numbers(),
        json.GetProperty("transitions").Rows(),
        [.. Enumerable.Range(0, 3).Select(s => new GaussianMixture(
            json.GetProperty("weights")[s].Numbers(), json.GetProperty("means")[s].Rows(), json.GetProperty("variances")[s].Rows()))]);
}
