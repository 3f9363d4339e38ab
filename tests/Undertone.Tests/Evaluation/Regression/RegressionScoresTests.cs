using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Undertone.Evaluation.Regression;

namespace Undertone.Tests.Evaluation.Regression;

/// <summary>Against SciPy, scikit-learn and NumPy (Data/Evaluation/regression.py), and properties.</summary>
public sealed class RegressionScoresTests
{
    private static readonly ExpectedValues Values = new("regression.json");

    public static TheoryData<string> Names => Values.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_scipy_and_scikit_learn(string name)
    {
        var expected = Values[name];
        var (truth, predicted) = (ExpectedValues.Numbers(expected.GetProperty("true")), ExpectedValues.Numbers(expected.GetProperty("predicted")));
        foreach (var metric in RegressionMetricCatalog.Default.All)
        {
            ExpectedValues.ShouldAgree(metric.Score(truth, predicted), expected.GetProperty(metric.Name), metric.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bootstrap_agrees_with_numpy_on_the_same_draws(string name)
    {
        var expected = Values[name];
        var (truth, predicted) = (ExpectedValues.Numbers(expected.GetProperty("true")), ExpectedValues.Numbers(expected.GetProperty("predicted")));
        var rows = truth.Select((t, i) => new RegressionRow($"u{i}", expected.GetProperty("speakers")[i].GetString()!, [0, t], [1, predicted[i]])).ToList();
        var interval = RegressionBootstrap.Of(new ConcordanceCorrelation(), rows, 1, seed: truth.Length, resamples: 300);
        RegressionBootstrap.Of(new ConcordanceCorrelation(), [.. rows.AsEnumerable().Reverse()], 1, seed: truth.Length, resamples: 300).ShouldBe(interval);
        if (expected.GetProperty("ccc_interval").ValueKind == JsonValueKind.Null)
        {
            interval.ShouldBeNull();
            return;
        }

        interval.ShouldNotBeNull();
        ExpectedValues.ShouldAgree([interval.Low, interval.High], expected.GetProperty("ccc_interval"), "interval");
        ExpectedValues.ShouldAgree(interval.Estimate, expected.GetProperty("ccc"), "estimate");
    }

    [Fact]
    public void Scores_of_a_table_are_those_of_its_targets()
    {
        RegressionRow[] rows =
        [
            new("u1", "03", [1, 5], [1, 4]),
            new("u2", "03", [2, 5], [2, 5]),
            new("u3", "08", [3, 5], [4, 6]),
        ];
        var scores = RegressionScores.From(new RegressionTable(["arousal", "valence"], rows));
        scores.Count.ShouldBe(3);
        scores.Targets.Select(t => t.Target).ShouldBe(["arousal", "valence"]);
        var arousal = scores.Targets[0];
        arousal.Ccc.ShouldBe(new ConcordanceCorrelation().Score([1, 2, 3], [1, 2, 4]));
        arousal.Pearson.ShouldBe(new PearsonCorrelation().Score([1, 2, 3], [1, 2, 4]));
        (arousal.Mse, arousal.Rmse, arousal.Mae).ShouldBe((1 / 3.0, Math.Sqrt(1 / 3.0), 1 / 3.0));
        arousal.TrueVariance.ShouldBe(2 / 3.0, 1e-12);
        scores.Targets[1].Ccc.ShouldBe(0);
        scores.MeanCcc.ShouldBe(arousal.Ccc / 2, 1e-12);
        scores.Speakers.Select(s => (s.Speaker, s.Count)).ShouldBe([("03", 2), ("08", 1)]);
        scores.Speakers[0].Targets[0].Ccc.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Metrics_are_found_by_name()
    {
        RegressionMetricCatalog.Default.Names.ShouldBe(["ccc", "pearson", "mse", "rmse", "mae"]);
        RegressionMetricCatalog.Default.Get("ccc").ShouldBeOfType<ConcordanceCorrelation>();
        Should.Throw<UndertoneException>(() => RegressionMetricCatalog.Default.Get("pearsn")).Message.ShouldBe("there is no regression metric 'pearsn'; did you mean 'pearson'?");
    }

    [Fact]
    public void The_order_of_rows_does_not_matter_and_bounds_hold() => ForAny((truth, predicted) =>
    {
        var order = Enumerable.Range(0, truth.Length).OrderBy(i => (i * 7) % 11).ToArray();
        return RegressionMetricCatalog.Default.All.All(metric =>
        {
            var value = metric.Score(truth, predicted);
            var again = metric.Score([.. order.Select(i => truth[i])], [.. order.Select(i => predicted[i])]);
            return (value.Equals(again) || Math.Abs(value - again) < 1e-9)
                && (double.IsNaN(value) || (metric.HigherIsBetter ? value is >= -1 - 1e-12 and <= 1 + 1e-12 : value >= 0));
        });
    });

    [Fact]
    public void A_perfect_prediction_is_best() => ForAny((truth, _) => RegressionMetricCatalog.Default.All.All(metric =>
        truth.Distinct().Count() == 1 && metric.HigherIsBetter
            ? double.IsNaN(metric.Score(truth, truth))
            : Math.Abs(metric.Score(truth, truth) - (metric.HigherIsBetter ? 1 : 0)) < 1e-9));

    [Fact]
    public void Concordance_is_symmetric_and_never_farther_from_zero_than_correlation() => ForAny((truth, predicted) =>
    {
        var (ccc, pearson) = (new ConcordanceCorrelation().Score(truth, predicted), new PearsonCorrelation().Score(truth, predicted));
        return ccc.Equals(new ConcordanceCorrelation().Score(predicted, truth))
            && (double.IsNaN(pearson) || Math.Abs(ccc) <= Math.Abs(pearson) + 1e-9);
    });

    [Fact]
    public void Nothing_to_score_is_an_error()
    {
        Should.Throw<UndertoneException>(() => new MeanAbsoluteError().Score([], [])).Message.ShouldContain("at least one row");
        Should.Throw<ArgumentException>(() => new MeanAbsoluteError().Score([1], []));
        Should.Throw<UndertoneException>(() => RegressionScores.From([], ["arousal"]));
        Should.Throw<ArgumentOutOfRangeException>(() => RegressionBootstrap.Of(new ConcordanceCorrelation(), [], 0, confidence: 95));
    }

    private static void ForAny(Func<double[], double[], bool> holds)
    {
        // Few values, so that constant ones come up.
        var value = Gen.Choose(-8, 8).Select(v => v / 4.0);
        var pairs = from n in Gen.Choose(1, 25)
                    from spread in Gen.Elements(0.0, 1.0, 1.0)
                    from truth in value.ListOf(n)
                    from predicted in value.ListOf(n)
                    select (truth.Select(v => v * spread).ToArray(), predicted.ToArray());
        Check.QuickThrowOnFailure(Prop.ForAll(pairs.ToArbitrary(), p => holds(p.Item1, p.Item2)));
    }
}
