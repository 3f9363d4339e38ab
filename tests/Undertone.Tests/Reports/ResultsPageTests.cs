using System.IO.Compression;
using Undertone.Experiments;
using Undertone.Reports;
using Undertone.Reports.Charts;
using Undertone.Systems;

namespace Undertone.Tests.Reports;

public sealed class ResultsPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-results-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_page_has_one_row_a_system_and_columns_by_badge()
    {
        var page = File.ReadAllText(WritePage());
        page.ShouldContain("| System | Validation UAR (speaker-independent) | UAR (speaker-independent) | UAR over never-chosen speakers (speaker-independent) | Validation UAR (speaker-independent, adapted) | UAR (speaker-independent, adapted) |");
        page.Split('\n').Count(l => l.StartsWith("| cnn | 66.7 | 77.5 [", StringComparison.Ordinal)).ShouldBe(1);

        // Two seeds, 0.775 and 0.475.
        page.ShouldContain("| 62.5 ± 21.2 [");
        page.ShouldContain("Recall (speaker-independent, adapted) | anger | neutral");

        // Speaker-independent: anger 4 of 5, neutral 3 of 4. Adapted, both seeds: anger 5 of 10, neutral 6 of 8.
        page.ShouldContain("| cnn · global | 80.0 | 75.0 |");
        page.ShouldContain("| cnn · per-speaker | 50.0 | 75.0 |");
    }

    [Fact]
    public void Durations_come_from_the_trials()
    {
        var page = File.ReadAllText(WritePage());
        page.ShouldContain("| cnn · per-speaker | emodb | loso | speaker-independent, adapted | 6 | 10.0 | 0.02 |");
        page.ShouldContain("9 trials, 0.03 hours of their processes, one thread each, at most 6 processes at once.");
        page.ShouldContain("./undertone run experiments/tiny.yaml\n./undertone results write page runs/tiny\n");
    }

    [Fact]
    public void A_page_is_equal_to_what_is_kept_beside_it()
    {
        WritePage();
        ResultsCheck.Of(_folder).ShouldHaveSingleItem().Difference.ShouldBeNull();
    }

    [Fact]
    public void An_edited_number_is_found_and_its_line_named()
    {
        var path = WritePage();
        var page = File.ReadAllText(path);
        var line = page.Split('\n').ToList().FindIndex(l => l.StartsWith("| cnn · global | 80.0", StringComparison.Ordinal)) + 1;
        File.WriteAllText(path, page.Replace("| cnn · global | 80.0", "| cnn · global | 81.0", StringComparison.Ordinal));

        var difference = ResultsCheck.Of(_folder).ShouldHaveSingleItem().Difference.ShouldNotBeNull();
        difference.ShouldContain($"page.md:{line}: differs");
        difference.ShouldContain("kept: | cnn · global | 80.0 | 75.0 |");
    }

    [Fact]
    public void The_same_runs_are_kept_in_the_same_bytes()
    {
        WritePage();
        var files = Directory.GetFiles(_folder).ToDictionary(f => f, File.ReadAllBytes);
        files.Keys.Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["page.json", "page.md", "page.predictions.csv.gz"]);
        WritePage();
        foreach (var (file, bytes) in files)
        {
            File.ReadAllBytes(file).ShouldBe(bytes);
        }
    }

    [Fact]
    public void Kept_rows_are_the_rows_of_the_run()
    {
        WritePage();
        using var zip = new GZipStream(File.OpenRead(Path.Combine(_folder, "page.predictions.csv.gz")), CompressionMode.Decompress);
        var lines = new StreamReader(zip).ReadToEnd().Split('\n');
        lines[0].ShouldBe("corpus,system,variant,protocol,fold,seed,badge,part,utterance,speaker,true,predicted,p(anger),p(neutral)");
        lines[1].ShouldBe("emodb,cnn,global,loso,03,0,speaker-independent,test,u0,03,anger,anger,0.75,0.25");
        lines[4].ShouldBe("emodb,cnn,global,loso,03,0,speaker-independent,validation,v1,99,anger,anger,,");
        var kept = KeptResultsFile.Read(_folder, "page");
        kept.Trials.Count.ShouldBe(9);
        kept.Trials[0].Test.Rows[1].Probabilities.ShouldBe([0.125, 0.875]);
        kept.Trials[0].Validation!.HasProbabilities.ShouldBeFalse();
    }

    [Fact]
    public void What_a_trial_costs_is_kept_and_drawn()
    {
        using var run = TinyRun.OneSystem();
        foreach (var file in Directory.GetFiles(run.Location, "trial.json", SearchOption.AllDirectories))
        {
            (TrialRecord.Read(file) with { Cost = new ModelCost(93_399, 1.5e7) }).Write(file);
        }

        KeptResultsFile.Write(_folder, KeptResults.From("page", [RunFolderReader.Read(run.Location)]));
        KeptResultsFile.Read(_folder, "page").Trials.ShouldAllBe(t => t.Cost == new ModelCost(93_399, 1.5e7));

        var section = MadeTrials.Section(
            MadeTrials.Of("cheap", [1, 2, 3]).Select(t => t with { Cost = new ModelCost(2_000, 1e5) }),
            MadeTrials.Of("dear", [1, 1, 2]).Select(t => t with { Cost = new ModelCost(93_399, 1.5e7) }),
            MadeTrials.Of("silent", [1, 1, 2]));
        var charts = CostChart.Of(section).ToList();
        charts.Select(c => c.Name).ShouldBe(["cost-time", "cost-parameters", "cost-multiply-adds"]);
        charts[1].Text.ShouldContain("cheap (2 k, ");
        charts[2].Text.ShouldContain("dear (15 M, ");
        charts[1].Text.ShouldNotContain("silent");
    }

    [Fact]
    public void Groups_of_speakers_are_told_from_what_is_kept_of_them()
    {
        using var run = TinyRun.OneSystem();
        var utterances = File.ReadAllText(run.Folder.UtterancesFile);
        File.WriteAllText(run.Folder.UtterancesFile, utterances.Replace(",03,male,", ",03,female,", StringComparison.Ordinal).Replace("u8,11,male,31", "u8,11,male,32", StringComparison.Ordinal));
        File.ReadAllText(KeptResultsFile.Write(_folder, KeptResults.From("page", [RunFolderReader.Read(run.Location)]))).ShouldContain("| System | female (1 speaker) | male (2 speakers) |");
        var kept = KeptResultsFile.Read(_folder, "page");

        // The utterances of speaker 11 say two ages.
        kept.Speakers.ShouldBe([new KeptSpeaker("emodb", "03", "female", 31, "de"), new KeptSpeaker("emodb", "10", "male", 31, "de"), new KeptSpeaker("emodb", "11", "male", null, "de")]);

        // A page that was kept without them is read as before.
        var json = Path.Combine(_folder, "page.json");
        var node = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(json))!.AsObject();
        node.Remove("speakers").ShouldBeTrue();
        File.WriteAllText(json, node.ToJsonString());
        ResultsPage.Write(KeptResultsFile.Read(_folder, "page")).ShouldNotContain("female");
    }

    [Fact]
    public void Damaged_predictions_are_named()
    {
        WritePage();
        var path = Path.Combine(_folder, "page.predictions.csv.gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);
        Should.Throw<UndertoneException>(() => ResultsCheck.Of(_folder)).Message.ShouldContain("page.");
    }

    [Fact]
    public void A_run_with_failed_trials_is_not_kept()
    {
        using var run = TinyRun.OneSystem();
        File.WriteAllText(run.Folder.FailureLog("emodb.cnn.loso-12.seed-0"), "emodb.cnn.loso-12.seed-0\nout of memory\n\n");
        Should.Throw<UndertoneException>(() => KeptResults.From("page", [RunFolderReader.Read(run.Location)])).Message.ShouldContain("out of memory");
    }

    [Fact]
    public void A_run_that_lacks_trials_is_not_kept()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("bilstm", null, 0, "speaker-independent", flips: 0);
        Directory.Delete(run.Folder.TrialFolder("emodb.bilstm.loso-11.seed-0"), recursive: true);
        Should.Throw<UndertoneException>(() => KeptResults.From("page", [RunFolderReader.Read(run.Location)])).Message.ShouldContain("bilstm has 2 of 3 trials");
    }

    [Fact]
    public void The_same_trial_twice_is_refused()
    {
        using var run = TinyRun.OneSystem();
        var read = RunFolderReader.Read(run.Location);
        Should.Throw<UndertoneException>(() => KeptResults.From("page", [read, read])).Message.ShouldContain("is in two of the runs");
    }

    [Fact]
    public void A_page_grows_row_by_row_into_the_bytes_of_the_whole_run()
    {
        using var first = TinyRun.OneSystem();
        KeptResultsFile.Write(_folder, KeptResults.From("page", [RunFolderReader.Read(first.Location)]));

        // The folder of the first system is gone, and another holds the second alone.
        using var second = new TinyRun();
        second.Prepare("tiny");
        second.AddTrials("bilstm", null, 0, "speaker-independent", flips: 1);
        KeptResultsFile.Write(_folder, KeptResults.From("page", [RunFolderReader.Read(second.Location)]).AddedTo(KeptResultsFile.Read(_folder, "page")));

        using var whole = TinyRun.OneSystem();
        whole.AddTrials("bilstm", null, 0, "speaker-independent", flips: 1);
        var other = Path.Combine(_folder, "whole");
        KeptResultsFile.Write(other, KeptResults.From("page", [RunFolderReader.Read(whole.Location)]));
        foreach (var file in Directory.GetFiles(other))
        {
            File.ReadAllBytes(Path.Combine(_folder, Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void A_trial_that_is_run_again_takes_the_place_of_the_kept_one()
    {
        using var first = TinyRun.OneSystem();
        using var again = new TinyRun();
        again.Prepare("tiny");
        again.AddTrials("cnn", null, 0, "speaker-independent", flips: 1);
        var kept = KeptResults.From("page", [RunFolderReader.Read(first.Location)]);
        var now = KeptResults.From("page", [RunFolderReader.Read(again.Location)]);

        now.AddedTo(kept).Trials.ShouldBe(now.Trials);
    }

    [Fact]
    public void Trials_of_an_experiment_that_was_another_one_are_not_added()
    {
        using var run = TinyRun.OneSystem();
        var kept = KeptResults.From("page", [RunFolderReader.Read(run.Location)]);
        File.AppendAllText(run.Folder.ExperimentFile, "seeds: [1]\n");
        var now = KeptResults.From("page", [RunFolderReader.Read(run.Location)]);

        Should.Throw<UndertoneException>(() => now.AddedTo(kept)).Message.ShouldBe(
            $"page 'page' keeps trials of an experiment 'tiny' whose settings were others (SHA-256 {kept.Experiments[0].Sha256[..12]}, of the run {now.Experiments[0].Sha256[..12]}); "
            + "their figures do not belong into one table. Where the run was made with --set, resolve the whole experiment in its folder first: './undertone run experiments/tiny.yaml --prepare'. "
            + "Else write the page of whole runs, without --add.");
    }

    [Fact]
    public void The_pages_of_this_repository_are_equal_to_their_predictions()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Undertone.slnx")))
        {
            folder = folder.Parent;
        }

        folder.ShouldNotBeNull("the tests run inside the repository");
        foreach (var page in ResultsCheck.Of(Path.Combine(folder.FullName, "docs", "results")))
        {
            page.Difference.ShouldBeNull();
        }

        EmbeddedTables.Check(Path.Combine(folder.FullName, "README.md"), Path.Combine(folder.FullName, "docs", "results")).ShouldBeNull();
    }

    private string WritePage()
    {
        using var run = new TinyRun();
        run.Prepare("tiny");
        run.AddTrials("cnn", "global", 0, "speaker-independent", flips: 0);
        run.AddTrials("cnn", "per-speaker", 0, "speaker-independent, adapted", flips: 0);
        run.AddTrials("cnn", "per-speaker", 1, "speaker-independent, adapted", flips: 1);
        return KeptResultsFile.Write(_folder, KeptResults.From("page", [RunFolderReader.Read(run.Location)]));
    }
}
