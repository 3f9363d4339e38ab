using System.Text.Json;
using Undertone.Features;
using Undertone.Models;
using Undertone.Models.Neighbours;
using Undertone.Models.Trees;

namespace Undertone.Tests.Models;

/// <summary>Neighbours, forests and boosted trees, against scikit-learn's values (Data/Models/trees.py).</summary>
public sealed class TreesAndNeighboursTests
{
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Models", "trees.json"))).RootElement;

    public static TheoryData<string> Classifiers => ["neighbours", "forest", "boosted"];

    [Fact]
    public void Neighbours_vote_as_those_of_scikit_learn()
    {
        var data = Training() with { ClassWeights = [1, 1, 1] };
        foreach (var wanted in Expected.GetProperty("neighbours").EnumerateArray())
        {
            var options = new NearestNeighboursOptions
            {
                Neighbours = wanted.GetProperty("k").GetInt32(),
                Distance = Enum.Parse<VectorDistance>(wanted.GetProperty("distance").GetString()!, ignoreCase: true),
                Weights = Enum.Parse<NeighbourWeights>(wanted.GetProperty("weights").GetString()!, ignoreCase: true),
            };
            ShouldSay(NearestNeighbours.Fit(data, options), wanted, options.Distance == VectorDistance.Cosine ? 1e-4 : 1e-5);
        }
    }

    [Fact]
    public void Balanced_votes_are_weighted_by_class()
    {
        var data = Training();
        var plain = NearestNeighbours.Fit(data with { ClassWeights = [1, 1, 1] }, new NearestNeighboursOptions { Weights = NeighbourWeights.Uniform });
        var balanced = NearestNeighbours.Fit(data, new NearestNeighboursOptions { Weights = NeighbourWeights.Uniform });
        foreach (var row in Test())
        {
            double[] weighted = [.. plain.Probabilities(row).Zip(data.ClassWeights).Select(p => p.First * p.Second)];
            MixtureFixture.ShouldBeClose(balanced.Probabilities(row), [.. weighted.Select(w => w / weighted.Sum())], 1e-12);
        }
    }

    [Fact]
    public void A_single_tree_is_that_of_scikit_learn()
    {
        foreach (var wanted in Expected.GetProperty("trees").EnumerateArray())
        {
            var options = new RandomForestOptions
            {
                Trees = 1,
                Bootstrap = false,
                FeaturesASplit = 6,
                Depth = wanted.GetProperty("depth").GetInt32(),
                LeastRows = wanted.GetProperty("least").GetInt32(),
            };
            ShouldSay(RandomForestClassifier.Fit(Training(), options), wanted, 1e-6);
        }
    }

    [Fact]
    public void Boosted_trees_are_those_of_scikit_learn()
    {
        foreach (var wanted in Expected.GetProperty("boosted").EnumerateArray())
        {
            var options = new BoostedTreesOptions
            {
                Rounds = 15,
                Features = 1,
                Bins = wanted.GetProperty("bins").GetInt32(),
                Leaves = wanted.GetProperty("leaves").GetInt32(),
                LeastRows = wanted.GetProperty("least").GetInt32(),
                Penalty = wanted.GetProperty("penalty").GetDouble(),
                LearningRate = wanted.GetProperty("rate").GetDouble(),
            };
            ShouldSay(BoostedTreesClassifier.Fit(Training(), options), wanted, 1e-4);
        }
    }

    [Fact]
    public void A_forest_of_whole_trees_knows_its_training_rows_and_begins_as_a_smaller_one()
    {
        var data = Training();
        var forest = RandomForestClassifier.Fit(data, new RandomForestOptions { Trees = 60, LeastRows = 1 });
        data.Features.Zip(data.Labels).ShouldAllBe(d => Most(forest.Probabilities(d.First)) == d.Second);

        // Without a bootstrap every leaf is pure.
        var sure = RandomForestClassifier.Fit(data, new RandomForestOptions { Trees = 3, Bootstrap = false, LeastRows = 1 });
        data.Features.Zip(data.Labels).ShouldAllBe(d => sure.Probabilities(d.First)[d.Second] == 1);

        var (first, second) = (new ModelArrays(), new ModelArrays());
        RandomForestClassifier.Fit(data, new RandomForestOptions { Trees = 2 }).Write(first);
        RandomForestClassifier.Fit(data, new RandomForestOptions { Trees = 3 }).Write(second);
        second.Integers("features")[..first.Integers("features").Length].ShouldBe(first.Integers("features"));
        var other = new ModelArrays();
        RandomForestClassifier.Fit(data with { Seed = 2 }, new RandomForestOptions { Trees = 2 }).Write(other);
        other.Integers("features").ShouldNotBe(first.Integers("features"));
    }

    /// <summary>By hand: one split of one value parts the classes, two leaves of two shares; the threshold lies midway.</summary>
    [Fact]
    public void A_tree_of_one_split_is_counted_by_hand()
    {
        var data = Data([[1, 5], [2, 5], [4, 5], [8, 5]], [0, 0, 1, 1], 2);
        var forest = RandomForestClassifier.Fit(data, new RandomForestOptions { Trees = 1, Bootstrap = false, LeastRows = 1 });
        var arrays = new ModelArrays();
        forest.Write(arrays);

        arrays.Integers("features").ShouldBe([0, -1, -1]);
        arrays.Singles("thresholds")[0].ShouldBe(3f);
        arrays.Singles("values").ShouldBe([1, 0, 0, 1], ignoreOrder: true);
        forest.Parameters.ShouldBe(2 + 4);
        forest.MultiplyAdds(1).ShouldBe(2);
        NearestNeighbours.Fit(data, new NearestNeighboursOptions()).Parameters.ShouldBe((4 * 2) + 4);
        NearestNeighbours.Fit(data, new NearestNeighboursOptions()).MultiplyAdds(1).ShouldBe(4 * 2);
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void The_same_fit_and_arrays_give_the_same_probabilities(string name)
    {
        foreach (var data in new[] { Training(), WithoutOneClass(), Data([[1], [1], [1]], [0, 2, 2], 4) })
        {
            var (fitted, read) = Fit(name, data);
            var arrays = new ModelArrays();
            fitted.Write(arrays);
            var loaded = read(arrays);
            loaded.Parameters.ShouldBe(fitted.Parameters);
            loaded.MultiplyAdds(1).ShouldBe(fitted.MultiplyAdds(1));
            var (again, _) = Fit(name, data);
            foreach (var row in data.Features.Concat(data.Dimensions == 6 ? Test() : []))
            {
                var probabilities = fitted.Probabilities(row);
                probabilities.Sum().ShouldBe(1, 1e-12);
                probabilities.ShouldAllBe(p => p >= 0);
                loaded.Probabilities(row).ShouldBe(probabilities);
                again.Probabilities(row).ShouldBe(probabilities);
                Enumerable.Range(0, data.Classes).Where(c => !data.Labels.Contains(c)).ShouldAllBe(c => probabilities[c] == 0);
            }

            Should.Throw<UndertoneException>(() => fitted.Probabilities(new FeatureMatrix(new float[12], 2, 6))).Message
                .ShouldContain("needs one vector an utterance, but the features have 2 frames");
        }
    }

    [Fact]
    public void Damaged_trees_and_impossible_options_are_refused()
    {
        var arrays = new ModelArrays();
        arrays.Add("features", new[] { 0, -1, -1 });
        arrays.Add("thresholds", new float[3]);
        arrays.Add("next", new[] { 0, 0, 3 });
        arrays.Add("roots", new[] { 0 });
        arrays.Add("values", new float[6]);
        Should.Throw<UndertoneException>(() => TreeEnsemble.Read(arrays, 3)).Message.ShouldContain("Train the model again");

        new NearestNeighboursOptions { Neighbours = 0 }.Problems().ShouldBe(["neighbours must be at least 1, but is 0"]);
        new RandomForestOptions { Trees = 0, Depth = 0 }.Problems().ShouldBe(["trees must be at least 1, but is 0", "depth must be at least 1, but is 0"]);
        new BoostedTreesOptions { Leaves = 1, Bins = 300, LearningRate = 0, Penalty = -1, Features = 2 }.Problems().ShouldBe(
        [
            "leaves must be at least 2, but is 1",
            "bins must be at most 256, but is 300",
            "learning-rate must be in (0, 1], but is 0",
            "penalty must be at least 0, but is -1",
            "features must be in (0, 1], but is 2",
        ]);
    }

    private static (IFittedClassifier Fitted, Func<ModelArrays, IFittedClassifier> Read) Fit(string name, ClassifierData data) => name switch
    {
        "neighbours" => (NearestNeighbours.Fit(data, new NearestNeighboursOptions()), a => NearestNeighbours.Read(a, new NearestNeighboursOptions(), data.Classes)),
        "forest" => (RandomForestClassifier.Fit(data, new RandomForestOptions { Trees = 5 }), a => RandomForestClassifier.Read(a, data.Classes)),
        _ => (BoostedTreesClassifier.Fit(data, new BoostedTreesOptions { Rounds = 4 }), a => BoostedTreesClassifier.Read(a, data.Classes)),
    };

    private static void ShouldSay(IFittedClassifier classifier, JsonElement wanted, double tolerance) =>
        MixtureFixture.ShouldBeClose([.. Test().Select(classifier.Probabilities)], wanted.GetProperty("probabilities").Rows(), tolerance);

    private static int Most(double[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());

    private static ClassifierData WithoutOneClass()
    {
        var data = Training();
        int[] labels = [.. data.Labels.Select(l => l == 1 ? 3 : l)];
        return data with { Labels = labels, Classes = 4, ClassWeights = ClassifierData.BalancedWeights(labels, 4) };
    }

    private static ClassifierData Training() =>
        Data(Expected.GetProperty("rows").Rows(), Expected.GetProperty("labels").Deserialize<int[]>()!, 3);

    private static ClassifierData Data(double[][] rows, int[] labels, int classes) => new()
    {
        Features = [.. rows.Select(r => MixtureFixture.Frames([r]))],
        Labels = labels,
        Classes = classes,
        Speakers = [.. labels.Select((_, i) => $"s{i % 4}")],
        ClassWeights = ClassifierData.BalancedWeights(labels, classes),
        Seed = 1,
    };

    private static IEnumerable<FeatureMatrix> Test() => Expected.GetProperty("test").Rows().Select(r => MixtureFixture.Frames([r]));
}
