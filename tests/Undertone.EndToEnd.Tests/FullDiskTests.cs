namespace Undertone.EndToEnd.Tests;

/// <summary>A disk that is really full: at the start of a run, in the middle of a trial, under the cache, under a model.</summary>
public sealed class FullDiskTests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    [SmallDiskFact]
    public void A_disk_that_fills_up_in_the_middle_of_a_trial_stops_the_run_and_keeps_what_is_finished()
    {
        using var disk = new SmallDisk();
        var experiment = corpus.Experiment("middle", epochs: 20);
        using (var run = RunProcess.Start(corpus, "run", experiment, "--runs", disk.Folder, "--workers", "1"))
        {
            run.Until(() => run.Output.Contains("[1/4]"), "a finished trial");
            run.Worker();
            disk.Fill();
            run.Wait().ShouldBe(1);
            run.Errors.ShouldContain("the run folder is full or cannot be written: No space left on device");
            run.Errors.ShouldContain("Finished trials are kept; when that is mended, this continues:");
            run.Errors.ShouldContain($"undertone run '{experiment}' --runs '{disk.Folder}' --workers 1");
            run.Errors.ShouldNotContain("once more");
            run.Errors.ShouldNotContain("   at ");
        }

        var trials = Path.Combine(disk.Folder, "middle", "trials");
        var finished = Directory.GetFileSystemEntries(trials).Single();
        var predictions = File.ReadAllText(Path.Combine(finished, "predictions.csv"));

        disk.Free();
        var (exit, output, errors) = RunProcess.Run(corpus, "run", experiment, "--runs", disk.Folder, "--workers", "2");
        exit.ShouldBe(0, errors);
        output.ShouldContain("1 finished already");
        Directory.GetDirectories(trials).Length.ShouldBe(4);
        File.ReadAllText(Path.Combine(finished, "predictions.csv")).ShouldBe(predictions);
    }

    [SmallDiskFact]
    public void A_disk_that_is_full_at_the_start_is_a_failure_that_leaves_nothing_half_written()
    {
        using var disk = new SmallDisk();
        var experiment = corpus.Experiment("start");
        foreach (var free in new[] { 0, 4096 })
        {
            disk.Fill(free);
            var (exit, _, errors) = RunProcess.Run(corpus, "run", experiment, "--runs", disk.Folder);
            exit.ShouldBe(1, errors);
            errors.ShouldContain("the run folder is full or cannot be written: No space left on device");
            errors.ShouldContain("this continues:");
            Directory.GetFiles(disk.Folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0).Select(Path.GetFileName).ShouldBe(["filling"]);
        }

        disk.Free();
        RunProcess.Run(corpus, "run", experiment, "--runs", disk.Folder, "--prepare").Exit.ShouldBe(0);
    }

    [SmallDiskFact]
    public void A_disk_that_fills_up_under_a_table_of_features_keeps_what_is_done()
    {
        using var disk = new SmallDisk();
        string[] arguments = ["features", "extract", "log-mel", "--corpus", "emodb", "--out", Path.Combine(disk.Folder, "table.safetensors"), "--workers", "1"];
        foreach (var free in new[] { 131072, 4096 })
        {
            disk.Free();
            disk.Fill(free);
            var (exit, _, errors) = RunProcess.Run(corpus, arguments);
            exit.ShouldBe(1, errors);
            errors.ShouldContain("No space left on device");
            errors.ShouldContain("What was done is kept; the same command goes on from there.");
            errors.ShouldNotContain("   at ");
            Directory.GetFiles(disk.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["filling", "table.safetensors.partial"]);
        }

        disk.Free();
        var (code, output, _) = RunProcess.Run(corpus, arguments);
        code.ShouldBe(0);
        output.ShouldContain("of them done before");
        Directory.GetFiles(disk.Folder).Select(Path.GetFileName).ShouldBe(["table.safetensors"]);
    }

    [SmallDiskFact]
    public void A_cache_without_room_slows_a_run_down_and_says_so_or_ends_it_by_name()
    {
        using var disk = new SmallDisk();
        using var other = new RunCorpus(Path.Combine(disk.Folder, "cache"));
        var experiment = other.Experiment("cache", more: "folds: [\"03\"]\n");
        disk.Fill();
        var (none, _, refusal) = RunProcess.Run(other, "run", experiment, "--runs", other.Runs("none"));
        none.ShouldBe(1, refusal);
        refusal.ShouldContain("cannot be written: the disk is full. Free space there, or name another cache by XDG_CACHE_HOME.");

        disk.Free();
        RunProcess.Run(other, "run", experiment, "--runs", other.Runs("index"), "--prepare").Exit.ShouldBe(0);
        disk.Fill();
        var (exit, _, errors) = RunProcess.Run(other, "run", experiment, "--runs", other.Runs("slow"));
        exit.ShouldBe(0, errors);
        errors.ShouldContain("warning: The feature cache");
        errors.ShouldContain("going on without it");
    }

    [SmallDiskFact]
    public void A_model_is_not_trained_for_a_disk_that_cannot_hold_it()
    {
        using var disk = new SmallDisk();
        disk.Fill();
        var model = Path.Combine(disk.Folder, "model");
        string[] train = ["train", "cnn", "--corpus", "emodb", "--out", model, "--test-speakers", "1", "--set", "training.epochs=2"];
        var (exit, output, errors) = RunProcess.Run(corpus, train);
        exit.ShouldBe(1, errors);
        errors.ShouldContain($"{model}: the disk is full, so no model could be written there.");
        output.ShouldNotContain("epoch");

        disk.Fill(free: 65536);
        var (late, _, lost) = RunProcess.Run(corpus, train);
        late.ShouldBe(1, lost);
        lost.ShouldContain($"{model}: the disk became full while the model was written");
        Directory.GetDirectories(disk.Folder).ShouldBeEmpty();
    }
}
