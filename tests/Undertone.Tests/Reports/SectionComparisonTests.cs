using Undertone.Reports;
using Undertone.Reports.Charts;

namespace Undertone.Tests.Reports;

public sealed class SectionComparisonTests
{
    private static readonly int[] Rising = [1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public void A_difference_that_every_speaker_shows_is_told()
    {
        // The speakers' UARs differ by 1/20 to 8/20; all eight one way: p = 2 / 2^8 (SciPy: 0.0078125). Smallest difference by statsmodels' TTestPower.
        var comparison = SectionComparison.Of(MadeTrials.Section(MadeTrials.Of("cnn", [0, 0, 0, 0, 0, 0, 0, 0]), MadeTrials.Of("bigru", Rising))).Groups.ShouldHaveSingleItem();
        var pair = comparison.Pairs.ShouldHaveSingleItem();
        PairVerdict.IsToldApart(pair, 0.05).ShouldBeTrue();
        PairVerdict.Of(pair, comparison).ShouldStartWith("cnn recognises more than bigru: +22.5 [");
        PairVerdict.Of(pair, comparison).ShouldEndWith("points of UAR over 8 speakers (Wilcoxon, Holm-corrected p 0.008).");
        pair.Smallest!.Difference.ShouldBe(0.1415848975500077, 1e-6);
    }

    [Fact]
    public void What_speakers_cannot_tell_is_said_in_words()
    {
        var comparison = SectionComparison.Of(MadeTrials.Section(MadeTrials.Of("bigru", [0, 1, 0, 1]), MadeTrials.Of("cnn", [1, 0, 1, 0]))).Groups.ShouldHaveSingleItem();
        PairVerdict.Of(comparison.Pairs[0], comparison).ShouldStartWith("bigru and cnn cannot be told apart by 4 speakers: 0.0 [−5.0, 5.0] points of UAR (Wilcoxon, Holm-corrected p 1); they miss a difference below ");
    }

    /// <summary>All eight speakers go the same way: of the 2^8 choices of signs, that one and its opposite give as much.</summary>
    [Fact]
    public void Many_pairs_of_few_speakers_are_judged_by_sign_flips()
    {
        ReportTrial[] trials = [.. Enumerable.Range(0, 5).SelectMany(i => MadeTrials.Of($"s{i}", [.. Enumerable.Repeat(2 * i, 7), i]))];
        var comparison = SectionComparison.Of(MadeTrials.Section(trials)).Groups.ShouldHaveSingleItem();
        PairVerdict.Of(comparison.Pairs.Single(p => p is { First: "s0", Second: "s4" }), comparison).ShouldEndWith("points of UAR over 8 speakers (sign flips, corrected p 0.008).");
        SignificanceChart.Of(comparison)!.Note.ShouldContain("Sign-flip test over 8 speakers, corrected by step-down max-T");
        var report = Report(trials);
        report.ShouldContain("| First − second | Difference of UAR in points (speaker-independent) | Sign-flip p | Wilcoxon p |");
        report.ShouldContain("and so do those of sign flips, by which the verdicts are given");
        ComparisonMarkdown.Write(comparison).ShouldContain("| Sign flips over speakers (p, max-T) | Wilcoxon over speakers (p, Holm) |");
    }

    [Fact]
    public void Very_many_verdicts_share_a_line_for_each_system()
    {
        // Nine systems that ten speakers rank alike: all 36 pairs are told apart; alike, none.
        IEnumerable<ReportTrial> System(string name, int errors) => MadeTrials.Of(name, [.. Enumerable.Repeat(errors, 10)]);
        var alone = Report([.. Enumerable.Range(0, 9).SelectMany(i => System($"s{i}", i))]);
        alone.ShouldContain("\n- s0 recognises more than s1, s2, s3, s4, s5, s6, s7, s8: each corrected p is at most 0.05.\n");
        alone.ShouldContain("\n- s7 recognises more than s8: its corrected p is at most 0.05.\n");
        alone.ShouldNotContain("cannot be told apart");
        alone.ShouldContain("<details><summary>Every pair (36 rows)</summary>");
        var alike = Report([.. Enumerable.Range(0, 9).SelectMany(i => System($"s{i}", 0))]);
        alike.ShouldContain("\n- 36 pairs cannot be told apart by 10 speakers: the table has each of all 36.\n");
    }

    [Fact]
    public void Systems_that_were_not_tested_on_the_same_folds_are_not_compared()
    {
        var comparison = SectionComparison.Of(MadeTrials.Section(
            MadeTrials.Of("bigru", [0, 1, 0]), MadeTrials.Of("cnn", [1, 0, 1]).Take(2), MadeTrials.Of("cnn-lstm", [1, 1, 1])));

        comparison.Groups.ShouldHaveSingleItem().Systems.Select(s => s.Name).ShouldBe(["bigru", "cnn-lstm"]);
        var reason = comparison.NotCompared.ShouldHaveSingleItem();
        reason.ShouldStartWith("cnn is not compared with bigru: ");
        reason.ShouldContain("fold 's3' of seed 0");
    }

    [Fact]
    public void Every_report_holds_the_pairs_with_their_badge_the_ranks_and_what_each_test_is_for()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("bigru", null, 0, "speaker-independent", flips: 1);
        run.AddTrials("bilstm", null, 0, "speaker-independent", flips: 3);
        ReportWriter.Write(run.Location);

        // bigru loses one right row a speaker: McNemar 0 against 3 gives 0.25, Holm's correction for three pairs keeps it at the greatest.
        var markdown = File.ReadAllText(Path.Combine(run.Location, "report.md"));
        markdown.ShouldContain("### Differences between systems (speaker-independent)\n");
        markdown.ShouldContain("| First − second | Difference of UAR in points (speaker-independent) | Wilcoxon p | Rank-biserial correlation | Nemenyi p | McNemar p |");
        markdown.ShouldContain("| bigru − cnn | −30.0 [−50.0, −25.0] |");
        markdown.ShouldContain("- bigru and cnn cannot be told apart by 3 speakers: −30.0 ");
        markdown.ShouldContain("| System | UAR (speaker-independent) | Average rank |\n|:---|---:|---:|\n| cnn | 77.5 [");
        markdown.ShouldContain("| 1.00 |\n| bigru | 47.5 [");
        markdown.ShouldContain("## Which test answers which question\n");
        markdown.ShouldContain("| McNemar's test | Do these two trained systems err differently");
        var html = File.ReadAllText(Path.Combine(run.Location, "report.html"));
        html.ShouldContain("<h4>Differences between systems (speaker-independent)</h4>");
        html.ShouldContain("Average ranks and critical difference, speaker-independent");
    }

    private static string Report(ReportTrial[] trials) =>
        MarkdownReport.Write(new ReportInput { Name = "made", ExperimentYaml = "name: made\ncorpora: [emodb]\nprotocols: [leave-one-speaker-out]\nsystems: [cnn]\n", Trials = trials, Command = "./undertone run made.yaml" }, ResultCalculator.Of(trials), []);
}
