using Undertone.Corpora;
using Undertone.Experiments;
using Undertone.Systems;

namespace Undertone.Tests.Experiments;

/// <summary>The grid of published systems: each under its own paper's split, as printed and as tuned.</summary>
public sealed class PublishedSplitTests
{
    private const string Text = """
        name: test
        corpora: [emodb]
        protocols:
          - { kind: as-published, draws: 2, variants: [printed, tuned] }
          - { kind: loso, corpora: [emodb], variants: [tuned, adapted] }
          - { kind: ravdess-5, corpora: [ravdess] }
        systems: [paper, { name: tuned-paper, corpora: [emodb, iemocap] }]
        validation: { speakers: 0 }
        variants:
          printed: {}
          tuned: { tuned: true }
          adapted: { tuned: true, normalisation: speaker }
        """;

    private static readonly SystemCatalog Systems = new(
        [new GuessingSystem(), new GuessingSystem("paper", MadePaper.Card), new GuessingSystem("tuned-paper", MadePaper.TunedCard)]);

    [Fact]
    public void Each_system_is_split_as_its_paper_did_and_nothing_runs_twice()
    {
        string[] two = ["1", "2"];
        string[] four = ["01", "02", "03", "04"];
        Grid(Text).Select(t => t.Name).ShouldBe(
        [
            // Nothing was tuned of 'paper': as tuned it would be the same work.
            .. two.Select(d => $"emodb.paper.printed.hold-out-30-{d}.seed-0"),
            .. four.Select(s => $"emodb.paper.tuned.loso-{s}.seed-0"),
            .. four.Select(s => $"emodb.paper.adapted.loso-{s}.seed-0"),
            .. two.Select(d => $"emodb.tuned-paper.printed.hold-out-30-{d}.seed-0"),
            .. two.Select(d => $"emodb.tuned-paper.tuned.hold-out-30-{d}.seed-0"),
            .. four.Select(s => $"emodb.tuned-paper.tuned.loso-{s}.seed-0"),
            .. four.Select(s => $"emodb.tuned-paper.adapted.loso-{s}.seed-0"),
        ]);
        var first = Grid(Text)[0];
        (first.Protocol.Kind, first.Badge.ToString()).ShouldBe(("random-hold-out", "speaker-dependent"));
        first.Spec().ProtocolParameters.ToJsonString().ShouldBe("""{"test":"30","draws":"2"}""");
        Parse(Text).ProtocolsOn("emodb").Select(p => p.Protocol.Name).ShouldBe(["hold-out-30", "loso"]);
    }

    [Fact]
    public void Tuned_settings_are_the_cards_and_the_command_line_wins_over_them()
    {
        var printed = Settings("paper", "tuned");
        printed.Training.Epochs.ShouldBe(3);
        var tuned = Settings("tuned-paper", "tuned");
        (tuned.Training.Epochs, string.Join(' ', tuned.Channels)).ShouldBe((7, "4 8"));
        Settings("tuned-paper", "printed").Training.Epochs.ShouldBe(3);
        Settings("tuned-paper", "adapted").IsAdapted.ShouldBeTrue();
        var set = Settings("tuned-paper", "tuned", SettingChange.Parse("training.epochs=1"));
        (set.Training.Epochs, set.Channels.Count).ShouldBe((1, 2));
        set.Channels[0].ShouldBe(4);

        static GuessingSettings Settings(string system, string variant, params SettingChange[] changes)
        {
            var experiment = ExperimentFile.Parse("e.yaml", Text, Systems, changes);
            return (GuessingSettings)Experiment.SettingsOf(experiment.Systems.Single(s => s.Label == system), experiment.Variants.Single(v => v.Name == variant));
        }
    }

    [Fact]
    public void The_resolved_experiment_gives_the_same_trials()
    {
        var back = ResolvedExperiment.Write(ExperimentFile.Parse("e.yaml", Text, Systems, [SettingChange.Parse("training.dropout=0.3")]));
        back.ShouldContain("kind: as-published");
        back.ShouldContain("tuned: true");
        Grid(back).Select(t => t.Spec().Hash()).ShouldBe(Grid(Text, SettingChange.Parse("training.dropout=0.3")).Select(t => t.Spec().Hash()));
    }

    [Theory]
    [InlineData("systems: [paper, {", "systems: [guess, {", "e.yaml:4: protocol 'as-published': the system 'guess' repeats no paper")]
    [InlineData("variants: [tuned, adapted]", "variants: [tunde]", "e.yaml:5: there is no variant 'tunde'; did you mean 'tuned'?")]
    [InlineData("corpora: [ravdess]", "corpora: [ravdes]", "e.yaml:6: there is no corpus 'ravdes'; did you mean 'ravdess'?")]
    [InlineData("corpora: [emodb, iemocap] }", "corpora: [emobd] }", "there is no corpus 'emobd'; did you mean 'emodb'?")]
    [InlineData("{ tuned: true }", "{ tuned: yes }", "'tuned' is 'yes'; expected true")]
    public void What_does_not_fit_is_refused(string old, string now, string expected) =>
        Should.Throw<UndertoneException>(() => Grid(Replace(old, now))).Message.ShouldContain(expected);

    [Fact]
    public void A_corpus_that_no_system_is_for_is_refused() =>
        Should.Throw<UndertoneException>(() => Parse(Replace("systems: [paper, {", "systems: [{").Replace("corpora: [emodb]\n", "corpora: [urdu]\n", StringComparison.Ordinal)))
            .Message.ShouldContain("no system is for the corpus 'urdu'");

    [Fact]
    public void A_grid_without_any_trial_is_refused() =>
        Should.Throw<UndertoneException>(() => Grid("name: test\ncorpora: [emodb]\nprotocols: [{ kind: loso, corpora: [urdu] }]\nsystems: [guess]\n"))
            .Message.ShouldStartWith("e.yaml: no trial is left");

    private static string Replace(string old, string now)
    {
        var text = Text.ReplaceLineEndings("\n");
        var at = text.IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0);
        return text[..at] + now + text[(at + old.Length)..];
    }

    private static Experiment Parse(string text) => ExperimentFile.Parse("e.yaml", text, Systems);

    private static IReadOnlyList<Trial> Grid(string text, params SettingChange[] changes)
    {
        var experiment = ExperimentFile.Parse("e.yaml", text, Systems, changes);
        return TrialGrid.Build(experiment, new Dictionary<string, CorpusData> { ["emodb"] = RunFixture.Corpus(), ["urdu"] = RunFixture.Corpus() });
    }
}
