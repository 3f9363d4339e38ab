using System.Text.Json.Nodes;
using Undertone.Corpora;
using Undertone.Evaluation;
using Undertone.Evaluation.Calibration;
using Undertone.Protocols;
using Undertone.Reports;
using Undertone.Reports.Charts;
using Undertone.Training;

namespace Undertone.Tests.Reports.Charts;

/// <summary>Charts say the same three times: as marks, as a sentence, as CSV. Numbers are TinyRun's, computed by hand.</summary>
public sealed class ChartTests
{
    [Fact]
    public void A_leaderboard_names_its_badge_its_intervals_and_chance()
    {
        using var run = TinyRun.OneSystem();
        var chart = LeaderboardChart.Of(Section(run));

        chart.Title.ShouldBe("UAR of each system, speaker-independent");
        chart.Text.ShouldStartWith("cnn 77.5 [");
        chart.Text.ShouldEndWith("Chance is 50.0 %.");
        chart.Data.ToCsv().ShouldStartWith("system,uar,low,high,never_chosen,validation,badge\ncnn,0.775,");
        chart.Specification.ToJsonString().ShouldContain("UAR in %, speaker-independent");
        Layers(chart, "rule").Select(r => r["mark"]!["style"]!.GetValue<string>()).ShouldBe(["chance", "interval"]);
    }

    [Fact]
    public void A_confusion_matrix_is_normalised_by_row_and_keeps_its_counts()
    {
        using var run = TinyRun.OneSystem();
        var chart = ConfusionChart.Of(Section(run).Results[0]);

        chart.Data.ToCsv().ShouldBe("true,predicted,count,share\nanger,anger,4,0.8\nanger,neutral,1,0.2\nneutral,anger,1,0.25\nneutral,neutral,3,0.75\n");
        chart.Text.ShouldBe("7 of 9 rows are right. Most frequent mistakes: neutral taken for anger (25.0 %); anger taken for neutral (20.0 %).");
        Rows(chart).Select(r => r["label"]!.GetValue<string>()).ShouldBe(["80", "20", "25", "75"]);
    }

    [Fact]
    public void Speakers_stand_by_uar_and_those_of_the_defaults_are_marked()
    {
        using var run = TinyRun.OneSystem();
        var chart = SpeakerChart.Of(Section(run).Results[0]);

        // 03: anger 1 of 2, neutral 1 of 1; 10: anger 1 of 1, neutral 1 of 2; 11: all.
        chart.Data.ToCsv().ShouldBe("speaker,uar,rows,classes,used_for_defaults\n11,1,3,2,no\n03,0.75,3,2,yes\n10,0.75,3,2,no\n");
        chart.Text.ShouldStartWith("Over 3 speakers: mean 83.3 ± 14.4, from 75.0 % (speaker 10) to 100.0 % (speaker 11).");
    }

    [Fact]
    public void Classes_show_recall_F1_and_precision()
    {
        using var run = TinyRun.OneSystem();
        var chart = ClassChart.Of(Section(run).Results[0]);

        chart.Data.ToCsv().ShouldBe(
            "class,score,value,support\nanger,recall,0.8,5\nanger,F1,0.8,5\nanger,precision,0.8,5\nneutral,recall,0.75,4\nneutral,F1,0.75,4\nneutral,precision,0.75,4\n");
        chart.Text.ShouldBe("Recall is highest for anger (80.0 %, F1 80.0 %) and lowest for neutral (75.0 %, F1 75.0 %).");
    }

    [Fact]
    public void Calibration_sets_confidence_beside_accuracy()
    {
        (double Confidence, bool Right)[] rows = [(0.5, false), (0.6, true), (0.9, true), (0.9, true), (0.9, true), (0.9, false)];
        var table = new PredictionTable(
            ["a", "b"], [.. rows.Select((r, i) => new PredictionRow($"u{i}", "s", r.Right ? "a" : "b", "a", [r.Confidence, 1 - r.Confidence]))]);
        var chart = CalibrationChart.Of(ReliabilityDiagram.EqualWidth(table, 10));

        // (1 × |0 − 0.5| + 1 × |1 − 0.6| + 4 × |0.75 − 0.9|) / 6
        chart.Data.Rows.Count.ShouldBe(3);
        chart.Text.ShouldBe("Mean confidence 78.3 %, accuracy 66.7 %: over-confident on average. Expected calibration error over 10 bins: 25.0 %.");
    }

    [Fact]
    public void A_history_is_parted_into_its_networks()
    {
        // Two networks of three epochs, then a refit of two without validation.
        double[] losses = [2.0, 1.4, 1.0, 1.9, 1.3, 0.9, 1.8, 1.2];
        var history = losses.Select((l, i) => new EpochRecord(i + 1, l, i < 6 ? l : double.NaN, i < 6 ? 0.5 : double.NaN, i)).ToList();

        TrainingFits.Of(history).Select(f => string.Join(' ', f.Select(e => e.Epoch))).ShouldBe(["1 2 3", "1 2 3", "1 2"]);
    }

    [Fact]
    public void The_mean_curve_ends_where_fewer_than_half_of_the_networks_train()
    {
        using var run = TinyRun.OneSystem();
        var charts = TrainingChart.Of(Section(run).Results[0]);

        charts.Select(c => c.Name).ShouldBe(["loss", "validation-uar"]);
        charts[0].Text.ShouldBe("Mean training loss of 3 networks: 0.70 in epoch 1, 0.70 in epoch 1.");
        charts[1].Text.ShouldStartWith("The best epoch of 3 networks lies between 1 and 1, with a validation UAR of 50.0 ± 0.0.");
    }

    [Fact]
    public void The_reality_gap_pairs_systems_of_two_badges_and_names_both()
    {
        var chart = RealityGapChart.Of("emodb: leave-one-speaker-out against random-k-fold", Badge.Parse("speaker-dependent"), Badge.Parse("speaker-independent"), [
            new("svm", new(0.86, 0.82, 0.9), new(0.75, 0.7, 0.8)),
            new("cnn", new(0.9, 0.88, 0.92), new(0.7, 0.65, 0.75)),
        ]);

        chart.Text.ShouldBe("Training on the test speakers adds 15.5 points of UAR on average over 2 systems, most for cnn: 70.0 % becomes 90.0 %.");
        chart.Specification.ToJsonString().ShouldContain("\"domain\":[\"speaker-independent\",\"speaker-dependent\"]");
        chart.Title.ShouldBe("Reality gap on emodb: leave-one-speaker-out against random-k-fold");
        Rows(chart).Select(r => r["label"]!.GetValue<string>()).Distinct().ShouldBe(["+11.0", "+20.0"]);
    }

    [Fact]
    public void Across_corpora_the_best_and_the_worst_pair_are_named()
    {
        var chart = CrossCorpusChart.Of("cnn", "cross-corpus", [
            new("emodb", "ravdess", new(0.35, 0.3, 0.4)), new("ravdess", "emodb", new(0.5, 0.4, 0.6)), new("emodb", "urdu", new(0.4, 0.3, 0.5)),
        ], 0.25);

        chart.Text.ShouldBe("Mean over 3 pairs: 41.7 % UAR. Best from ravdess to emodb (50.0 %), worst from emodb to ravdess (35.0 %). Chance is 25.0 %.");
        chart.Shown!.ToCsv().ShouldContain("ravdess,,\"50.0 [40.0, 60.0]\",");
    }

    [Fact]
    public void A_learning_curve_says_where_it_begins_and_ends()
    {
        var chart = LearningCurveChart.Of("emodb", "speaker-independent", "training utterances", [
            new("cnn", 1, new(0.7, 0.6, 0.8)), new("cnn", 0.05, new(0.3, 0.2, 0.4)),
        ], 1 / 7.0);

        chart.Text.ShouldBe("cnn: 30.0 % UAR with 5 %, 70.0 % with 100 % of the training utterances.");
    }

    [Fact]
    public void Significance_names_the_pairs_that_differ_and_the_test()
    {
        var matrix = new SignificanceMatrix(
            ["a", "b", "c"],
            new[,] { { 0, 0.1, 0.02 }, { -0.1, 0, -0.08 }, { -0.02, 0.08, 0 } },
            new[,] { { double.NaN, 0.004, 0.6 }, { 0.004, double.NaN, 0.0004 }, { 0.6, 0.0004, double.NaN } },
            "Wilcoxon signed-rank over speakers, Holm");
        var chart = SignificanceChart.Of(matrix, "speaker-independent");

        chart.Text.ShouldBe("2 pairs of 3 differ at the level 0.05 (Wilcoxon signed-rank over speakers, Holm): c over b (p <.001); a over b (p .004).");
        Rows(chart).Select(r => r["label"]!.GetValue<string>()).ShouldBe(["", ".004", ".60", ".004", "", "<.001", ".60", "<.001", ""]);
        Rows(chart)[2]["shade"]!.GetValue<double>().ShouldBe(0);
    }

    [Fact]
    public void Many_systems_are_shaded_without_texts_over_the_whole_width()
    {
        Chart Of(int systems) => SignificanceChart.Of(
            new SignificanceMatrix([.. Enumerable.Range(0, systems).Select(i => $"s{i:00}")], new double[systems, systems], new double[systems, systems], "made"), "speaker-independent");
        Of(14).Specification.ToJsonString().ShouldContain("cell-text");
        Of(14).Wide.ShouldBeFalse();
        Of(15).Specification.ToJsonString().ShouldNotContain("cell-text");
        Of(15).Specification["height"]!.GetValue<int>().ShouldBe(300);
        Of(15).Wide.ShouldBeTrue();
    }

    [Fact]
    public void Systems_within_the_critical_difference_are_grouped()
    {
        // Demšar 2006: groups are the largest runs of ranks that differ by less than the critical difference.
        (string, double)[] ranks = [("a", 1.2), ("b", 1.9), ("c", 2.6), ("d", 4.3)];
        CriticalDifferenceChart.Groups(ranks, 1.0).Select(g => string.Join(' ', g.Select(s => s.System))).ShouldBe(["a b", "b c"]);
        CriticalDifferenceChart.Groups(ranks, 5.0).Select(g => g.Count).ShouldBe([4]);
        CriticalDifferenceChart.Groups(ranks, 0.5).ShouldBeEmpty();

        var chart = CriticalDifferenceChart.Of(new RankedSystems(ranks, 5, 10, "Friedman, Nemenyi"), "speaker-independent");
        chart.Text.ShouldBe("Over 10 speakers (Friedman, Nemenyi), ranks must differ by 5.00 to count. No system is told apart from another. a 1.20; b 1.90; c 2.60; d 4.30.");
    }

    [Fact]
    public void Groups_of_speakers_are_told_with_their_gap()
    {
        using var run = TinyRun.OneSystem();
        var result = Section(run).Results[0];
        var utterances = Enumerable.Range(0, 9).Select(i => new Utterance("emodb", $"u{i}", "", "s", "anger") { Gender = i < 3 ? "male" : "female" }).ToList();
        var chart = FairnessChart.Of(result, utterances)!;

        // Speaker 03 alone is male: anger 1 of 2, neutral 1 of 1. The women: anger 3 of 3, neutral 2 of 3.
        chart.Text.ShouldStartWith("By gender: female 83.3 [");
        chart.Text.ShouldEndWith("male 75.0; no two groups are large enough for a gap.");
        chart.Specification.ToJsonString().ShouldContain("UAR in %, speaker-independent");
        chart.Data.ToCsv().ShouldContain("gender,male,0.75,,,1,3,no");
        FairnessChart.Of(result, []).ShouldBeNull();
    }

    [Fact]
    public void Systems_of_a_section_are_tested_against_one_another()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("bilstm", null, 0, "speaker-independent", flips: 1);
        run.AddTrials("bigru", null, 0, "speaker-independent", flips: 2);
        var comparison = SectionComparison.Of(Section(run)).Groups.ShouldHaveSingleItem();

        // Every speaker ranks cnn before bilstm before bigru.
        CriticalDifferenceChart.Of(comparison)!.Text.ShouldContain("cnn 1.00; bilstm 2.00; bigru 3.00.");
        SignificanceChart.Of(comparison)!.Text.ShouldBe(
            "No pair of the 3 systems differs at the level 0.05 (Wilcoxon signed-rank test over 3 speakers, Holm's correction).");
        SectionComparison.Of(Section(run) with { Results = [Section(run).Results[0]] }).Groups.ShouldBeEmpty();
    }

    [Fact]
    public void Cost_names_the_cheapest_and_the_best()
    {
        var chart = CostChart.Of("parameters", "parameters", "emodb, loso: speaker-independent", [new("svm", 2000, new(0.6, 0.5, 0.7)), new("cnn", 90000, new(0.7, 0.6, 0.8))], c => $"{c}");

        chart.Text.ShouldBe("emodb, loso: speaker-independent. Cheapest: svm (2000, 60.0 % UAR). Highest UAR: cnn (90000, 70.0 %).");
        chart.Data.ToCsv().ShouldStartWith("system,parameters,uar,low,high\nsvm,2000,0.6,");
    }

    [Fact]
    public void A_number_that_is_none_is_empty_in_CSV_and_null_in_a_specification()
    {
        var table = new ChartTable("name", "value", "loss") { Quantities = ["loss"] }.Add("a, \"b\"", double.NaN, 1.23456789);

        table.ToCsv().ShouldBe("name,value,loss\n\"a, \"\"b\"\"\",,1.23457\n");
        table.ToRows()[0]!.ToJsonString().ShouldContain("\"value\":null,\"loss\":1.2346");
        (table.Text(0, 1), table.Text(0, 2)).ShouldBe(("–", "1.235"));
        Should.Throw<ArgumentException>(() => table.Add("too few"));
    }

    [Fact]
    public void What_comes_from_files_cannot_leave_a_specification()
    {
        var chart = CrossCorpusChart.Of("cnn", "b", [new("</script><script>alert(1)</script>", "emodb", new(1, 1, 1))], 0.5);

        chart.Specification.ToJsonString().ShouldNotContain("</script");
    }

    private static ResultSection Section(TinyRun run) => ResultSection.Of(ReportWriter.Write(run.Location)).ShouldHaveSingleItem();

    private static List<JsonNode> Rows(Chart chart) => [.. chart.Specification["data"]!["values"]!.AsArray().Select(r => r!)];

    private static IEnumerable<JsonNode> Layers(Chart chart, string mark) =>
        chart.Specification["layer"]!.AsArray().Where(l => l!["mark"]!["type"]!.GetValue<string>() == mark).Select(l => l!);
}
