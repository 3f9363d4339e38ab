namespace Undertone.EndToEnd.Tests;

/// <summary><c>undertone run</c> with real processes and a real system.</summary>
public sealed class RunTests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    private const int Long = 100000;
    private static readonly string[] Speakers = ["03", "08", "09", "10"];

    [Fact]
    public void Predictions_are_the_same_with_one_and_two_workers_and_after_a_kill_in_the_middle()
    {
        var experiment = corpus.Experiment("same");
        var (exit, output, errors) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("one"), "--workers", "1");
        exit.ShouldBe(0, errors);
        output.ShouldContain("[4/4] emodb.cnn.loso-");
        errors.ShouldContain("1 unreadable file left out");
        errors.ShouldContain(RunCorpus.Unreadable);
        var expected = Predictions(corpus.Runs("one"), "same");
        expected.Length.ShouldBe(4);

        using (var killed = RunProcess.Start(corpus, "run", experiment, "--runs", corpus.Runs("two"), "--workers", "2"))
        {
            killed.Until(() => killed.Output.Contains("[1/4]"), "a finished trial");
            killed.Worker();
            RunProcess.Signal("KILL", killed.Id);
            killed.Wait().ShouldBe(137);
        }

        RunProcess.UntilNoneWorksOn(corpus.Runs("two"));
        Predictions(corpus.Runs("two"), "same").Length.ShouldBeInRange(1, 3);

        var (again, resumed, _) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("two"), "--workers", "2");
        again.ShouldBe(0);
        resumed.ShouldContain("finished already");
        Predictions(corpus.Runs("two"), "same").ShouldBe(expected);
        Directory.GetDirectories(Path.Combine(corpus.Runs("two"), "same", "trials")).Length.ShouldBe(4);

        // The resolved file in the run folder is an experiment that gives the same trials.
        var (resolved, _, resolvedErrors) = RunProcess.Run(
            corpus, "run", Path.Combine(corpus.Runs("one"), "same", "experiment.yaml"), "--runs", corpus.Runs("resolved"), "--workers", "2");
        resolved.ShouldBe(0, resolvedErrors);
        Predictions(corpus.Runs("resolved"), "same").ShouldBe(expected);

        // Another experiment under the same name is refused, and nothing is lost.
        var (foreign, _, refusal) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("one"), "--set", "training.epochs=1");
        foreign.ShouldBe(2);
        refusal.ShouldContain("this is the run folder of another experiment under the same name 'same'");
        refusal.ShouldContain("settings.training.epochs: stored 2, now 1");
        Predictions(corpus.Runs("one"), "same").ShouldBe(expected);
    }

    [Fact]
    public void On_the_demo_corpus_every_system_gives_the_same_bytes_whatever_happens_to_the_run()
    {
        var experiment = Path.Combine(corpus.Folder, "demo.yaml");
        File.WriteAllText(
            experiment,
            "name: demo\ncorpora: [demo]\nprotocols: [{ kind: leave-speakers-out, groups: 2 }]\nsystems: [cnn, bilstm, bigru, cnn-lstm]\n"
            + "overrides: { training.epochs: 1 }\n");
        var (exit, _, errors) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("demo one"), "--workers", "1");
        exit.ShouldBe(0, errors);
        var expected = Predictions(corpus.Runs("demo one"), "demo");
        expected.Length.ShouldBe(8);

        using (var killed = RunProcess.Start(corpus, "run", experiment, "--runs", corpus.Runs("demo two"), "--workers", "2"))
        {
            killed.Until(() => killed.Output.Contains("[2/8]"), "two finished trials");
            RunProcess.Signal("KILL", killed.Id);
            killed.Wait().ShouldBe(137);
        }

        RunProcess.UntilNoneWorksOn(corpus.Runs("demo two"));
        Predictions(corpus.Runs("demo two"), "demo").Length.ShouldBeInRange(2, 7);
        RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("demo two"), "--workers", "2").Exit.ShouldBe(0);
        Predictions(corpus.Runs("demo two"), "demo").ShouldBe(expected);
    }

    [Fact]
    public void A_worker_that_is_killed_is_tried_once_more()
    {
        var experiment = corpus.Experiment("retry", more: "folds: [\"03\"]\n");
        using var run = RunProcess.Start(corpus, "run", experiment, "--runs", corpus.Runs("retry"), "--workers", "1");
        RunProcess.Signal("KILL", run.Worker());
        run.Wait().ShouldBe(0, run.Errors);
        run.Errors.ShouldContain("emodb.cnn.loso-03.seed-0: the process was killed (SIGKILL");
        run.Errors.ShouldContain("it is tried once more");
        Predictions(corpus.Runs("retry"), "retry").Length.ShouldBe(1);
    }

    [Fact]
    public void A_worker_that_is_killed_twice_fails_with_its_log_and_the_others_go_on()
    {
        var experiment = corpus.Experiment("fail", more: "folds: [\"03\", \"08\"]\n");
        using var run = RunProcess.Start(corpus, "run", experiment, "--runs", corpus.Runs("fail"), "--workers", "1");
        var first = run.Worker();
        RunProcess.Signal("KILL", first);
        run.Until(() => run.Errors.Contains("tried once more"), "the second try");
        RunProcess.Signal("KILL", run.Worker());
        run.Wait().ShouldBe(1);
        run.Errors.ShouldContain("1 trial failed:");
        run.Errors.ShouldContain(".failed.log");
        Predictions(corpus.Runs("fail"), "fail").Length.ShouldBe(1);
        Directory.GetFiles(Path.Combine(corpus.Runs("fail"), "fail", "trials"), "*.failed.log").Length.ShouldBe(1);

        var (again, _, _) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("fail"));
        again.ShouldBe(0);
        Predictions(corpus.Runs("fail"), "fail").Length.ShouldBe(2);
        Directory.GetFiles(Path.Combine(corpus.Runs("fail"), "fail", "trials"), "*.failed.log").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void An_interrupted_run_says_how_to_go_on_and_leaves_no_process(string signal)
    {
        var name = $"stop-{signal.ToLowerInvariant()}";
        var experiment = corpus.Experiment(name, Long);
        using var run = RunProcess.Start(corpus, "run", experiment, "--runs", corpus.Runs(name), "--workers", "2");
        run.Worker();

        var (second, _, refusal) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs(name));
        second.ShouldBe(2);
        refusal.ShouldContain($"another run is at work in this run folder (process {run.Id})");

        RunProcess.Signal(signal, run.Id);
        run.Wait().ShouldBe(130);
        run.Errors.ShouldContain("Interrupted. Finished trials are kept; this continues:");
        run.Errors.ShouldContain($"undertone run '{experiment}' --runs '{corpus.Runs(name)}' --workers 2");
        RunProcess.UntilNoneWorksOn(corpus.Runs(name));
        Directory.GetDirectories(Path.Combine(corpus.Runs(name), name, "trials")).ShouldBeEmpty();

        var (prepared, list, _) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs(name), "--prepare");
        prepared.ShouldBe(0);
        foreach (var speaker in Speakers)
        {
            list.ShouldContain($"emodb.cnn.loso-{speaker}.seed-0");
        }
    }

    [Fact]
    public void A_trial_that_diverges_is_not_tried_again()
    {
        var experiment = corpus.Experiment("diverge", more: "folds: [\"03\"]\n");
        var (exit, _, errors) = RunProcess.Run(
            corpus, "run", experiment, "--runs", corpus.Runs("diverge"), "--set", "training.learning-rate=1e30", "--workers", "1");
        exit.ShouldBe(1);
        errors.ShouldContain("emodb.cnn.loso-03.seed-0: failed: Training diverged");
        errors.ShouldNotContain("once more");
        errors.ShouldContain("This tries them again: undertone run");
    }

    [Fact]
    public void A_trial_runs_by_hand_as_under_a_scheduler()
    {
        var experiment = corpus.Experiment("hand");
        RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("hand"), "--prepare").Exit.ShouldBe(0);
        var folder = Path.Combine(corpus.Runs("hand"), "hand");
        var (exit, output, errors) = RunProcess.Run(corpus, "trial", folder, "emodb.cnn.loso-10.seed-0");
        exit.ShouldBe(0, errors);
        output.ShouldContain("epoch   2");
        output.ShouldContain("emodb.cnn.loso-10.seed-0: UAR ");
        var (unknown, _, refusal) = RunProcess.Run(corpus, "trial", folder, "emodb.cnn.loso-11.seed-0");
        unknown.ShouldBe(2);
        refusal.ShouldContain("no trial 'emodb.cnn.loso-11.seed-0' in this run; did you mean 'emodb.cnn.loso-10.seed-0'?");
        File.ReadAllText(Path.Combine(folder, "left-out.csv")).ShouldContain(RunCorpus.Unreadable);
    }

    [Fact]
    public void A_run_folder_that_cannot_be_written_is_refused()
    {
        var file = Path.Combine(corpus.Folder, "a file");
        File.WriteAllText(file, "");
        var (exit, _, errors) = RunProcess.Run(corpus, "run", corpus.Experiment("unwritable"), "--runs", file);
        exit.ShouldBe(2);
        errors.ShouldContain("the run folder cannot be written");
        errors.ShouldContain("--runs");
    }

    [Fact]
    public void Mistakes_are_told_by_file_and_line_without_a_stack_trace()
    {
        var (exit, output, errors) = RunProcess.Run(corpus, "run", corpus.Experiment("mistake", more: "seed: 3\n"));
        exit.ShouldBe(2);
        output.ShouldBeEmpty();
        errors.ShouldStartWith($"error: {Path.Combine(corpus.Folder, "mistake.yaml")}:7: there is no key 'seed' in the experiment; did you mean 'seeds'?");
        errors.ShouldNotContain("   at ");
        var (debug, _, trace) = RunProcess.Run(corpus, "run", corpus.Experiment("mistake", more: "seed: 3\n"), "--debug");
        debug.ShouldBe(2);
        trace.ShouldContain("   at ");
        var (unknown, _, command) = RunProcess.Run(corpus, "rum");
        unknown.ShouldBe(2);
        command.ShouldContain("error: there is no command 'rum'; did you mean 'run'?");
    }

    [Fact]
    public void The_audit_gives_its_verdict()
    {
        var (sound, output, _) = RunProcess.Run(corpus, "audit", corpus.Experiment("sound"));
        sound.ShouldBe(0);
        output.ShouldContain("verdict: sound");
        output.ShouldContain("badge: speaker-independent");
        var leaky = corpus.Experiment("leaky");
        File.WriteAllText(leaky, File.ReadAllText(leaky).Replace("leave-one-speaker-out", "{ kind: random-k-fold, folds: 2 }"));
        var (allowed, found, _) = RunProcess.Run(corpus, "audit", leaky);
        allowed.ShouldBe(0);
        found.ShouldContain("train and test share 4 speakers: 03, 08, 09, 10");
        found.ShouldContain("verdict: leaky");
        found.ShouldContain("badge: speaker-dependent");
    }

    private static string[] Predictions(string runs, string name)
    {
        var trials = Path.Combine(runs, name, "trials");
        return [.. Directory.GetDirectories(trials).Where(t => !Path.GetFileName(t).StartsWith('.')).Order(StringComparer.Ordinal)
            .Select(t => $"{Path.GetFileName(t)}\n{File.ReadAllText(Path.Combine(t, "predictions.csv"))}")];
    }
}
