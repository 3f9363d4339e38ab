using FsCheck;
using FsCheck.Fluent;
using Undertone.Evaluation;
using Undertone.Evaluation.Metrics;
using Undertone.Evaluation.Significance;
using Undertone.Protocols;

namespace Undertone.Tests.Evaluation.Significance;

/// <summary>Which tests a comparison makes of which numbers, what it refuses, and what it says of itself.</summary>
public sealed class SystemComparisonTests
{
    private static readonly Badge Independent = new(BadgeKind.SpeakerIndependent, false);

    private static readonly string[] Classes = BootstrapReference.Classes;

    private static readonly ComparisonOptions Quick = new() { Bootstrap = BootstrapReference.Options };

    private static readonly ComparedSystem A = System("a", BootstrapReference.First);

    private static readonly ComparedSystem B = System("b", BootstrapReference.Second);

    private static readonly ComparedSystem C = System("c", [.. BootstrapReference.Second.Select((r, i) => i % 3 == 0 ? r with { Predicted = "joy" } : r)]);

    [Fact]
    public void Two_systems_get_every_test_of_a_pair()
    {
        var result = SystemComparison.Of([A, B], Quick with { Metrics = [new Accuracy(), MetricCatalog.Default.Get("auc")] });
        var pair = result.Pairs.ShouldHaveSingleItem();
        (pair.First, pair.Second).ShouldBe(("a", "b"));
        foreach (var difference in pair.Differences)
        {
            BootstrapReference.ShouldBe(difference.Interval, BootstrapReference.Expected.GetProperty("difference").GetProperty(difference.Metric.Name));
            difference.Interval!.Estimate.ShouldBe(difference.Value, 1e-12);
        }

        pair.Differences.Select(d => d.Metric.Name).ShouldBe(["uar", "accuracy", "auc"]);
        var first = ClassificationScores.From(BootstrapReference.First).Speakers.Select(s => s.Uar).ToList();
        var second = ClassificationScores.From(BootstrapReference.Second).Speakers.Select(s => s.Uar).ToList();
        result.Systems[0].Speakers.ShouldBe(first);
        pair.Wilcoxon!.Result.ShouldBe(WilcoxonSignedRank.Of(first, second));
        pair.Wilcoxon.AdjustedPValue.ShouldBe(pair.Wilcoxon.Result.PValue);
        pair.CorrectedResampled!.Result.PValue.ShouldBe(CorrectedResampledTTest.Of(first, second, 20 / 120.0).PValue, 1e-12);
        pair.Smallest!.StandardDeviation.ShouldBe(PairedTTest.Of(first, second).StandardDeviation, 1e-12);
        var right = BootstrapReference.First.OrderBy(r => r.Speaker, StringComparer.Ordinal).ThenBy(r => r.Utterance, StringComparer.Ordinal).Select(r => r.True == r.Predicted).ToList();
        var other = BootstrapReference.Second.OrderBy(r => r.Speaker, StringComparer.Ordinal).ThenBy(r => r.Utterance, StringComparer.Ordinal).Select(r => r.True == r.Predicted).ToList();
        pair.McNemar.Result.ShouldBe(McNemar.Of(right, other));
        result.Friedman.ShouldBeNull();
        result.Nemenyi.ShouldBeNull();
        result.Questions.Select(q => q.Test).ShouldBe(["paired clustered bootstrap", "Wilcoxon signed-rank test", "McNemar's test", "corrected resampled t-test"]);
        result.Questions.Select(q => q.Over).ShouldBe(["8 speakers", "8 speakers", "160 utterances", "8 folds"]);
    }

    [Fact]
    public void Three_systems_get_friedman_nemenyi_and_corrected_pairs()
    {
        var result = SystemComparison.Of([A, B, C], Quick);
        result.Pairs.Select(p => (p.First, p.Second)).ShouldBe([("a", "b"), ("a", "c"), ("b", "c")]);
        double[][] table = [.. Enumerable.Range(0, 8).Select(s => result.Systems.Select(v => v.Speakers[s]).ToArray())];
        result.Friedman!.Statistic.ShouldBe(Friedman.Of(table).Statistic);
        result.Systems.Select(s => s.AverageRank!.Value).ShouldBe(Nemenyi.Of(table).AverageRanks);
        result.Pairs.Select(p => p.Wilcoxon!.AdjustedPValue).ShouldBe(HolmCorrection.Adjust([.. result.Pairs.Select(p => p.Wilcoxon!.Result.PValue)]));
        result.Pairs.Select(p => p.McNemar.AdjustedPValue).ShouldBe(HolmCorrection.Adjust([.. result.Pairs.Select(p => p.McNemar.Result.PValue)]));
        result.Pairs.Select(p => p.CorrectedResampled!.AdjustedPValue).ShouldBe(HolmCorrection.Adjust([.. result.Pairs.Select(p => p.CorrectedResampled!.Result.PValue)]));
        result.Notes.ShouldContain(n => n.Contains("Iman and Davenport"));
    }

    [Fact]
    public void Swapping_systems_and_permuting_rows_keeps_every_p()
    {
        var row = from which in Gen.Elements(0, 1, 2) from said in Gen.Elements(0, 1, 2) select (which, said);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(row.ArrayOf(160).ToArbitrary(), changes =>
        {
            PredictionRow[] rows = [.. BootstrapReference.First.Select((r, i) => changes[i].which == 0 ? r with { Predicted = Classes[changes[i].said] } : r)];
            var options = new ComparisonOptions { Bootstrap = new() { Resamples = 20 } };
            var there = SystemComparison.Of([A, System("b", rows)], options).Pairs[0];
            var back = SystemComparison.Of([System("b", [.. rows.Reverse()]), A], options).Pairs[0];
            return there.Wilcoxon!.Result.PValue == back.Wilcoxon!.Result.PValue
                && there.McNemar.Result.PValue == back.McNemar.Result.PValue
                && Math.Abs(there.CorrectedResampled!.Result.PValue - back.CorrectedResampled!.Result.PValue) < 1e-12
                && there.Uar.Value == -back.Uar.Value && Math.Abs(there.Uar.Interval!.Low + back.Uar.Interval!.High) < 1e-12
                && new[] { there.Wilcoxon.Result.PValue, there.McNemar.Result.PValue, there.CorrectedResampled.Result.PValue }.All(p => p is >= 0 and <= 1);
        }));
    }

    [Fact]
    public void Seeds_are_pooled_those_of_one_system_alone_left_out_and_McNemar_takes_the_first()
    {
        var result = SystemComparison.Of(
            [System("a", BootstrapReference.First, 1, 2), new("b", Independent, [.. System("b", BootstrapReference.Second, 2).Trials, .. System("b", BootstrapReference.First, 1, 5).Trials])], Quick);
        result.Seeds.ShouldBe([1, 2]);
        result.Utterances.ShouldBe(160);
        result.Folds.Count.ShouldBe(8);
        result.Pairs[0].McNemar.Result.OnlyFirst.ShouldBe(0);
        result.Pairs[0].CorrectedResampled!.Result.Count.ShouldBe(8);
        var uar = new UnweightedAverageRecall();
        result.Pairs[0].Uar.Value.ShouldBe((uar.Evaluate(BootstrapReference.First, Classes) - uar.Evaluate(BootstrapReference.Second, Classes)) / 2, 1e-12);
        result.Notes.ShouldContain(n => n.Contains("left out: 5"));
        result.Notes.ShouldContain(n => n.Contains("rows of seed 1 alone"));
    }

    [Fact]
    public void Folds_drawn_anew_for_each_seed_count_each()
    {
        ComparedSystem Drawn(string name, PredictionRow[] rows) => new(
            name, new(BadgeKind.SpeakerDependent, false),
            [.. from seed in (int[])[0, 1] from fold in (int[])[0, 1] select new ComparedTrial($"fold-{fold}", seed, new(Classes, [.. rows.Where((_, i) => i / (seed + 1) % 2 == fold)]), 80)]);
        var result = SystemComparison.Of([Drawn("a", BootstrapReference.First), Drawn("b", BootstrapReference.Second)], Quick);
        result.Pairs[0].CorrectedResampled!.Result.Count.ShouldBe(4);
        result.Pairs[0].CorrectedResampled!.Result.TestTrainRatio.ShouldBe(1);
        result.Notes.ShouldContain(n => n.Contains("speaker-dependent"));
    }

    [Fact]
    public void A_system_against_its_twin_does_not_differ()
    {
        var pair = SystemComparison.Of([A, A with { Name = "twin" }], Quick).Pairs[0];
        (pair.Uar.Value, pair.Uar.Interval!.Low, pair.Uar.Interval.High).ShouldBe((0, 0, 0));
        (pair.Wilcoxon!.Result.PValue, pair.McNemar.Result.PValue, pair.CorrectedResampled!.Result.PValue).ShouldBe((1, 1, 1));
        pair.Smallest!.Difference.ShouldBe(0);
    }

    [Fact]
    public void One_speaker_one_fold_and_unknown_training_sizes_leave_tests_out_and_say_so()
    {
        var lone = SystemComparison.Of([Only("a", BootstrapReference.First), Only("b", BootstrapReference.Second), Only("c", BootstrapReference.Second)], Quick);
        lone.Pairs[0].Uar.Interval.ShouldBeNull();
        lone.Pairs[0].Wilcoxon.ShouldBeNull();
        lone.Pairs[0].CorrectedResampled.ShouldBeNull();
        lone.Pairs[0].Smallest.ShouldBeNull();
        lone.Friedman.ShouldBeNull();
        lone.Notes.ShouldContain(n => n.StartsWith("One test speaker"));
        lone.Notes.ShouldContain(n => n.Contains("there is one fold"));
        lone.Notes.ShouldContain(n => n.StartsWith("One seed"));

        var unknown = SystemComparison.Of([A with { Trials = [.. A.Trials.Select(t => t with { TrainUtterances = null })] }, B], Quick);
        unknown.Pairs[0].CorrectedResampled.ShouldBeNull();
        unknown.Notes.ShouldContain(n => n.Contains("training utterances is not known"));

        static ComparedSystem Only(string name, PredictionRow[] rows) => System(name, [.. rows.Where(r => r.Speaker == "s00")]);
    }

    [Fact]
    public void Few_speakers_cannot_show_a_difference_by_ranks()
    {
        ComparedSystem Four(ComparedSystem s) => s with { Trials = [.. s.Trials.Take(4)] };
        SystemComparison.Of([Four(A), Four(B)], Quick).Notes.ShouldContain(n => n.Contains("cannot fall below 0.125"));
    }

    /// <summary>With eight speakers Wilcoxon's p is 1/128 at the least: of six pairs Holm leaves 0.047, of ten 0.078.</summary>
    [Fact]
    public void Sign_flips_decide_where_Wilcoxon_can_show_nothing_among_so_many_pairs()
    {
        ComparedSystem[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => System($"s{i}", [.. BootstrapReference.First.Select((r, k) => k % (i + 2) == 0 ? r with { Predicted = "joy" } : r)]))];
        var four = SystemComparison.Of(Many(4), Quick);
        four.Pairs.ShouldAllBe(p => p.SignFlip == null && p.DecidingPValue == p.Wilcoxon!.AdjustedPValue);
        four.Notes.ShouldNotContain(n => n.Contains("sign-flip"));

        var five = SystemComparison.Of(Many(5), Quick);
        var expected = SignFlipTest.OfAll([.. five.Pairs.Select(p => (Speakers(p.First), Speakers(p.Second)))]);
        five.Pairs.Select(p => p.SignFlip).ShouldBe(expected);
        five.Pairs.ShouldAllBe(p => p.DecidingPValue == p.SignFlip!.AdjustedPValue);
        five.Notes.ShouldContain("Wilcoxon signed-rank test: with 8 speakers and 10 pairs its corrected p cannot fall below 0.078, so it can show nothing here; the sign-flip test decides.");
        five.Questions.Select(q => q.Test).ShouldContain("sign-flip test");
        SystemComparison.Of([.. Many(5).Select(s => s with { Trials = [.. s.Trials.Take(5)] })], Quick).Pairs.ShouldAllBe(p => p.SignFlip == null);

        IReadOnlyList<double> Speakers(string name) => five.Systems.Single(s => s.Name == name).Speakers;
    }

    [Fact]
    public void Systems_of_different_badges_are_refused()
    {
        var adapted = B with { Badge = new(BadgeKind.SpeakerIndependent, true) };
        Should.Throw<UndertoneException>(() => SystemComparison.Of([A, adapted])).Message
            .ShouldStartWith("'a' is speaker-independent and 'b' is speaker-independent, adapted: scores with different badges are not compared");
    }

    [Fact]
    public void Systems_that_were_not_tested_alike_are_refused_with_what_differs()
    {
        Refusal(B with { Trials = [.. B.Trials.Skip(2)] }).ShouldBe(
            "'b' was not tested on fold 'loso-s00' of seed 0, fold 'loso-s01' of seed 0, on which 'a' was; expected the same folds for both. Finish the trials of 'b', or compare runs of the same protocol.");
        Refusal(B with { Trials = [.. B.Trials.Select(t => t with { Seed = 9 })] }).ShouldContain("'a': 0; 'b': 9");
        Refusal(Changed(r => r.Skip(1))).ShouldStartWith("fold 'loso-s00' of seed 0: 'a' was tested on u0, and 'b' was not");
        Refusal(Changed(r => r.Append(r.First() with { Utterance = "more" }))).ShouldContain("'b' was tested on more, and 'a' was not");
        Refusal(Changed(r => r.Select(x => x.Utterance == "u3" ? x with { True = "joy" } : x))).ShouldStartWith("fold 'loso-s00' of seed 0, utterance 'u3': speaker s00 and truth 'anger' for 'a'");
        Refusal(B with { Name = "a" }).ShouldContain("two systems of a comparison are called 'a'");
        Refusal(B with { Trials = [] }).ShouldContain("no finished trial");
        Refusal(B with { Trials = [.. B.Trials, B.Trials[0]] }).ShouldContain("2 trials of fold 'loso-s00'");
        Should.Throw<UndertoneException>(() => SystemComparison.Of([A])).Message.ShouldContain("is one, 'a'");

        static string Refusal(ComparedSystem other) => Should.Throw<UndertoneException>(() => SystemComparison.Of([A, other])).Message;

        static ComparedSystem Changed(Func<IEnumerable<PredictionRow>, IEnumerable<PredictionRow>> change) =>
            B with { Trials = [B.Trials[0] with { Test = new(Classes, [.. change(B.Trials[0].Test.Rows)]) }, .. B.Trials.Skip(1)] };
    }

    private static ComparedSystem System(string name, PredictionRow[] rows, params int[] seeds) => new(
        name, Independent,
        [
            .. from seed in seeds.DefaultIfEmpty(0)
               from speaker in rows.GroupBy(r => r.Speaker)
               select new ComparedTrial("loso-" + speaker.Key, seed, new PredictionTable(Classes, [.. speaker]), 120),
        ]);
}
