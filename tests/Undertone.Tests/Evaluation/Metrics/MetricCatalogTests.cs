using Undertone.Evaluation;
using Undertone.Evaluation.Calibration;
using Undertone.Evaluation.Metrics;

namespace Undertone.Tests.Evaluation.Metrics;

/// <summary>Every metric by its name: against scikit-learn and NumPy (Data/Evaluation/probabilities.py), and what holds of all.</summary>
public sealed class MetricCatalogTests
{
    public static TheoryData<string> Names => ProbabilityCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_scikit_learn_and_numpy(string name)
    {
        var (table, expected) = ProbabilityCases.Get(name);
        foreach (var metric in MetricCatalog.Default.All.Where(m => m.NeedsProbabilities))
        {
            // No reference leaves a class out of the pairs; the property below does.
            if (metric.Name != "auc-ovo" || expected.GetProperty("auc-ovo").ValueKind == System.Text.Json.JsonValueKind.Number)
            {
                ExpectedValues.ShouldAgree(metric.Evaluate(table.Rows, table.Classes), expected.GetProperty(metric.Name), metric.Name);
            }
        }

        ExpectedValues.ShouldAgree(new ExpectedCalibrationError(10).Evaluate(table.Rows, table.Classes), expected.GetProperty("ece_10"), "ece of 10 bins");
    }

    [Fact]
    public void Metrics_are_found_by_name()
    {
        MetricCatalog.Default.Names.ShouldBe(
            ["uar", "accuracy", "macro-f1", "weighted-f1", "macro-precision", "weighted-precision", "kappa", "mcc", "auc", "auc-weighted", "auc-ovo", "ece", "brier", "log-loss"]);
        MetricCatalog.Default.Get("mcc").ShouldBeOfType<MatthewsCorrelation>();
        Should.Throw<UndertoneException>(() => MetricCatalog.Default.Get("marco-f1")).Message.ShouldBe("there is no metric 'marco-f1'; did you mean 'macro-f1'?");
        MetricCatalog.Default.All.Select(m => m.Title).ShouldBeUnique();
        MetricCatalog.Default.All.Where(m => !m.HigherIsBetter).Select(m => m.Name).ShouldBe(["ece", "brier", "log-loss"]);
    }

    [Fact]
    public void They_are_the_numbers_of_the_scores()
    {
        var (table, _) = ProbabilityCases.Get("seven classes, overconfident");
        var scores = ClassificationScores.From(table);
        double Of(string name) => MetricCatalog.Default.Get(name).Evaluate(table.Rows, table.Classes);
        new[] { Of("uar"), Of("accuracy"), Of("macro-f1"), Of("weighted-f1"), Of("macro-precision"), Of("weighted-precision"), Of("kappa"), Of("mcc") }
            .ShouldBe([scores.Uar, scores.Accuracy, scores.MacroF1, scores.WeightedF1, scores.MacroPrecision, scores.WeightedPrecision, scores.Kappa, scores.Mcc]);
    }

    [Fact]
    public void Neither_the_order_of_rows_nor_that_of_classes_matters() => ProbabilityCases.ForAny((table, seed) =>
    {
        var other = ProbabilityCases.Reordered(table, new SeededRandom((ulong)seed));
        return MetricCatalog.Default.All.All(m => Same(m.Evaluate(table.Rows, table.Classes), m.Evaluate(other.Rows, other.Classes)));
    });

    [Fact]
    public void A_class_that_never_occurs_changes_nothing() => ProbabilityCases.ForAny((table, _) =>
    {
        var more = new PredictionTable([.. table.Classes, "never"], [.. table.Rows.Select(r => r with { Probabilities = [.. r.Probabilities!, 0] })]);
        return MetricCatalog.Default.All.All(m => Same(m.Evaluate(table.Rows, table.Classes), m.Evaluate(more.Rows, more.Classes)));
    });

    [Fact]
    public void Bounds_hold() => ProbabilityCases.ForAny((table, _) => MetricCatalog.Default.All.All(metric =>
    {
        var value = metric.Evaluate(table.Rows, table.Classes);
        var (low, high) = metric.Name switch
        {
            "kappa" or "mcc" => (-1.0, 1.0),
            "brier" => (0, 2.0),
            "log-loss" => (0, 37.0),
            _ => (0, 1.0),
        };
        return double.IsNaN(value) || (value >= low - 1e-12 && value <= high + 1e-12);
    }));

    [Fact]
    public void A_perfect_and_certain_prediction_is_best() => ProbabilityCases.ForAny((table, _) =>
    {
        var rows = table.Rows.Select(r => r with { Predicted = r.True, Probabilities = [.. table.Classes.Select(c => c == r.True ? 1.0 : 0)] }).ToList();
        var several = rows.Select(r => r.True).Distinct().Count() > 1;
        return MetricCatalog.Default.All.All(m => m.Evaluate(rows, table.Classes) is var value && m.Name switch
        {
            // With one class there is nothing to tell apart; each says so in its way.
            "kappa" or "auc" or "auc-weighted" or "auc-ovo" when !several => double.IsNaN(value),
            "mcc" when !several => value == 0,
            _ => Math.Abs(value - (m.HigherIsBetter ? 1 : 0)) < 1e-12,
        });
    });

    [Fact]
    public void Sums_of_speakers_add_up_to_the_metric_of_all_rows() => ProbabilityCases.ForAny((table, _) =>
        MetricCatalog.Default.All.OfType<AdditiveMetric>().All(metric =>
        {
            var sums = new double[metric.Length(table.Classes.Count)];
            foreach (var speaker in table.Rows.GroupBy(r => r.Speaker))
            {
                sums = [.. sums.Zip(metric.Sums(speaker, table.Classes), (a, b) => a + b)];
            }

            return Same(metric.FromSums(sums, table.Classes.Count), metric.Evaluate(table.Rows, table.Classes));
        }));

    [Fact]
    public void Rows_that_a_metric_cannot_use_are_refused()
    {
        PredictionRow[] bare = [ClassificationScoresTests.Row(0, "a", "b")];
        MetricCatalog.Default.Get("uar").Evaluate(bare, []).ShouldBe(0);
        Should.Throw<UndertoneException>(() => MetricCatalog.Default.Get("auc").Evaluate(bare, ["a", "b"])).Message
            .ShouldBe("AUC is computed from probabilities, and the row of 'u0' has none; expected a column p(<class>) for each class.");
        Should.Throw<UndertoneException>(() => MetricCatalog.Default.Get("uar").Evaluate([], ["a"])).Message.ShouldContain("at least one row");
        Should.Throw<ArgumentException>(() => MetricCatalog.Default.Get("brier").Evaluate([bare[0] with { Probabilities = [0.5, 0.5] }], ["a", "c"]));
        Should.Throw<ArgumentException>(() => AreaUnderCurve.Binary([1, 2], [true]));
    }

    private static bool Same(double a, double b) => a.Equals(b) || Math.Abs(a - b) < 1e-11;
}
