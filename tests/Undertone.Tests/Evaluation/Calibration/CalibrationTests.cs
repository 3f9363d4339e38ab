using System.Text.Json;
using Undertone.Evaluation;
using Undertone.Evaluation.Calibration;
using Undertone.Evaluation.Metrics;

namespace Undertone.Tests.Evaluation.Calibration;

/// <summary>Reliability, temperature and coverage against NumPy and SciPy (Data/Evaluation/calibration.py), and properties.</summary>
public sealed class CalibrationTests
{
    private static readonly ExpectedValues Values = new("calibration.json");

    public static TheoryData<string> Names => Values.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Reliability_diagrams_agree_with_numpy(string name)
    {
        var table = ProbabilityCases.Get(name).Table;
        var expected = Values[name];
        var byWidth = ReliabilityDiagram.EqualWidth(table);
        var byCount = ReliabilityDiagram.EqualCount(table, 10);
        ShouldAgree(byWidth.Bins, expected.GetProperty("equal_width"));
        ShouldAgree(byCount.Bins, expected.GetProperty("equal_count"));
        ExpectedValues.ShouldAgree([byWidth.ExpectedError, byWidth.MaximumError], expected.GetProperty("equal_width_error"), "equal width");
        ExpectedValues.ShouldAgree([byCount.ExpectedError, byCount.MaximumError], expected.GetProperty("equal_count_error"), "equal count");
        byWidth.ExpectedError.ShouldBe(MetricCatalog.Default.Get("ece").Evaluate(table.Rows, table.Classes), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Coverage_agrees_with_numpy(string name)
    {
        var table = ProbabilityCases.Get(name).Table;
        var expected = Values[name];
        var curve = CoverageCurve.Of(table);
        ExpectedValues.ShouldAgree(curve.AreaUnderRisk, expected.GetProperty("area_under_risk"), "area");
        curve.Points.Count.ShouldBe(expected.GetProperty("coverage").GetArrayLength());
        foreach (var (point, wanted) in curve.Points.Zip(expected.GetProperty("coverage").EnumerateArray()))
        {
            ExpectedValues.ShouldAgree([point.Threshold, point.Count, point.Coverage, point.Accuracy, point.Uar], wanted, "point");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Temperature_agrees_with_scipy(string name)
    {
        var table = ProbabilityCases.Get(name).Table;
        var expected = Values[name];
        var scaling = TemperatureScaling.Fit(table);
        ExpectedValues.ShouldAgree(scaling.Temperature, expected.GetProperty("temperature"), "temperature");
        var scaled = scaling.Apply(table);
        ExpectedValues.ShouldAgree(new LogLoss().Evaluate(table.Rows, table.Classes), expected.GetProperty("log_loss_before"), "before");
        ExpectedValues.ShouldAgree(new LogLoss().Evaluate(scaled.Rows, scaled.Classes), expected.GetProperty("log_loss_after"), "after");
        foreach (var (row, wanted) in scaled.Rows.Zip(expected.GetProperty("first_rows_after").EnumerateArray()))
        {
            ExpectedValues.ShouldAgree([.. row.Probabilities!], wanted, row.Utterance);
        }
    }

    [Fact]
    public void Temperature_never_raises_the_log_loss_it_was_fitted_on_nor_changes_what_is_most_probable() => ProbabilityCases.ForAny((table, _) =>
    {
        var scaling = TemperatureScaling.Fit(table);
        var scaled = scaling.Apply(table);
        var logLoss = new LogLoss();
        return scaling.Temperature is >= TemperatureScaling.Least and <= TemperatureScaling.Greatest
            && logLoss.Evaluate(scaled.Rows, table.Classes) <= logLoss.Evaluate(table.Rows, table.Classes) + 1e-12
            && scaled.NotMostProbable == 0
            && table.Rows.Zip(scaled.Rows).All(r => r.First.Predicted == r.Second.Predicted && Math.Abs(r.Second.Probabilities!.Sum() - 1) < 1e-12);
    });

    [Fact]
    public void Any_temperature_keeps_the_order_of_probabilities() => ProbabilityCases.ForAny((table, seed) =>
    {
        var scaling = new TemperatureScaling(Math.Exp((seed % 9) - 4));
        return table.Rows.All(r => scaling.Apply(r.Probabilities!) is var after
            && r.Probabilities!.Zip(after).OrderBy(p => p.First).Select(p => p.Second).ToList() is var sorted
            && sorted.Zip(sorted.Skip(1)).All(p => p.First <= p.Second));
    });

    [Fact]
    public void Undoing_a_temperature_finds_it_again()
    {
        var table = ProbabilityCases.Get("four classes").Table;
        var fitted = TemperatureScaling.Fit(table).Temperature;
        TemperatureScaling.Fit(new TemperatureScaling(3).Apply(table)).Temperature.ShouldBe(fitted / 3, 1e-9);
        TemperatureScaling.Fit(new TemperatureScaling(fitted).Apply(table)).Temperature.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Neither_the_order_of_rows_nor_that_of_classes_matters() => ProbabilityCases.ForAny((table, seed) =>
    {
        var other = ProbabilityCases.Reordered(table, new SeededRandom((ulong)seed));
        var (a, b) = (CalibrationScores.From(table), CalibrationScores.From(other));
        return Close(a.EqualCount.ExpectedError, b.EqualCount.ExpectedError)
            && Close(a.EqualWidth.MaximumError, b.EqualWidth.MaximumError)
            && Close(a.Coverage.AreaUnderRisk, b.Coverage.AreaUnderRisk)
            && a.Coverage.Points.Zip(b.Coverage.Points).All(p => p.First.Count == p.Second.Count && Close(p.First.Uar, p.Second.Uar))
            && Math.Abs(Math.Log(TemperatureScaling.Fit(table).Temperature / TemperatureScaling.Fit(other).Temperature)) < 1e-6;
    });

    [Fact]
    public void Bounds_hold_and_full_coverage_is_the_score_of_all_rows() => ProbabilityCases.ForAny((table, _) =>
    {
        var scores = ClassificationScores.From(table);
        var calibration = CalibrationScores.From(table);
        var all = calibration.Coverage.At(1);
        return calibration.Coverage.AreaUnderRisk is >= 0 and <= 1
            && calibration.EqualCount.ExpectedError <= calibration.EqualCount.MaximumError + 1e-12 && calibration.EqualCount.MaximumError <= 1
            && calibration.EqualCount.Bins.Sum(b => b.Count) == scores.Count && calibration.EqualWidth.Bins.Sum(b => b.Count) == scores.Count
            && all.Count == scores.Count && Close(all.Accuracy, scores.Accuracy) && Close(all.Uar, scores.Uar);
    });

    [Fact]
    public void A_coverage_is_reached_and_not_passed_further_than_ties_ask()
    {
        var table = Table(0.9, 0.8, 0.8, 0.7, 0.6);
        var curve = CoverageCurve.Of(table);
        curve.Points.Select(p => p.Count).ShouldBe([1, 3, 4, 5]);
        curve.At(0.2).Count.ShouldBe(1);
        curve.At(0.3).Count.ShouldBe(3);
        curve.At(0.6).Threshold.ShouldBe(0.8);
        Should.Throw<ArgumentOutOfRangeException>(() => curve.At(0));
        Should.Throw<ArgumentOutOfRangeException>(() => curve.At(1.1));
        CoverageCurve.Of(Table([.. Enumerable.Range(1, 10).Select(i => 0.5 + (i * 0.01))])).At(0.9).Count.ShouldBe(9);
    }

    [Fact]
    public void Equal_confidences_share_a_bin()
    {
        ReliabilityDiagram.EqualCount(Table(0.6, 0.6, 0.6, 0.6, 0.7), 5).Bins.Select(b => b.Count).ShouldBe([4, 1]);
        ReliabilityDiagram.EqualCount(Table(0.6, 0.65, 0.7, 0.8), 2).Bins.Select(b => (b.Low, b.High, b.Count)).ShouldBe([(0.6, 0.65, 2), (0.7, 0.8, 2)]);
        ReliabilityDiagram.EqualCount(Table(0.6, 0.7), 15).Bins.Count.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_judged_is_refused()
    {
        var bare = new PredictionTable(["a", "b"], [ClassificationScoresTests.Row(0, "a", "b")]);
        foreach (var act in new Action[] { () => TemperatureScaling.Fit(bare), () => new TemperatureScaling(2).Apply(bare), () => CoverageCurve.Of(bare), () => ReliabilityDiagram.EqualCount(bare) })
        {
            Should.Throw<UndertoneException>(act).Message.ShouldContain("expected a column p(<class>) for each class");
        }

        Should.Throw<UndertoneException>(() => TemperatureScaling.Fit(new PredictionTable(["a"], []))).Message.ShouldContain("no validation rows");
        Should.Throw<InvalidOperationException>(() => new TemperatureScaling(0).Apply([0.5, 0.5]));
        Should.Throw<ArgumentOutOfRangeException>(() => ReliabilityDiagram.EqualWidth(bare, 0));
    }

    private static void ShouldAgree(IReadOnlyList<ReliabilityBin> bins, JsonElement expected)
    {
        bins.Count.ShouldBe(expected.GetArrayLength());
        foreach (var (bin, wanted) in bins.Zip(expected.EnumerateArray()))
        {
            ExpectedValues.ShouldAgree([bin.Low, bin.High, bin.Count, bin.Confidence, bin.Accuracy], wanted, "bin");
        }
    }

    private static PredictionTable Table(params double[] confidences) =>
        new(["a", "b"], [.. confidences.Select((p, i) => new PredictionRow($"u{i}", "s", i % 2 == 0 ? "a" : "b", "a", [p, 1 - p]))]);

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-11;
}
