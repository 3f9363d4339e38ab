using Undertone.Evaluation;
using Undertone.Evaluation.Metrics;

namespace Undertone.Tests.Evaluation.Significance;

/// <summary>Intervals of every metric, alone and paired, against scikit-learn on the same draws and against the rows themselves.</summary>
public sealed class ClusterBootstrapTests
{
    private static readonly string[] Classes = BootstrapReference.Classes;

    private static readonly IReadOnlyList<Metric> All = MetricCatalog.Default.All;

    private static readonly ScoredRows[] Systems = [new(BootstrapReference.First, Classes), new(BootstrapReference.Second, Classes)];

    [Fact]
    public void Intervals_and_paired_differences_agree_with_scikit_learn_on_the_same_draws()
    {
        var draws = ClusterBootstrap.Draw(Systems, All, BootstrapReference.Options)!;
        foreach (var expected in BootstrapReference.Expected.GetProperty("first").EnumerateObject())
        {
            var metric = MetricCatalog.Default.Get(expected.Name);
            draws.Of(0, metric).Estimate.ShouldBe(BootstrapReference.Expected.GetProperty("estimates").GetProperty(expected.Name).GetDouble(), 1e-9);
            BootstrapReference.ShouldBe(draws.Of(0, metric), expected.Value);
            BootstrapReference.ShouldBe(draws.Of(1, metric), BootstrapReference.Expected.GetProperty("second").GetProperty(expected.Name));
            BootstrapReference.ShouldBe(draws.Difference(0, 1, metric), BootstrapReference.Expected.GetProperty("difference").GetProperty(expected.Name));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(160)]
    public void Every_metric_of_a_draw_is_that_of_the_drawn_rows(int speakers)
    {
        var options = new BootstrapOptions { Seed = 3, Resamples = 70 };
        Metric[] metrics = [.. All, new MeanConfidence()];
        PredictionRow[] rows = [.. BootstrapReference.First.Select((r, i) => speakers == 8 ? r : r with { Speaker = $"only {i:000}" })];
        var draws = ClusterBootstrap.Draw([new(rows, Classes)], metrics, options)!;
        var bySpeaker = rows.GroupBy(r => r.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var random = SeededRandom.From(3, "cluster-bootstrap");
        for (var b = 0; b < options.Resamples; b++)
        {
            PredictionRow[] drawn = [.. Enumerable.Range(0, bySpeaker.Count).SelectMany(_ => bySpeaker[random.NextInt(bySpeaker.Count)])];
            foreach (var metric in metrics)
            {
                draws.Values(0, metric)[b].ShouldBe(metric.Evaluate(drawn, Classes), 1e-9, metric.Name);
            }
        }
    }

    [Fact]
    public void One_metric_alone_has_the_interval_that_it_has_among_others()
    {
        var draws = ClusterBootstrap.Draw(Systems, All)!;
        foreach (var metric in All)
        {
            ClusterBootstrap.Of(metric, BootstrapReference.First, Classes).ShouldBe(draws.Of(0, metric));
        }

        ClusterBootstrap.Uar(BootstrapReference.First).ShouldBe(draws.Of(0, new UnweightedAverageRecall()));
        draws.Of(0, new UnweightedAverageRecall()).ShouldNotBe(ClusterBootstrap.Of(new UnweightedAverageRecall(), BootstrapReference.First, Classes, new BootstrapOptions { Seed = 1 }));
    }

    [Fact]
    public void A_system_does_not_differ_from_itself_and_swapping_turns_the_sign()
    {
        var draws = ClusterBootstrap.Draw(Systems, All, BootstrapReference.Options)!;
        foreach (var metric in All)
        {
            var none = draws.Difference(1, 1, metric);
            (none.Estimate, none.Low, none.High).ShouldBe((0, 0, 0), metric.Name);
            var (there, back) = (draws.Difference(0, 1, metric), draws.Difference(1, 0, metric));
            there.Estimate.ShouldBe(-back.Estimate);
            there.Low.ShouldBe(-back.High, 1e-12);
        }
    }

    [Fact]
    public void Pairing_narrows_the_interval_of_the_difference()
    {
        // The same system but for one utterance of each speaker: nearly all that varies between speakers is shared.
        PredictionRow[] near = [.. BootstrapReference.First.Select((r, i) => i % 20 == 0 ? r with { Predicted = "joy" } : r)];
        var uar = new UnweightedAverageRecall();
        var draws = ClusterBootstrap.Draw([Systems[0], new(near, Classes)], [uar])!;
        var (alone, paired) = (draws.Of(0, uar), draws.Difference(0, 1, uar));
        (paired.High - paired.Low).ShouldBeLessThan((alone.High - alone.Low) / 2);
    }

    [Fact]
    public void A_part_whose_speakers_a_draw_lacks_is_passed_over_there()
    {
        var rows = BootstrapReference.First;
        ScoredRows lone = new([.. rows.Where(r => r.Speaker == "s03")], Classes);
        var uar = new UnweightedAverageRecall();
        var draws = ClusterBootstrap.Draw([lone, new([.. rows.Where(r => r.Speaker != "s03")], Classes)], [uar, .. All.Where(m => m.Name is "auc" or "brier")])!;

        // Each draw lacks a speaker with a chance of (7/8)^8, about 0.34.
        (draws.Values(0, uar).Count(double.IsNaN) / 2000.0).ShouldBe(0.3436, 0.04);
        draws.Of(0, uar).Clusters.ShouldBe(1);
        draws.Of(0, uar).Low.ShouldBe(draws.Of(0, uar).High, 1e-12);
        draws.Difference(1, 0, uar).Clusters.ShouldBe(8);
        double.IsNaN(draws.Difference(1, 0, uar).Low).ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_or_has_no_interval()
    {
        PredictionRow[] bare = [.. BootstrapReference.First.Select(r => r with { Probabilities = null })];
        Should.Throw<UndertoneException>(() => ClusterBootstrap.Of(MetricCatalog.Default.Get("auc"), bare, Classes)).Message.ShouldContain("probabilities");
        Should.Throw<ArgumentOutOfRangeException>(() => ClusterBootstrap.Draw(Systems, All, new BootstrapOptions { Resamples = 0 }));
        ClusterBootstrap.Of(new Accuracy(), [.. BootstrapReference.First.Where(r => r.Speaker == "s01")], Classes).ShouldBeNull();
        ClusterBootstrap.Uar([]).ShouldBeNull();
        var draws = ClusterBootstrap.Draw(Systems, [new Accuracy()])!;
        Should.Throw<ArgumentException>(() => draws.Of(0, new UnweightedAverageRecall())).Message.ShouldContain("accuracy");
    }

    /// <summary>A metric of a program's own, which only knows rows.</summary>
    private sealed class MeanConfidence : Metric
    {
        public override string Name => "mean-confidence";

        public override string Title => "confidence";

        public override string Description => "mean of the highest probability";

        protected override double Compute(IReadOnlyCollection<PredictionRow> rows, IReadOnlyList<string> classes) => rows.Average(r => r.Probabilities!.Max());
    }
}
