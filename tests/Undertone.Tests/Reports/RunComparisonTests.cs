using Undertone.Reports;

namespace Undertone.Tests.Reports;

public sealed class RunComparisonTests
{
    [Fact]
    public void Systems_of_two_runs_stand_side_by_side_with_tests()
    {
        var comparison = RunComparison.Of([Run("first", MadeTrials.Of("cnn", [0, 0, 0, 0, 0, 0, 0, 0])), Run("second", MadeTrials.Of("cnn", [1, 2, 3, 4, 5, 6, 7, 8]))]);
        var entry = comparison.Entries.ShouldHaveSingleItem();
        entry.Title.ShouldBe("emodb, leave-one-speaker-out: speaker-independent");
        entry.Comparison.Systems.Select(s => s.Name).ShouldBe(["cnn (first)", "cnn (second)"]);

        // 36 of 80 rows of anger are lost, all rows of neutral are right.
        var text = comparison.ToText();
        text.ShouldMatch(@"cnn \(first\) +100\.0 \[100\.0, 100\.0\] ");
        text.ShouldMatch(@"cnn \(second\) +77\.5 \[");
        text.ShouldContain("cnn (first) recognises more than cnn (second): +22.5 [");
        text.ShouldContain("p 0.008");
        comparison.ToMarkdown().ShouldContain("## emodb, leave-one-speaker-out: speaker-independent");
    }

    [Fact]
    public void A_system_can_be_chosen()
    {
        var (first, second) = (Run("first", MadeTrials.Of("cnn", [0, 0, 1]), MadeTrials.Of("bigru", [0, 1, 0])), Run("second", MadeTrials.Of("cnn", [1, 2, 3])));
        RunComparison.Of([first, second], ["cnn"]).Entries.ShouldHaveSingleItem().Comparison.Pairs.Count.ShouldBe(1);
        RunComparison.Of([first, second]).Entries.ShouldHaveSingleItem().Comparison.Pairs.Count.ShouldBe(3);
        Should.Throw<UndertoneException>(() => RunComparison.Of([first, second], ["cmm"])).Message.ShouldContain("no run has a system 'cmm'");
    }

    [Fact]
    public void Another_badge_is_refused_with_what_would_make_the_runs_comparable()
    {
        var message = Should.Throw<UndertoneException>(() => RunComparison.Of(
            [Run("plain", MadeTrials.Of("cnn", [0, 1])), Run("told", MadeTrials.Of("cnn", [0, 1], badge: "speaker-independent, adapted"))])).Message;
        message.ShouldContain("nothing of 'plain' and 'told' can be compared.");
        message.ShouldContain("emodb, leave-one-speaker-out: speaker-independent: only 'plain' has it.");
        message.ShouldContain("the same normalisation");
    }

    [Fact]
    public void Other_test_utterances_are_refused()
    {
        var message = Should.Throw<UndertoneException>(() => RunComparison.Of([Run("whole", MadeTrials.Of("cnn", [0, 1, 2])), Run("part", MadeTrials.Of("cnn", [0, 1]))])).Message;
        message.ShouldContain("'cnn (part)' was not tested on fold 's3' of seed 0");
        message.ShouldContain("Finish the trials of 'cnn (part)'");
    }

    [Fact]
    public void What_only_one_run_has_is_told_beside_what_both_have()
    {
        var comparison = RunComparison.Of([Run("first", MadeTrials.Of("cnn", [0, 1, 2]), MadeTrials.Of("cnn", [0, 0], corpus: "urdu")), Run("second", MadeTrials.Of("cnn", [1, 1, 1]))]);
        comparison.Entries.Count.ShouldBe(1);
        comparison.NotCompared.ShouldBe(["urdu, leave-one-speaker-out: speaker-independent: only 'first' has it."]);
    }

    [Fact]
    public void One_run_or_an_empty_one_is_refused()
    {
        var run = Run("first", MadeTrials.Of("cnn", [0, 1]));
        Should.Throw<UndertoneException>(() => RunComparison.Of([run])).Message.ShouldContain("at least two runs");
        Should.Throw<UndertoneException>(() => RunComparison.Of([run, run])).Message.ShouldContain("'first' is given twice");
        Should.Throw<UndertoneException>(() => RunComparison.Of([run, Run("empty")])).Message.ShouldContain("run 'empty': no trial has finished");
    }

    private static (string, ReportInput) Run(string name, params IEnumerable<ReportTrial>[] trials) =>
        (name, new ReportInput { Name = name, Trials = [.. trials.SelectMany(t => t)], Command = $"./undertone run experiments/{name}.yaml" });
}
