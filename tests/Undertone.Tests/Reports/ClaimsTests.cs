using Undertone.Experiments;
using Undertone.Reports;
using Undertone.Systems;

namespace Undertone.Tests.Reports;

public sealed class ClaimsTests
{
    private static readonly int[] Rising = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly int[] None = [0, 0, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void A_claim_is_supported_contradicted_or_cannot_be_told()
    {
        // Every one of eight speakers shows the difference: p = 2 / 2^8, and Holm's correction of two such claims and one of p 1 gives 3 / 128.
        var section = MadeTrials.Section(MadeTrials.Of("good", None), MadeTrials.Of("bad", Rising), MadeTrials.Of("same", [1, 0, 0, 0, 0, 0, 0, 0]));
        var verdicts = ClaimVerdict.Of([Claim("good", "bad"), Claim("bad", "good"), Claim("good", "same")], [section], out var notJudged);

        notJudged.ShouldBeEmpty();
        verdicts.Select(v => v.Outcome).ShouldBe([ClaimOutcome.Supported, ClaimOutcome.Contradicted, ClaimOutcome.CannotBeTold]);
        verdicts[0].Difference.ShouldBe(0.225, 1e-12);
        verdicts[0].PValue.ShouldBe(2 / 256.0, 1e-12);
        verdicts[0].AdjustedPValue.ShouldBe(3 * 2 / 256.0, 1e-12);
        verdicts[1].Difference.ShouldBe(-0.225, 1e-12);
        verdicts[2].Low.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void As_good_within_a_margin_is_a_claim_of_its_own()
    {
        // Behind by 5 points with every second speaker: not shown to be as good within 2 points, but within 10.
        var section = MadeTrials.Section(MadeTrials.Of("gru", [1, 0, 1, 0, 1, 0, 1, 0]), MadeTrials.Of("lstm", None));
        ClaimVerdict.Of([Claim("gru", "lstm") with { Margin = 0.02 }], [section], out _).ShouldHaveSingleItem().Outcome.ShouldBe(ClaimOutcome.CannotBeTold);
        ClaimVerdict.Of([Claim("gru", "lstm") with { Margin = 0.1 }], [section], out _).ShouldHaveSingleItem().Outcome.ShouldBe(ClaimOutcome.Supported);
    }

    [Fact]
    public void Seconds_are_compared_as_a_ratio_of_the_same_folds()
    {
        // Half the time in every fold, but for the last, where it is 0.6 of it.
        var fast = MadeTrials.Of("fast", None).Select((t, i) => t with { Seconds = i < 7 ? 5 : 6 });
        var verdict = ClaimVerdict.Of([Claim("fast", "slow") with { On = ClaimMetric.TrainingSeconds }], [MadeTrials.Section(fast, MadeTrials.Of("slow", None))], out _).ShouldHaveSingleItem();

        // SciPy: exp of the mean of log ratios, and of its t interval with 7 degrees of freedom; ttest_rel of the logarithms.
        verdict.Difference.ShouldBe(0.5115259376102316, 1e-9);
        verdict.Low.ShouldBe(0.48468928986504106, 1e-9);
        verdict.High.ShouldBe(0.5398484974175597, 1e-9);
        verdict.PValue.ShouldBe(1.3520103248215077e-08, 1e-12);
        verdict.Outcome.ShouldBe(ClaimOutcome.Supported);
    }

    [Fact]
    public void Seconds_of_another_run_are_not_judged()
    {
        var taken = MadeTrials.Of("fast", None).Select(t => t with { TakenFrom = "other/" + t.Name });
        ClaimVerdict.Of([Claim("fast", "slow") with { On = ClaimMetric.TrainingSeconds }], [MadeTrials.Section(taken, MadeTrials.Of("slow", None))], out var notJudged).ShouldBeEmpty();
        notJudged.ShouldHaveSingleItem().ShouldContain("8 trials were taken over from another run");
    }

    [Fact]
    public void What_cannot_be_judged_is_listed_with_its_reason()
    {
        var section = MadeTrials.Section(MadeTrials.Of("cnn", [0, 1]), MadeTrials.Of("bigru", [0, 1]).Take(1));
        ClaimVerdict.Of(
            [Claim("cnn", "bigru"), Claim("cnn", "lstm"), new ExperimentClaim { Claim = "c", Source = "s", NotTestable = "There is no such corpus." }], [section], out var notJudged).ShouldBeEmpty();
        notJudged.Count.ShouldBe(3);
        notJudged[0].ShouldContain("'bigru' was not tested on fold 's2' of seed 0");
        notJudged[1].ShouldContain("No corpus and protocol has finished trials of both cnn and lstm");
        notJudged[2].ShouldBe("Not tested: c (s). There is no such corpus.");
    }

    [Fact]
    public void Claims_of_the_experiment_stand_in_every_report()
    {
        using var run = TinyRun.OneSystem();
        run.AddTrials("bigru", null, 0, "speaker-independent", flips: 1);
        File.AppendAllText(run.Folder.ExperimentFile, "claims:\n- { claim: cnn wins, source: 'someone, section 2', better: { system: cnn }, than: { system: bigru }, on: uar }\n- { claim: pigs fly, source: nobody, not-testable: None is at hand. }\n");
        ReportWriter.Write(run.Location);
        ReportWriter.WriteLatex(run.Location);

        var markdown = File.ReadAllText(Path.Combine(run.Location, "report.md"));
        markdown.ShouldContain("## Claims\n");
        markdown.ShouldContain("| cnn wins | someone, section 2 | emodb, leave-one-speaker-out: speaker-independent | UAR: cnn − bigru | +30.0 [25.0, 50.0] |");
        markdown.ShouldContain("| cannot be told |");
        markdown.ShouldContain("- Not tested: pigs fly (nobody). None is at hand.");
        File.ReadAllText(Path.Combine(run.Location, "report.html")).ShouldContain("<td>UAR: cnn − bigru</td>");
        File.ReadAllText(Path.Combine(run.Location, "report.tex")).ShouldContain("UAR: cnn $-$ bigru");
    }

    [Fact]
    public void Claims_are_read_and_written_and_are_no_part_of_trials()
    {
        var with = Parse("claims:\n  - { claim: a, source: b, better: { system: cnn, variant: x }, than: { system: bigru, variant: y }, margin: 2.5 }\n  - { claim: c, source: d, better: cnn, than: bigru, on: training-seconds }\n  - { claim: e, source: f, not-testable: No corpus. }\n");
        var claim = with.Claims[0];
        (claim.Better, claim.Than, claim.Margin).ShouldBe((new ClaimSide("cnn", "x"), new ClaimSide("bigru", "y"), 0.025));
        with.Claims[1].On.ShouldBe(ClaimMetric.TrainingSeconds);
        var resolved = ResolvedExperiment.Write(with);
        ExperimentFile.ClaimsOf("resolved", resolved).ShouldBe(with.Claims);
        ExperimentFile.Parse("again.yaml", resolved, SystemCatalog.Default).Claims.ShouldBe(with.Claims);
        ResolvedExperiment.Write(with with { Claims = [] }).ShouldBe(ResolvedExperiment.Write(Parse("")));
    }

    [Theory]
    [InlineData("- { claim: a, source: b, better: { system: cmn }, than: bigru }", "test.yaml:6: the experiment has no system 'cmn'", "cnn")]
    [InlineData("- { claim: a, source: b, better: { system: cnn, variant: z }, than: bigru }", "test.yaml:6: the experiment has no variant 'z'", "'x'")]
    [InlineData("- { claim: a, source: b, better: cnn }", "test.yaml:6: the claim must have both 'better' and 'than'", "not-testable")]
    [InlineData("- { claim: a, source: b, better: cnn, than: cnn }", "test.yaml:6: the claim sets 'cnn' against itself", "two systems")]
    [InlineData("- { claim: a, better: cnn, than: bigru }", "test.yaml:6: the claim has no 'source'", "expected claim, source")]
    [InlineData("- { claim: a, source: b, better: cnn, than: bigru, on: speed }", "test.yaml:6: no claim is judged on 'speed'", "training-seconds")]
    [InlineData("- { claim: a, source: b, better: cnn, than: bigru, margin: -1 }", "test.yaml:6: margin must be above 0", "-1")]
    [InlineData("- { claim: a, source: b, better: cnn, than: bigru, on: training-seconds, margin: 2 }", "test.yaml:6: a margin is in points of UAR", "another metric")]
    [InlineData("- { claim: a, source: b, bettr: cnn, than: bigru }", "test.yaml:6: there is no key 'bettr' in a claim", "better")]
    [InlineData("- { claim: a, source: b, better: { variant: x }, than: bigru }", "test.yaml:6: 'better' has no 'system'", "{ system: NAME }")]
    public void A_wrong_claim_is_refused_with_its_line(string claim, string where, string what)
    {
        var message = Should.Throw<UndertoneException>(() => Parse("claims:\n" + claim + "\n")).Message;
        message.ShouldContain(where);
        message.ShouldContain(what);
    }

    [Fact]
    public void The_shipped_claims_are_read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Undertone.slnx")))
        {
            folder = folder.Parent;
        }

        var experiment = ExperimentFile.Read(Path.Combine(folder.ShouldNotBeNull().FullName, "experiments", "claims.yaml"), SystemCatalog.Default);
        experiment.Claims.Count(c => c.NotTestable is null).ShouldBeGreaterThanOrEqualTo(6);

        // The defaults of finished trials stay as they were: the setting shows only where it is set.
        SettingPath.Flatten(experiment.Systems.Single(s => s.Label == "bilstm").Settings).ShouldNotContain(s => s.Key == "bidirectional");
        SettingPath.Flatten(experiment.Systems.Single(s => s.Label == "lstm").Settings).ShouldContain(new KeyValuePair<string, object?>("bidirectional", "false"));
    }

    private static Experiment Parse(string claims) => ExperimentFile.Parse(
        "test.yaml", "name: test\ncorpora: [demo]\nprotocols: [leave-one-speaker-out]\nsystems: [cnn, bigru]\n" + (claims.Length == 0 ? "" : claims) + "variants: { x: {}, y: { training.epochs: 3 } }\n", SystemCatalog.Default);

    private static ExperimentClaim Claim(string better, string than) => new() { Claim = $"{better} over {than}", Source = "test", Better = new ClaimSide(better, null), Than = new ClaimSide(than, null) };
}
