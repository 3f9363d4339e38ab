using Undertone.Evaluation;
using Undertone.Evaluation.Metrics;
using Undertone.Evaluation.Significance;
using Undertone.Protocols;
using Undertone.Reports;

namespace Undertone.Tests.Reports;

/// <summary>What a person reads of a comparison.</summary>
public sealed class ComparisonMarkdownTests
{
    [Fact]
    public void Two_systems_are_shown_with_difference_tests_questions_and_notes()
    {
        // Ten speakers of ten utterances: the first gets nine right of each, the second eight, of the last speaker nine.
        var text = ComparisonMarkdown.Write(SystemComparison.Of([System("svm", _ => 9), System("c_nn", s => s == 9 ? 9 : 8)]));
        text.ShouldStartWith("## Comparison of systems\n\nspeaker-independent; 100 test utterances, 10 speakers, 10 folds, seed 0.\n\n| System | UAR |\n");
        text.ShouldContain("\n| svm | 90.0 [90.0, 90.0] |\n");
        text.ShouldContain("\n| svm – c_nn | 9.0 [");

        // Nine ties and a zero: the normal approximation, W = 0 and z = -22.5 / √(71.25 - 720 / 48) = -3.
        text.ShouldContain(" | 0.0027 \\* | 1.00 | 0.0039 \\* | ");
        text.ShouldContain("\\*: p below 0.05.");
        text.ShouldContain("| McNemar's test | 100 utterances | Do these two trained systems err differently on these very utterances? |");
        text.ShouldContain("- One seed: ");
        text.ShouldContain("svm and c\\_nn: speakers differ equally or not at all");
        text.ShouldNotContain("Friedman");
        text.ShouldNotContain("Holm");
        text.ShouldEndWith("\n");
    }

    [Fact]
    public void Three_systems_are_shown_with_ranks_and_what_is_not_told_apart()
    {
        var text = ComparisonMarkdown.Write(
            SystemComparison.Of([System("best", _ => 9), System("good", s => s % 2 == 0 ? 6 : 7), System("fair", s => s % 2 == 0 ? 7 : 6)], new() { Metrics = [new CohensKappa()] }), "");
        text.ShouldStartWith("speaker-independent;");
        text.ShouldContain("| System | UAR | Cohen's kappa | Mean rank over speakers |");
        text.ShouldContain(" | 1.00 |\n");
        text.ShouldContain("(p, Holm)");
        text.ShouldContain("Friedman: chi-squared(2) = 15.00, p 0.0006; ");
        text.ShouldContain("not told apart: good, fair.");
    }

    [Fact]
    public void What_could_not_be_tested_is_a_dash()
    {
        ComparedSystem Lone(ComparedSystem s) => s with { Trials = [s.Trials[0]] };
        var text = ComparisonMarkdown.Write(SystemComparison.Of([Lone(System("a", _ => 9)), Lone(System("b", _ => 5))]));
        text.ShouldContain("| a – b | 40.0 | – | – | 0.1250 | – | – |");
        text.ShouldContain("no interval, for want of a second speaker");
        text.ShouldContain("1 speaker, 1 fold");
    }

    private static ComparedSystem System(string name, Func<int, int> right) => new(
        name, new Badge(BadgeKind.SpeakerIndependent, false),
        [
            .. Enumerable.Range(0, 10).Select(s => new ComparedTrial(
                $"loso-{s}", 0,
                new PredictionTable(
                    ["anger", "joy"],
                    [.. Enumerable.Range(0, 10).Select(i => new PredictionRow($"{s}-{i}", $"s{s}", i % 2 == 0 ? "anger" : "joy", (i < right(s)) == (i % 2 == 0) ? "anger" : "joy", null))]),
                90)),
        ]);
}
