using Undertone.Reports;

namespace Undertone.Tests.Reports;

public sealed class ResultFindingsTests
{
    [Fact]
    public void Of_many_findings_of_a_kind_three_are_shown_and_the_others_counted()
    {
        using var run = new TinyRun();
        run.Prepare("tiny");
        for (var fold = 1; fold <= 5; fold++)
        {
            // Every right row made wrong: validation, two thirds right, lies far above test.
            run.AddTrials("cnn", null, 0, "speaker-independent", flips: 3, protocol: $"groups-{fold}", kind: "leave-speakers-out");
        }

        var input = RunFolderReader.Read(run.Location);
        var findings = ResultFindings.Of(input, ResultCalculator.Of(input.Trials));
        findings.Count(f => f.Text.Contains("lies far above test UAR", StringComparison.Ordinal)).ShouldBe(3);
        findings.ShouldContain(f => f.Weight == "warning" && f.Text == "The same (validation-above-test) is said of 2 more results.");
    }

    [Fact]
    public void Warnings_come_before_notes()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("bilstm", null, 0, "speaker-independent", flips: 3);
        var input = RunFolderReader.Read(run.Location);
        var weights = ResultFindings.Of(input, ResultCalculator.Of(input.Trials)).Select(f => f.Weight).ToList();
        weights.ShouldContain("warning");
        weights.ShouldBe(weights.OrderBy(w => w switch { "serious" => 0, "warning" => 1, _ => 2 }));
    }
}
