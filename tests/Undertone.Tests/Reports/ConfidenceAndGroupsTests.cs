using Undertone.Reports;

namespace Undertone.Tests.Reports;

public sealed class ConfidenceAndGroupsTests
{
    [Fact]
    public void Confidence_is_judged_before_and_after_a_temperature_of_validation_rows()
    {
        using var run = TinyRun.OneSystem();
        var result = ReportWriter.Write(run.Location).ShouldHaveSingleItem();
        var calibration = CalibrationResult.Of(result).ShouldNotBeNull();

        // Rows say anger with 0.75 (5, 4 of them right) and neutral with 0.875 (4, 3 right): ECE (5 |0.75 - 0.8| + 4 |0.875 - 0.75|) / 9.
        calibration.Before.ExpectedError.ShouldBe(((5 * 0.05) + (4 * 0.125)) / 9, 1e-9);
        calibration.Before.Brier.ShouldBe(2 * ((4 * 0.0625) + 0.5625 + (3 * 0.015625) + 0.765625) / 9, 1e-9);

        // Fold 03 is right on both validation rows, so that more confidence is always better; the others are right on one of two,
        // both said with 0.75, which is best said with one half: the bounds of what is fitted.
        calibration.Temperatures[0].ShouldBe(0.01, 1e-9);
        calibration.Temperatures[1].ShouldBe(100, 1e-6);
        calibration.After.ShouldNotBeNull();
        calibration.Before.Coverage.At(0.5).Accuracy.ShouldBe(7 / 9.0, 1e-12);
    }

    [Fact]
    public void Reports_hold_confidence_groups_and_seeds_with_their_badge()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("cnn", null, 1, "speaker-independent", flips: 1);
        File.WriteAllText(
            run.Folder.UtterancesFile,
            "corpus,utterance,speaker,gender,age,language,text,session,seconds,audio_hash,intensity,arousal,valence,dominance,human_rate\n"
            + string.Concat(Enumerable.Range(0, 9).Select(i => $"emodb,u{i},{(i < 3 ? "03" : i < 6 ? "10" : "11")},{(i < 3 ? "female" : "male")},{(i < 3 ? 25 : 41)},de,a01,,2,00,,,,,{(i % 3 == 0 ? "0.8" : "1")}\n")));
        ReportWriter.Write(run.Location);

        var markdown = File.ReadAllText(Path.Combine(run.Location, "report.md"));
        markdown.ShouldContain("### Confidence (speaker-independent)\n");
        markdown.ShouldContain("| System | ECE % | Brier score | Log loss | Temperature | ECE %, scaled | Brier score, scaled | Log loss, scaled |");

        // The temperatures above are extreme, and make the confidence of test rows worse.
        markdown.ShouldContain("fitted on validation speakers, does not carry over to the test speakers: ECE goes from ");
        markdown.ShouldContain("| Accuracy % answering 80 % (speaker-independent) |");

        // Two seeds: 0.775 and 0.475.
        markdown.ShouldContain("| cnn | 2 | 62.5 | 21.2 | 47.5 | 77.5 |");

        // Women are speaker 03 alone: anger 1 of 4, neutral 2 of 2 over both seeds; too few for a gap.
        markdown.ShouldContain("### By group of speakers (speaker-independent)\n");
        markdown.ShouldContain("| System | female (1 speaker) | male (2 speakers) | Gap in points | Widest gap of a class's recall |");
        markdown.ShouldContain("| cnn | 62.5 * | ");
        markdown.ShouldContain("| System | 20-29 (1 speaker) | 40-49 (2 speakers) |");

        // Rates: u0, u3 and u6 were heard right by 80 %, the others by all: anger u0 u1 u3 u6 u7, neutral u2 u4 u5 u8.
        markdown.ShouldContain("| listeners | 94.0 | 93.3 | 9 | 88.0 | 100.0 |");
        var html = File.ReadAllText(Path.Combine(run.Location, "report.html"));
        html.ShouldContain("<h4>Confidence (speaker-independent)</h4>");
        html.ShouldContain("Listeners on emodb");
    }

    [Fact]
    public void A_learning_curve_has_a_column_a_share()
    {
        using var run = new TinyRun();
        run.Prepare("tiny");
        run.AddTrials("cnn", null, 0, "speaker-independent", flips: 1, protocol: "loso-share-025", kind: "learning-curve");
        run.AddTrials("cnn", null, 0, "speaker-independent", flips: 0, protocol: "loso-share-100", kind: "learning-curve");
        ReportWriter.Write(run.Location);

        var markdown = File.ReadAllText(Path.Combine(run.Location, "report.md"));
        markdown.ShouldContain("| UAR % on emodb (speaker-independent) | 25 % of the training utterances | 100 % of the training utterances |\n|:---|---:|---:|\n| cnn | 47.5 [");
    }
}
