using Undertone.Features;
using Undertone.Models;
using Undertone.Models.Mixtures;

namespace Undertone.Tests.Models;

public sealed class LikelihoodClassifierTests
{
    [Fact]
    public void Classes_that_speakers_share_are_told_apart_and_trusted()
    {
        var classifier = Fit(Data(separation: 3));

        var sure = classifier.Probabilities(Sequence(new SeededRandom(9), centre: 3));

        sure.Sum().ShouldBe(1, 1e-12);
        sure[1].ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void Where_classes_are_alike_no_answer_is_sure()
    {
        var classifier = Fit(Data(separation: 0));

        var unsure = classifier.Probabilities(Sequence(new SeededRandom(9), centre: 0));

        unsure[0].ShouldBe(0.5, 0.2);
    }

    [Fact]
    public void Priors_are_those_of_the_classes_unless_they_are_balanced()
    {
        var data = Data(separation: 0.0);
        data = data with
        {
            Features = [.. data.Features, .. data.Features.Where((_, i) => data.Labels[i] == 0)],
            Speakers = [.. data.Speakers, .. data.Speakers.Where((_, i) => data.Labels[i] == 0)],
            Labels = [.. data.Labels, .. data.Labels.Where(l => l == 0)],
        };
        var far = Sequence(new SeededRandom(9), centre: 0);

        var counted = Fit(data).Probabilities(far);
        var balanced = Fit(data with { ClassWeights = ClassifierData.BalancedWeights(data.Labels, 2) }).Probabilities(far);

        counted[0].ShouldBeGreaterThan(balanced[0]);
    }

    [Fact]
    public void Is_the_same_after_reading()
    {
        var classifier = Fit(Data(separation: 1));
        var arrays = new ModelArrays();
        classifier.Write(arrays);
        var sequence = Sequence(new SeededRandom(4), centre: 0.5);

        LikelihoodClassifier.Read(arrays, 2, 2, GaussianMixture.Read).Probabilities(sequence).ShouldBe(classifier.Probabilities(sequence));
        Should.Throw<UndertoneException>(() => LikelihoodClassifier.Read(arrays, 3, 2, GaussianMixture.Read)).Message.ShouldContain("priors");
    }

    /// <summary>Two classes, a prior each, and the scale; one mixture each of 2 components in D dimensions.</summary>
    [Fact]
    public void The_cost_is_counted_by_hand()
    {
        var data = Data(separation: 3);
        var classifier = LikelihoodClassifier.Fit(data, 1, 2, (byClass, _) =>
            [.. byClass.Select(_ => new GaussianMixture([0.5, 0.5], Twice(data.Dimensions, 0), Twice(data.Dimensions, 1)))]);

        classifier.Parameters.ShouldBe((2 * (2 + (2 * 2 * data.Dimensions))) + 2 + 1);
        classifier.MultiplyAdds(10).ShouldBe(10 * 2 * 2 * 2 * data.Dimensions);
    }

    private static double[][] Twice(int dimensions, double value) => [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Repeat(value, dimensions).ToArray())];

    private static LikelihoodClassifier Fit(ClassifierData data) => LikelihoodClassifier.Fit(data, 2, 2, (byClass, random) =>
        [.. byClass.Select(c => GaussianMixture.Fit(c, new GaussianMixtureOptions { Components = 2 }, random).Mixture)]);

    /// <summary>Four speakers who say each of two classes four times.</summary>
    private static ClassifierData Data(double separation)
    {
        var random = new SeededRandom(2);
        var rows = Enumerable.Range(0, 32).Select(i => (Speaker: $"s{i % 4}", Label: i / 4 % 2)).ToList();
        return new ClassifierData
        {
            Features = [.. rows.Select(r => Sequence(random, r.Label * separation))],
            Labels = [.. rows.Select(r => r.Label)],
            Classes = 2,
            Speakers = [.. rows.Select(r => r.Speaker)],
            ClassWeights = [1, 1],
            Seed = 1,
        };
    }

    private static FeatureMatrix Sequence(SeededRandom random, double centre) => MixtureFixture.Noise(random, 30, 3, centre);
}
