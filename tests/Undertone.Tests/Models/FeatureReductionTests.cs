using System.Text.Json;
using Undertone.Features;
using Undertone.Models;
using Undertone.Models.Projection;
using Undertone.Models.Selection;
using Undertone.Models.SupportVectors;

namespace Undertone.Tests.Models;

/// <summary>Selections and projections, against scikit-learn's and SciPy's values (Data/Models/reduction.py).</summary>
public sealed class FeatureReductionTests
{
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Models", "reduction.json"))).RootElement;

    public static TheoryData<string> Cases => ["tall", "wide"];

    public static TheoryData<string> Selections => [.. FeatureSelectionCatalog.All.Select(s => s.Name)];

    public static TheoryData<string> Projections => [.. FeatureProjectionCatalog.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_of_single_values_are_those_of_scikit_learn(string name)
    {
        var data = Data(name);
        for (var d = 0; d < data.Dimensions; d++)
        {
            double[] column = [.. data.Features.Select(f => (double)f.Values[d])];
            var anova = Expected.GetProperty(name).GetProperty("anova")[d].GetDouble();
            AnovaF.Score(column, data.Labels, 3).ShouldBe(anova, 1e-9 * anova);
            MutualInformation.Score(column, data.Labels, 3).ShouldBe(Expected.GetProperty(name).GetProperty("mutual")[d].GetDouble(), 1e-9);
        }
    }

    [Theory]
    [InlineData("tall", "anova-f", "anova")]
    [InlineData("wide", "anova-f", "anova")]
    [InlineData("tall", "mutual-information", "mutual")]
    [InlineData("wide", "mutual-information", "mutual")]
    public void The_best_scores_are_chosen(string name, string method, string scores)
    {
        var values = Expected.GetProperty(name).GetProperty(scores).Numbers();

        var chosen = FeatureSelectionCatalog.Get(method).Choose(Data(name), 5);

        chosen.ShouldBe(Enumerable.Range(0, values.Length).OrderByDescending(d => values[d]).Take(5));
    }

    [Theory]
    [InlineData("tall", "mrmr", "mrmr")]
    [InlineData("wide", "mrmr", "mrmr")]
    [InlineData("tall", "recursive-elimination", "rfe")]
    [InlineData("wide", "recursive-elimination", "rfe")]
    public void Choices_made_together_are_those_of_scikit_learn_s_parts(string name, string method, string expected)
    {
        var wanted = Expected.GetProperty(name).GetProperty(expected).Deserialize<int[]>()!;

        FeatureSelectionCatalog.Get(method).Choose(Data(name), wanted.Length).ShouldBe(wanted);
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void A_selection_is_of_the_wanted_size_and_survives_values_that_do_not_vary(string method)
    {
        MixtureFixture.ForAnySeed(40, seed =>
        {
            var random = SeededRandom.From("selection", seed);
            int[] labels = [.. Enumerable.Range(0, 20 + random.NextInt(30)).Select(i => i < 2 ? i : random.NextInt(4))];
            var dimensions = 1 + random.NextInt(40);
            var rows = labels.Select(l => MixtureFixture.Noise(random, 1, dimensions, l)).ToList();
            rows.ForEach(r => r.Values[random.NextInt(dimensions)] = 2);
            rows.ForEach(r => r.Values[0] = seed % 2);
            var data = Data(rows, labels, 4);
            var count = 1 + random.NextInt(dimensions);

            var chosen = FeatureSelectionCatalog.Get(method).Choose(data, count);

            return chosen.Length == count && chosen.Distinct().Count() == count && chosen.All(d => d >= 0 && d < dimensions)
                && (count == dimensions || method is "mrmr" or "mutual-information" || !chosen.Contains(0))
                && chosen.SequenceEqual(FeatureSelectionCatalog.Get(method).Choose(data, count));
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Principal_components_are_those_of_scikit_learn(string name)
    {
        var expected = Expected.GetProperty(name);
        ShouldProject(Data(name), new ProjectionOptions { Method = "pca", Dimensions = 4 }, expected.GetProperty("pca").Rows());
        foreach (var share in expected.GetProperty("reaching").EnumerateObject())
        {
            var options = new ProjectionOptions { Variance = double.Parse(share.Name, System.Globalization.CultureInfo.InvariantCulture) };
            LinearProjection.Fit(Data(name), options).Dimensions.ShouldBe(share.Value.GetInt32());
        }

        LinearProjection.Fit(Data(name), new ProjectionOptions()).Dimensions.ShouldBe(expected.GetProperty("reaching").GetProperty("0.95").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Discriminants_are_the_generalised_eigenvectors(string name)
    {
        var expected = Expected.GetProperty(name);
        ShouldProject(Data(name), new ProjectionOptions { Method = "lda", Shrinkage = 0.3 }, expected.GetProperty("shrunk").Rows());
        ShouldProject(Data(name), new ProjectionOptions { Method = "lda" }, expected.GetProperty("estimated").Rows());
        if (name == "tall")
        {
            ShouldProject(Data(name), new ProjectionOptions { Method = "lda", Shrinkage = 0 }, expected.GetProperty("plain").Rows());
        }
        else
        {
            Should.Throw<UndertoneException>(() => LinearProjection.Fit(Data(name), new ProjectionOptions { Method = "lda", Shrinkage = 0 })).Message
                .ShouldContain("choose a greater shrinkage");
        }
    }

    [Theory]
    [MemberData(nameof(Projections))]
    public void More_dimensions_than_there_are_give_those_there_are(string method)
    {
        var projection = LinearProjection.Fit(Data("wide"), new ProjectionOptions { Method = method, Dimensions = 500 });

        projection.Dimensions.ShouldBe(method == "lda" ? 2 : 39);
        projection.MultiplyAdds.ShouldBe(projection.Dimensions * 90);
        projection.Parameters.ShouldBe(projection.Dimensions * 91);
        Should.Throw<UndertoneException>(() => projection.Apply(new FeatureMatrix(new float[5], 1, 5))).Message
            .ShouldBe("a projection was fitted on 90 values, and these have 5.");
        var still = Enumerable.Range(0, 6).Select(_ => new FeatureMatrix([1, 2], 1, 2)).ToList();
        Should.Throw<UndertoneException>(() => LinearProjection.Fit(Data(still, [0, 1, 0, 1, 0, 1], 2), new ProjectionOptions { Method = method })).Message
            .ShouldContain("values that vary");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_classifier_behind_reductions_is_the_same_after_reading(bool select, bool project)
    {
        var data = Data("wide");
        var machine = new SupportVectorMachineOptions { Kernel = SvmKernel.Linear };
        var selection = select ? new SelectionOptions { Count = 20 } : null;
        var projection = project ? new ProjectionOptions { Dimensions = 6 } : null;
        var fitted = FeatureReduction.Fit(data, selection, projection, d => SupportVectorMachine.Fit(d, machine));
        var arrays = new ModelArrays();
        fitted.Write(arrays);

        var read = FeatureReduction.Read(arrays, 90, selection, projection, a => SupportVectorMachine.Read(a, machine, 3));

        data.Features.ShouldAllBe(f => read.Probabilities(f).SequenceEqual(fitted.Probabilities(f)));

        // Three pairs of classes: a direction and an offset each, and one sharpness.
        var (before, left) = (select ? 20 : 90, project ? 6 : 20);
        read.Parameters.ShouldBe((select ? 20 : 0) + (project ? 6 * (before + 1) : 0) + (3 * (left + 1)) + 1);
        read.MultiplyAdds(1).ShouldBe((project ? 6 * before : 0) + (3 * left));
        Should.Throw<UndertoneException>(() => FeatureReduction.Read(arrays, 10, selection, projection, a => SupportVectorMachine.Read(a, machine, 3)));
    }

    [Fact]
    public void Impossible_options_are_refused_by_name()
    {
        new SelectionOptions { Count = 0 }.Problems().ShouldBe(["count must be at least 1, but is 0"]);
        new SelectionOptions { Method = "anova" }.Problems().ShouldBe(["there is no method 'anova'; did you mean 'anova-f'?"]);
        new ProjectionOptions { Method = "pda" }.Problems().ShouldHaveSingleItem().ShouldStartWith("there is no method 'pda'; did you mean");
        new ProjectionOptions { Dimensions = 3, Variance = 0.9 }.Problems().ShouldBe(["dimensions and variance both say how much is kept; leave one of them out"]);
        new ProjectionOptions { Variance = 1.5 }.Problems().ShouldBe(["variance must be in (0, 1], but is 1.5"]);
        new ProjectionOptions { Method = "lda", Shrinkage = 2 }.Problems().ShouldBe(["shrinkage must be in [0, 1], but is 2"]);
        new ProjectionOptions { Method = "lda", Variance = 0.9 }.Problems().ShouldHaveSingleItem().ShouldContain("give dimensions");
        new ProjectionOptions { Shrinkage = 0.5 }.Problems().ShouldHaveSingleItem().ShouldContain("have no shrinkage");
        Should.Throw<UndertoneException>(() => FeatureSelectionCatalog.Get("mrmrr")).Message.ShouldBe("there is no feature selection 'mrmrr'; did you mean 'mrmr'?");
        Should.Throw<UndertoneException>(() => FeatureProjectionCatalog.Get("ldaa")).Message.ShouldBe("there is no projection 'ldaa'; did you mean 'lda'?");
    }

    /// <summary>A direction is free to point either way.</summary>
    private static void ShouldProject(ClassifierData data, ProjectionOptions options, double[][] expected)
    {
        var projection = LinearProjection.Fit(data, options);
        projection.Dimensions.ShouldBe(expected[0].Length);
        var actual = data.Features.Select(f => projection.Apply(f).Values).ToArray();
        for (var k = 0; k < expected[0].Length; k++)
        {
            var sign = Math.Sign(actual[0][k] * expected[0][k]);
            for (var n = 0; n < expected.Length; n++)
            {
                actual[n][k].ShouldBe((float)(sign * expected[n][k]), 2e-4f);
            }
        }
    }

    private static ClassifierData Data(string name)
    {
        var part = Expected.GetProperty(name);
        return Data(
            [.. part.GetProperty("rows").Rows().Select(r => MixtureFixture.Frames([r]))], part.GetProperty("labels").Deserialize<int[]>()!, 3);
    }

    private static ClassifierData Data(IReadOnlyList<FeatureMatrix> rows, int[] labels, int classes) => new()
    {
        Features = rows,
        Labels = labels,
        Classes = classes,
        Speakers = [.. labels.Select((_, i) => $"s{i % 4}")],
        ClassWeights = ClassifierData.BalancedWeights(labels, classes),
        Seed = 1,
    };
}
