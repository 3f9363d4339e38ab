using Undertone.Reports;

namespace Undertone.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public void Scores_are_those_computed_by_hand()
    {
        using var run = TinyRun.OneSystem();
        var result = ReportWriter.Write(run.Location).ShouldHaveSingleItem();

        var seed = result.Seeds.ShouldHaveSingleItem();
        seed.Utterances.ShouldBe(9);
        seed.Trials.ShouldBe(3);
        seed.Uar.Estimate.ShouldBe((4 / 5.0 + 3 / 4.0) / 2, 1e-12);
        seed.Scores.Accuracy.ShouldBe(7 / 9.0, 1e-12);
        seed.Scores.MacroF1.ShouldBe((2 * 4 / 10.0 + 2 * 3 / 8.0) / 2, 1e-12);
        seed.Scores.WeightedF1.ShouldBe((5 * 0.8 + 4 * 0.75) / 9, 1e-12);
        seed.SpeakerUar.Mean.ShouldBe((0.75 + 0.75 + 1) / 3, 1e-12);
        seed.SpeakerUar.Spread.ShouldBe(0.1443375673, 1e-9);
        seed.ValidationUar.ShouldBe((1 + 1 / 3.0) / 2, 1e-12);
        result.Chance.ShouldBe(0.5);
    }

    [Fact]
    public void The_column_of_never_chosen_speakers_leaves_the_development_speaker_out()
    {
        using var run = TinyRun.OneSystem();
        var result = ReportWriter.Write(run.Location).ShouldHaveSingleItem();

        // Speakers 10 and 11: anger 3 of 3, neutral 2 of 3.
        result.Unchosen.Estimate.ShouldBe((1 + 2 / 3.0) / 2, 1e-12);
        result.Seeds[0].UnchosenUtterances.ShouldBe(6);
        result.Speakers.Where(s => s.Chosen).Select(s => s.Speaker).ShouldBe(["03"]);
    }

    [Fact]
    public void Summary_holds_one_row_a_seed()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("cnn", null, 1, "speaker-independent", flips: 1);
        ReportWriter.Write(run.Location);

        var lines = File.ReadAllLines(Path.Combine(run.Location, "summary.csv"));
        lines.Length.ShouldBe(3);
        lines[0].ShouldBe(SummaryCsv.Header);
        lines[1].ShouldStartWith("emodb,cnn,,loso,speaker-independent,0,3,0,9,0.775000,");
        lines[1].ShouldEndWith(",0.666667");
        lines[1].ShouldContain(",0.777778,0.775000,0.777778,0.833333,0.144338,0.833333,0.144338,6,0.833333,");
        lines[1].Split(',').Length.ShouldBe(lines[0].Split(',').Length);

        // With the first right row of each fold made wrong, all of them anger: anger 1 of 5, neutral 3 of 4.
        lines[2].ShouldStartWith("emodb,cnn,,loso,speaker-independent,1,3,0,9,0.475000,");
    }

    [Fact]
    public void Several_seeds_are_shown_as_mean_and_standard_deviation()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("cnn", null, 1, "speaker-independent", flips: 1);
        var result = ReportWriter.Write(run.Location).ShouldHaveSingleItem();

        // 0.775 and 0.475: mean 0.625, standard deviation 0.3 / √2.
        result.OverSeeds(s => s.Uar.Estimate).ToString().ShouldBe("62.5 ± 21.2");
        result.Uar.Estimate.ShouldBe(0.625, 1e-12);
        result.Seeds.Select(s => s.Seed).ShouldBe([0, 1]);
    }

    [Fact]
    public void Scores_with_different_badges_never_share_a_table()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("cnn", "per-speaker", 0, "speaker-independent, adapted", flips: 0);
        run.AddTrials("bilstm", "per-speaker", 0, "speaker-independent, adapted", flips: 1);
        var results = ReportWriter.Write(run.Location);

        var sections = ResultSection.Of(results);
        sections.Select(s => s.Badge.ToString()).ShouldBe(["speaker-independent", "speaker-independent, adapted"]);
        sections.ShouldAllBe(s => s.Results.All(r => r.Badge == s.Badge));
        sections.ShouldAllBe(s => s.Headline.Contains($"({s.Badge})"));
        var markdown = File.ReadAllText(Path.Combine(run.Location, "report.md"));
        markdown.ShouldContain("| UAR (speaker-independent) |");
        markdown.ShouldContain("| UAR (speaker-independent, adapted) |");
    }

    [Fact]
    public void The_best_system_is_chosen_over_the_seeds_that_all_systems_share()
    {
        using var run = new TinyRun();
        run.Prepare("tiny");
        run.AddTrials("one-seed", null, 0, "speaker-independent", flips: 0);
        run.AddTrials("two-seeds", null, 0, "speaker-independent", flips: 0);
        run.AddTrials("two-seeds", null, 1, "speaker-independent", flips: 0);
        foreach (var file in Directory.GetFiles(run.Folder.TrialsFolder, "validation.csv", SearchOption.AllDirectories))
        {
            // Of two validation rows: one-seed has one right, two-seeds both with seed 0 and none with seed 1.
            var (first, second) = file.Contains("one-seed") ? ("anger", "anger") : file.Contains("seed-0") ? ("anger", "neutral") : ("neutral", "anger");
            string Row(string id, string truth, string said) => $"{id},99,{truth},{said},{(said == "anger" ? "0.75,0.25" : "0.25,0.75")}\n";
            File.WriteAllText(file, "utterance,speaker,true,predicted,p(anger),p(neutral)\n" + Row("v1", "anger", first) + Row("v2", "neutral", second));
        }

        var section = ResultSection.Of(ReportWriter.Write(run.Location)).ShouldHaveSingleItem();
        section.Best!.System.ShouldBe("two-seeds");
        section.Headline.ShouldContain("validation UAR of 100.0 % over the seeds that all share");
    }

    [Fact]
    public void The_best_system_is_the_one_that_validation_chose_and_not_test()
    {
        using var run = new TinyRun();
        run.Prepare("tiny");
        run.AddTrials("good-on-test", null, 0, "speaker-independent", flips: 0);
        run.AddTrials("good-on-validation", null, 0, "speaker-independent", flips: 1);
        foreach (var file in Directory.GetFiles(run.Folder.TrialsFolder, "validation.csv", SearchOption.AllDirectories).Where(f => f.Contains("good-on-validation")))
        {
            File.WriteAllText(file, "utterance,speaker,true,predicted,p(anger),p(neutral)\nv1,99,anger,anger,0.75,0.25\nv2,99,neutral,neutral,0.125,0.875\n");
        }

        var section = ResultSection.Of(ReportWriter.Write(run.Location)).ShouldHaveSingleItem();
        section.Best!.System.ShouldBe("good-on-validation");
        section.Headline.ShouldContain("Chosen among 2 by its validation UAR of 100.0 %");
    }

    [Fact]
    public void The_same_predictions_give_the_same_bytes()
    {
        using var first = TinyRun.OneSystem();
        using var second = new TinyRun();
        second.Prepare("tiny");
        second.AddTrials("cnn", null, 0, "speaker-independent", flips: 0, seconds: 99);
        ReportWriter.Write(first.Location);
        ReportWriter.Write(second.Location);

        foreach (var file in new[] { "report.md", "summary.csv" })
        {
            var bytes = File.ReadAllBytes(Path.Combine(first.Location, file));
            bytes.ShouldBe(File.ReadAllBytes(Path.Combine(second.Location, file)));
            bytes.ShouldNotContain((byte)'\r');
        }

        var html = File.ReadAllText(Path.Combine(first.Location, "report.html"));
        ReportWriter.Write(first.Location);
        File.ReadAllText(Path.Combine(first.Location, "report.html")).ShouldBe(html);
    }

    [Fact]
    public void What_comes_from_files_is_escaped()
    {
        using var run = TinyRun.OneSystem();
        File.WriteAllText(run.Folder.FailureLog("emodb.cnn.loso-12.seed-0"), "emodb.cnn.loso-12.seed-0\nthe loss is <script>alert(1)</script> | NaN\n\nlog\n");
        ReportWriter.Write(run.Location);

        var html = File.ReadAllText(Path.Combine(run.Location, "report.html"));
        html.ShouldContain("A run &lt;b&gt;by hand&lt;/b&gt; &amp; checked.");
        html.ShouldContain("the loss is &lt;script&gt;alert(1)&lt;/script&gt; | NaN");
        html.ShouldNotContain("<script>alert");
        var markdown = File.ReadAllText(Path.Combine(run.Location, "report.md"));
        markdown.ShouldContain("the loss is &lt;script>alert(1)&lt;/script> \\| NaN");
        markdown[..markdown.IndexOf("```", StringComparison.Ordinal)].ShouldNotContain("<b>");
    }

    [Fact]
    public void The_page_needs_nothing_from_elsewhere()
    {
        using var run = TinyRun.OneSystem();
        ReportWriter.Write(run.Location);

        var html = File.ReadAllText(Path.Combine(run.Location, "report.html"));
        foreach (var reference in new[] { "<script src", "<img", "<iframe", "@import", "<link rel=\"stylesheet\"", "href=\"http" })
        {
            html[..html.IndexOf("</main>", StringComparison.Ordinal)].ShouldNotContain(reference);
        }

        html.ShouldContain("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; img-src data:;");
        html.ShouldNotContain("unsafe-eval");

        html.ShouldContain("prefers-color-scheme:dark");
        html.ShouldContain("@media print");
    }

    [Fact]
    public void A_missing_fold_is_told()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("bilstm", null, 0, "speaker-independent", flips: 0);
        Directory.Delete(run.Folder.TrialFolder("emodb.bilstm.loso-11.seed-0"), recursive: true);
        ReportWriter.Write(run.Location);

        File.ReadAllText(Path.Combine(run.Location, "report.md")).ShouldContain("2 of 3 trials are finished");
    }

    [Fact]
    public void The_findings_of_the_analysers_are_shown()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("bilstm", null, 0, "speaker-independent", flips: 3);
        ReportWriter.Write(run.Location);

        // All right rows of bilstm made wrong: 0 of 5 and 0 of 4, which no interval lifts above chance.
        var markdown = File.ReadAllText(Path.Combine(run.Location, "report.md"));
        markdown.ShouldContain("- emodb, loso, bilstm (speaker-independent): UAR 0.0 % is not shown to be better than guessing");
        File.ReadAllText(Path.Combine(run.Location, "report.html")).ShouldContain("<li class=\"warning\">emodb, loso, bilstm");
    }

    [Fact]
    public void Files_that_were_left_out_are_named()
    {
        using var run = TinyRun.OneSystem();
        File.WriteAllText(run.Folder.LeftOutFile, "corpus,file,reason\nemodb,wav/03a01Xx.wav,\"the file is truncated, 44 bytes\"\n");
        ReportWriter.Write(run.Location);
        var markdown = File.ReadAllText(Path.Combine(run.Location, "report.md"));
        markdown.ShouldContain("- emodb: 1 unreadable file was left out.");
        markdown.ShouldContain("- Left out: 1 file: 03a01Xx.wav (the file is truncated, 44 bytes)");
    }

    [Fact]
    public void A_run_without_a_finished_trial_has_a_report()
    {
        using var run = new TinyRun();
        run.Prepare("tiny");
        ReportWriter.Write(run.Location).ShouldBeEmpty();
        File.ReadAllText(Path.Combine(run.Location, "report.html")).ShouldContain("No trial has finished yet.");
    }

    [Fact]
    public void A_folder_that_is_no_run_is_refused()
    {
        var error = Should.Throw<UndertoneException>(() => ReportWriter.Write(Path.GetTempPath()));
        error.Message.ShouldContain("no run folder");
    }

    [Fact]
    public void A_damaged_history_is_named_with_its_line()
    {
        using var run = TinyRun.OneSystem();
        var path = run.Folder.TrialFile("emodb.cnn.loso-03.seed-0", "history.csv");
        File.WriteAllText(path, "epoch,train_loss,validation_loss,validation_uar,seconds\n1,0.7\n");
        Should.Throw<UndertoneException>(() => ReportWriter.Write(run.Location)).Message.ShouldContain("history.csv, line 2: 2 fields");
    }
}
