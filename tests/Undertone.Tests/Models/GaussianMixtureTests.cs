using Undertone.Features;
using Undertone.Models.Mixtures;

namespace Undertone.Tests.Models;

public sealed class GaussianMixtureTests
{
    [Fact]
    public void Agrees_with_scikit_learn_from_the_same_start()
    {
        var expected = MixtureFixture.Expected("mixture");
        var start = expected.GetProperty("start");
        var frames = expected.GetProperty("frames").Frames();
        var options = new GaussianMixtureOptions { Iterations = expected.GetProperty("iterations").GetInt32(), Tolerance = 0, VarianceFloor = 0 };

        var mixture = Mixture(start).Improve([frames], options).Mixture;

        MixtureFixture.ShouldBeClose(mixture.Weights, expected.GetProperty("weights").Numbers(), 1e-9);
        MixtureFixture.ShouldBeClose(mixture.Means, expected.GetProperty("means").Rows(), 1e-9);
        MixtureFixture.ShouldBeClose(mixture.Variances, expected.GetProperty("variances").Rows(), 1e-9);
        var densities = expected.GetProperty("log_likelihoods").Numbers();
        for (var f = 0; f < frames.Frames; f++)
        {
            mixture.LogLikelihood(frames[f]).ShouldBe(densities[f], 1e-8);
        }

        mixture.MeanLogLikelihood(frames).ShouldBe(densities.Average(), 1e-9);
    }

    [Fact]
    public void Adapts_from_a_background_model_as_the_equations_say()
    {
        var expected = MixtureFixture.Expected("map");
        var background = Mixture(MixtureFixture.Expected("mixture"));
        var options = new MapAdaptationOptions { Relevance = expected.GetProperty("relevance").GetDouble(), Weights = true, Variances = true, VarianceFloor = 1e-6 };

        var adapted = background.Adapt([expected.GetProperty("frames").Frames()], options);

        MixtureFixture.ShouldBeClose(adapted.Weights, expected.GetProperty("weights").Numbers(), 1e-9);
        MixtureFixture.ShouldBeClose(adapted.Means, expected.GetProperty("means").Rows(), 1e-9);
        MixtureFixture.ShouldBeClose(adapted.Variances, expected.GetProperty("variances").Rows(), 1e-8);
    }

    [Fact]
    public void A_component_that_the_class_says_nothing_of_stays_where_it_is()
    {
        var background = new GaussianMixture([0.5, 0.5], [[0.0], [1000.0]], [[1.0], [1.0]]);

        var adapted = background.Adapt([MixtureFixture.Noise(new SeededRandom(1), 50, 1, mean: 2)], new MapAdaptationOptions());

        adapted.Means[1][0].ShouldBe(1000);
        adapted.Means[0][0].ShouldBe(2 * 50 / 66.0, 0.3);
        adapted.Weights.ShouldBe([0.5, 0.5]);
    }

    [Fact]
    public void No_iteration_lowers_the_likelihood() => MixtureFixture.ForAnySeed(100, seed =>
    {
        var options = new GaussianMixtureOptions { Components = 1 + (seed % 9), Iterations = 25, Tolerance = -1, StartIterations = 1 + (seed % 3) };
        var (mixture, history) = GaussianMixture.Fit(MixtureFixture.Awkward(seed), options, SeededRandom.From(seed));
        return mixture.IsSound() && MixtureFixture.NeverFalls(history) && history.Count == options.Iterations + 1;
    });

    [Fact]
    public void Recovers_the_mixture_that_frames_were_drawn_from()
    {
        double[] weights = [0.5, 0.3, 0.2];
        double[][] means = [[0, 0, 5], [4, -3, 0], [-4, 4, 0]];
        double[][] deviations = [[1, 0.5, 0.7], [0.4, 1, 1], [0.8, 0.8, 0.3]];
        var random = new SeededRandom(11);
        var rows = Enumerable.Range(0, 4000).Select(_ =>
        {
            var u = random.NextDouble();
            var k = u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
            return Enumerable.Range(0, 3).Select(d => means[k][d] + (deviations[k][d] * random.NextGaussian())).ToArray();
        }).ToArray();

        var mixture = GaussianMixture.Fit([MixtureFixture.Frames(rows)], new GaussianMixtureOptions { Components = 3, Iterations = 50 }, random).Mixture;

        for (var k = 0; k < 3; k++)
        {
            var nearest = Enumerable.Range(0, 3).MinBy(j => mixture.Means[j].Zip(means[k], (a, b) => (a - b) * (a - b)).Sum());
            mixture.Weights[nearest].ShouldBe(weights[k], 0.03);
            MixtureFixture.ShouldBeClose(mixture.Means[nearest], means[k], 0.1);
            MixtureFixture.ShouldBeClose([.. mixture.Variances[nearest].Select(Math.Sqrt)], deviations[k], 0.1);
        }
    }

    [Fact]
    public void A_component_that_explains_nothing_is_put_where_frames_are_explained_worst()
    {
        var random = new SeededRandom(5);
        List<FeatureMatrix> data = [MixtureFixture.Noise(random, 200, 2), MixtureFixture.Noise(random, 60, 2, mean: 9, spread: 0.5)];
        var start = new GaussianMixture([0.9, 0.1], [[1, 1], [1e4, 1e4]], [[4, 4], [1, 1]]);

        var (mixture, history) = start.Improve(data, new GaussianMixtureOptions { Iterations = 60, Tolerance = 0 });

        MixtureFixture.NeverFalls(history).ShouldBeTrue();
        mixture.Means[1][0].ShouldBe(9, 0.3);
        mixture.Weights[1].ShouldBe(60 / 260.0, 0.02);
    }

    [Fact]
    public void Data_without_spread_give_one_component_and_finite_densities()
    {
        var flat = new FeatureMatrix([.. Enumerable.Repeat(3f, 20)], 10, 2);

        var mixture = GaussianMixture.Fit([flat], new GaussianMixtureOptions { Components = 4 }, new SeededRandom(1)).Mixture;

        mixture.Components.ShouldBe(1);
        double.IsFinite(mixture.LogLikelihood([3, 3])).ShouldBeTrue();
        double.IsFinite(mixture.LogLikelihood([1e6f, 3])).ShouldBeTrue();
        mixture.LogLikelihood([3, 3]).ShouldBeGreaterThan(mixture.LogLikelihood([4, 3]));
    }

    [Fact]
    public void The_same_seed_gives_the_same_mixture()
    {
        var data = MixtureFixture.Awkward(12);
        var options = new GaussianMixtureOptions { Components = 4 };
        var (first, second) = (GaussianMixture.Fit(data, options, new SeededRandom(2)).Mixture, GaussianMixture.Fit(data, options, new SeededRandom(2)).Mixture);
        second.Means.SelectMany(m => m).ShouldBe(first.Means.SelectMany(m => m));
    }

    [Fact]
    public void Says_what_is_wrong_with_frames()
    {
        var options = new GaussianMixtureOptions();
        Should.Throw<UndertoneException>(() => GaussianMixture.Fit([], options, new SeededRandom(1)))
            .Message.ShouldBe("a mixture cannot be learned from no frames; expected at least one.");
        Should.Throw<UndertoneException>(() => GaussianMixture.Fit([new([1, 2], 1, 2), new([1], 1, 1)], options, new SeededRandom(1)))
            .Message.ShouldBe("sequence 1 has 1 values a frame; expected 2.");
        Should.Throw<UndertoneException>(() => GaussianMixture.Fit([new([1, 2, 3, float.NaN], 2, 2)], options, new SeededRandom(1)))
            .Message.ShouldBe("sequence 0 has the value NaN in frame 1, dimension 1; expected finite numbers.");
        Should.Throw<UndertoneException>(() => new GaussianMixture([0.5, 0.6], [[1], [2]], [[1], [1]])).Message.ShouldContain("with the sum 1");
        Should.Throw<UndertoneException>(() => new GaussianMixture([1], [[1]], [[0]])).Message.ShouldContain("variances above 0");
        new GaussianMixtureOptions { Components = 0, VarianceFloor = 2 }.Problems().ShouldBe(
            ["components must be at least 1, but is 0", "variance-floor must be in [0, 1], but is 2"]);
        new MapAdaptationOptions { Relevance = 0 }.Problems().ShouldBe(["relevance must be greater than 0, but is 0"]);
    }

    private static GaussianMixture Mixture(System.Text.Json.JsonElement json) =>
        new(json.GetProperty("weights").Numbers(), json.GetProperty("means").Rows(), json.GetProperty("variances").Rows());
}
