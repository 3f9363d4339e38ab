using Undertone.Reports;

namespace Undertone.Tests.Reports;

/// <summary>
/// By hand: right rows that turn wrong under the speaker-independent protocol are the first of each fold, all of them
/// anger: 1 of 2 of speaker 03, 1 of 1 of speaker 10, 1 of 2 of speaker 11. The gap of drawn speakers is half of the share
/// of their anger rows that are lost: 3 / 5 of all; 1 / 2 where only 03 and 11 are drawn (8 of 27 draws), and 1 where 10
/// alone is (1 of 27), so that the bounds at 2.5 % and 97.5 % are the least and the greatest.
/// </summary>
public sealed class RealityGapTests
{
    [Fact]
    public void The_gap_is_a_paired_difference_over_the_same_speakers()
    {
        using var run = Both();
        var gap = RealityGapComparison.Of(ResultSection.Of(ReportWriter.Write(run.Location))).ShouldHaveSingleItem();

        gap.LeakyProtocol.ShouldBe("random-5-fold");
        gap.IndependentProtocol.ShouldBe("leave-one-speaker-out");
        gap.Rows.Select(r => r.Label).ShouldBe(["bigru", "cnn"]);
        var cnn = gap.Rows[1];
        cnn.Leaky.Estimate.ShouldBe(0.775, 1e-12);
        cnn.Independent.Estimate.ShouldBe(0.475, 1e-12);
        cnn.Gap.Estimate.ShouldBe(0.3, 1e-12);
        cnn.Gap.Low.ShouldBe(0.25, 1e-12);
        cnn.Gap.High.ShouldBe(0.5, 1e-12);
        (cnn.Utterances, cnn.LeftOut, cnn.Speakers).ShouldBe((9, 0, 3));

        // bigru has no gap at all, so the mean is half of cnn's.
        gap.Rows[0].Gap.ShouldBe(new UarInterval(0, 0, 0));
        gap.MeanGap!.Estimate.ShouldBe(0.15, 1e-12);
        gap.MeanGap.Low.ShouldBe(0.125, 1e-12);
        gap.MeanGap.High.ShouldBe(0.25, 1e-12);
    }

    [Fact]
    public void Each_column_is_named_by_its_badge_in_every_report()
    {
        using var run = Both();
        ReportWriter.Write(run.Location);
        const string head = "| UAR % on emodb | speaker-dependent (random-5-fold) | speaker-independent (leave-one-speaker-out) | difference in points |";
        var markdown = File.ReadAllText(Path.Combine(run.Location, "report.md"));
        markdown.ShouldContain("## Reality gap\n");
        markdown.ShouldContain(head);
        markdown.ShouldContain("| +30.0 [25.0, 50.0] |\n");
        markdown.ShouldContain("| mean of 2 systems | – | – | +15.0 [12.5, 25.0] |");
        markdown.ShouldContain("knowing the test speakers is worth +15.0 \\[12.5, 25.0\\] points of UAR to 2 systems on average");
        var html = File.ReadAllText(Path.Combine(run.Location, "report.html"));
        html.ShouldContain("<th scope=\"col\" class=\"n\">speaker-dependent (random-5-fold)</th>");
        html.ShouldContain("<td class=\"n\">+30.0 [25.0, 50.0]</td>");

        var folder = Directory.CreateTempSubdirectory("undertone-gap-").FullName;
        try
        {
            KeptResultsFile.Write(folder, KeptResults.From("page", [RunFolderReader.Read(run.Location)]));
            File.ReadAllText(Path.Combine(folder, "page.md")).ShouldContain(head);
            var outer = Path.Combine(folder, "outer.md");
            File.WriteAllText(outer, "<!-- table reality-gap page -->\n<!-- end of table -->\n");
            EmbeddedTables.Write(outer, folder).ShouldBeTrue();
            File.ReadAllText(outer).ShouldStartWith("<!-- table reality-gap page -->\n\n" + head + "\n");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Only_utterances_that_both_sides_tested_are_compared()
    {
        using var run = Both();
        Directory.Delete(run.Folder.TrialFolder("emodb.cnn.loso-11.seed-0"), recursive: true);
        run.AddTrials("bilstm", null, 0, "speaker-independent", flips: 0);
        var gap = RealityGapComparison.Of(ResultSection.Of(ReportWriter.Write(run.Location))).ShouldHaveSingleItem();

        // Speakers 03 and 10: anger 2 of 3 becomes 0 of 3; neutral stays at 2 of 3.
        var cnn = gap.Rows[1];
        (cnn.Utterances, cnn.LeftOut).ShouldBe((6, 3));
        cnn.Gap.Estimate.ShouldBe(1 / 3.0, 1e-12);
        gap.Notes.ShouldBe(["bilstm has no counterpart under random-5-fold."]);
        File.ReadAllText(Path.Combine(run.Location, "report.md")).ShouldContain("- cnn: compared on the 6 utterances that both sides tested; 3 that one side alone tested are left out.");
    }

    [Fact]
    public void Adapted_scores_are_paired_with_adapted_ones()
    {
        using var run = Both();
        run.AddTrials("cnn", "adapted", 0, "speaker-independent, adapted", flips: 0);
        RealityGapComparison.Of(ResultSection.Of(ReportWriter.Write(run.Location))).ShouldHaveSingleItem().Rows.Count.ShouldBe(2);
        run.AddTrials("cnn", "known-voice", 0, "speaker-dependent, adapted", flips: 0, protocol: "random-5-fold", kind: "random-k-fold");
        var gaps = RealityGapComparison.Of(ResultSection.Of(ReportWriter.Write(run.Location)));

        // The variants' names differ, and the badge tells what they do.
        gaps.Select(g => g.LeakyBadge.ToString()).ShouldBe(["speaker-dependent", "speaker-dependent, adapted"], ignoreOrder: true);
        gaps.Single(g => g.LeakyBadge.Adapted).Rows.ShouldHaveSingleItem().Label.ShouldBe("cnn");
    }

    [Fact]
    public void A_page_without_both_kinds_of_protocol_has_no_such_table()
    {
        using var run = TinyRun.OneSystem();
        var folder = Directory.CreateTempSubdirectory("undertone-gap-").FullName;
        try
        {
            KeptResultsFile.Write(folder, KeptResults.From("page", [RunFolderReader.Read(run.Location)]));
            var outer = Path.Combine(folder, "outer.md");
            File.WriteAllText(outer, "<!-- table reality-gap page -->\n<!-- end of table -->\n");
            Should.Throw<UndertoneException>(() => EmbeddedTables.Write(outer, folder)).Message.ShouldContain("'page' holds no system under a speaker-dependent and a speaker-independent protocol");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TinyRun Both()
    {
        var run = new TinyRun();
        run.Prepare("tiny");
        run.AddTrials("cnn", null, 0, "speaker-dependent", flips: 0, protocol: "random-5-fold", kind: "random-k-fold");
        run.AddTrials("bigru", null, 0, "speaker-dependent", flips: 1, protocol: "random-5-fold", kind: "random-k-fold");
        run.AddTrials("cnn", null, 0, "speaker-independent", flips: 1);
        run.AddTrials("bigru", null, 0, "speaker-independent", flips: 1);
        return run;
    }
}
