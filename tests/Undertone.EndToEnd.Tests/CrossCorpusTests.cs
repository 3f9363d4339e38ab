namespace Undertone.EndToEnd.Tests;

/// <summary>Training on one corpus and testing on another, from the experiment file to the report, with real processes.</summary>
public sealed class CrossCorpusTests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    [Fact]
    public void Two_corpora_with_a_label_scheme_are_trained_and_tested_across()
    {
        var experiment = Experiment("across", "{ scheme: big-four, map: { fear: null } }");
        var (audited, audit, auditErrors) = RunProcess.Run(corpus, "audit", experiment);
        audited.ShouldBe(0, auditErrors);
        audit.ShouldContain("fold demo-to-emodb: train");
        audit.ShouldContain("badge: cross-corpus; with ', adapted' added for cnn (adapted)");

        // One trial by hand, as under a scheduler; the run does the others.
        RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("across"), "--prepare").Exit.ShouldBe(0);
        var folder = Path.Combine(corpus.Runs("across"), "across");
        var (trial, _, trialErrors) = RunProcess.Run(corpus, "trial", folder, "emodb.cnn.adapted.cross-corpus-demo-to-emodb.seed-0");
        trial.ShouldBe(0, trialErrors);
        var (exit, output, errors) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("across"), "--workers", "2");
        exit.ShouldBe(0, errors);
        output.ShouldContain("demo, labels big-four: anger 48, happiness 48, neutral 48, sadness 48; left out 48 utterances: fear 48");
        output.ShouldContain("emodb-to-demo: demo without happiness 48: not a class of both sides");
        output.ShouldContain("4 trials, 1 finished already");
        output.ShouldContain("cross-corpus, mean over 2 ordered pairs: cross-corpus, adapted");

        File.ReadAllLines(Path.Combine(folder, "labels.csv")).ShouldContain("demo,big-four,,fear,,48");
        var validation = File.ReadAllLines(Path.Combine(folder, "trials", "demo.cnn.plain.cross-corpus-emodb-to-demo.seed-0", "validation.csv"));
        validation[0].ShouldBe("utterance,speaker,true,predicted,p(anger),p(neutral),p(sadness)");
        validation.Skip(1).ShouldAllBe(row => row.StartsWith("emodb/"));
        var report = File.ReadAllText(Path.Combine(folder, "report.md"));
        report.ShouldContain("| System | Mean validation UAR | Mean UAR (cross-corpus, adapted) | emodb → demo | demo → emodb |");
        output.ShouldNotContain("Next:");
        report.ShouldContain("left out, without a counterpart: 48 utterances (fear 48)");
        report.ShouldContain("Left out in emodb-to-demo: happiness 48: not a class of both sides");
        File.ReadAllText(Path.Combine(folder, "report.html")).ShouldContain("demo → emodb");
        File.ReadAllLines(Path.Combine(folder, "summary.csv")).Count(l => l.StartsWith("emodb,cnn,plain,cross-corpus-demo-to-emodb,cross-corpus,0,1,0,")).ShouldBe(1);

        // Another table of labels is another experiment.
        var (foreign, _, refusal) = RunProcess.Run(
            corpus, "run", Experiment("across", "{ scheme: big-four, map: { fear: sadness } }"), "--runs", corpus.Runs("across"));
        foreign.ShouldBe(2);
        refusal.ShouldContain("labels.demo.fear: stored nothing, now \"sadness\"");
    }

    [Fact]
    public void A_scheme_that_does_not_fit_is_refused_by_file_and_line()
    {
        var (exit, _, errors) = RunProcess.Run(corpus, "run", Experiment("unfit", "six-basic"));
        exit.ShouldBe(2);
        errors.ShouldContain($"{Path.Combine(corpus.Folder, "unfit.yaml")}:3: the class 'disgust' of the label scheme 'six-basic' vanishes");
        errors.ShouldContain("classes: [anger, fear, happiness, sadness]");
    }

    [Fact]
    public void Schemes_can_be_read()
    {
        var (exit, list, _) = RunProcess.Run(corpus, "labels", "list");
        exit.ShouldBe(0);
        list.ShouldContain("big-four");
        RunProcess.Run(corpus, "labels", "show", "big-four").Output.ShouldContain("excitement    happiness");
        var (unknown, _, errors) = RunProcess.Run(corpus, "labels", "show", "bigfour");
        unknown.ShouldBe(2);
        errors.ShouldContain("did you mean 'big-four'?");
    }

    private string Experiment(string name, string labels)
    {
        var path = Path.Combine(corpus.Folder, name + ".yaml");
        File.WriteAllText(
            path,
            $"name: {name}\ncorpora: [demo, emodb]\nlabels: {labels}\nprotocols: [cross-corpus]\nsystems: [cnn]\nvalidation: {{ speakers: 1 }}\n"
            + "overrides: { training.epochs: 1, training.refit: false }\nvariants:\n  plain: { normalisation: utterance }\n  adapted: { normalisation: corpus }\n");
        return path;
    }
}
