using Undertone.Experiments;
using Undertone.Features;
using Undertone.Systems;

namespace Undertone.Tests.Experiments;

public sealed class ExperimentFileTests
{
    private const string Whole =
        """
        name: emodb-guess
        description: a test
        corpora: [emodb]
        protocols: [leave-one-speaker-out, { kind: random-k-fold, folds: 5 }]
        systems:
          - guess
          - { name: guess, alias: slow, overrides: { training.epochs: 9 } }
        seeds: [0, 1]
        validation: { speakers: 1 }
        overrides:
          training: { epochs: 4, learning-rate: 0.01 }
          normalisation: speaker
        variants:
          clean: {}
          denoised: { denoise.kind: wiener, training.epochs: 5 }
        workers: 3
        device: cpu
        """;

    private static readonly SystemCatalog Systems = new([new GuessingSystem()]);

    [Fact]
    public void ReadsAWholeFile()
    {
        var experiment = Read(Whole);
        experiment.Name.ShouldBe("emodb-guess");
        experiment.Description.ShouldBe("a test");
        experiment.Protocols.Select(p => p.Kind).ShouldBe(["leave-one-speaker-out", "random-k-fold"]);
        experiment.Systems.Select(s => s.Label).ShouldBe(["guess", "slow"]);
        experiment.Seeds.ShouldBe([0, 1]);
        experiment.ValidationSpeakers.ShouldBe(1);
        experiment.Workers.ShouldBe(3);
        experiment.Device.ShouldBe("cpu");
        var epochs = from system in experiment.Systems
                     from variant in experiment.VariantRows
                     select ((GuessingSettings)Experiment.SettingsOf(system, variant)).Training.Epochs;
        epochs.ShouldBe([4, 5, 9, 5]);
        experiment.Systems[0].Settings.Normalisation.ShouldBe(Normalisation.Speaker);
    }

    [Fact]
    public void DefaultsAreDocumentedOnes()
    {
        var experiment = Read("name: a\ncorpora: emodb\nprotocols: loso\nsystems: guess\n");
        experiment.Seeds.ShouldBe([0]);
        experiment.ValidationSpeakers.ShouldBe(2);
        experiment.Workers.ShouldBeNull();
        experiment.Device.ShouldBe("auto");
        experiment.Variants.ShouldBeEmpty();
    }

    [Fact]
    public void TheResolvedFileReadsBackTheSame()
    {
        var experiment = Read(Whole, "training.dropout=0.5", "training.epochs=7", "folds=[03]");
        var text = ResolvedExperiment.Write(experiment);
        text.ShouldContain("clip-norm: 5");
        text.ShouldNotContain("\r");
        var back = ExperimentFile.Parse("experiment.yaml", text, Systems);
        ResolvedExperiment.Write(back).ShouldBe(text);
        back.Folds.ShouldBe(["03"]);
        foreach (var (one, other) in experiment.Systems.Zip(back.Systems))
        {
            foreach (var (v, w) in experiment.VariantRows.Zip(back.VariantRows))
            {
                SettingsJson.Write(Experiment.SettingsOf(one, v)).ToJsonString().ShouldBe(SettingsJson.Write(Experiment.SettingsOf(other, w)).ToJsonString());
            }
        }
    }

    [Fact]
    public void ChangesFromTheCommandLineWinOverVariants()
    {
        var experiment = Read(Whole, "training.epochs=1", "seeds=[7]", "validation.speakers=0");
        experiment.Seeds.ShouldBe([7]);
        experiment.ValidationSpeakers.ShouldBe(0);
        ((GuessingSettings)Experiment.SettingsOf(experiment.Systems[1], experiment.Variants[1])).Training.Epochs.ShouldBe(1);
    }

    [Theory]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\nseed: [1]", "e.yaml:5: there is no key 'seed' in the experiment; did you mean 'seeds'?")]
    [InlineData("name: a\nname: b", "e.yaml:2: this is not YAML: Duplicate key")]
    [InlineData("name: a\n  b: [", "e.yaml:2: this is not YAML")]
    [InlineData("", "e.yaml: the file is empty")]
    [InlineData("- a", "e.yaml:1: expected keys and values")]
    [InlineData("name: a\nprotocols: [loso]\nsystems: [guess]", "e.yaml:1: the experiment has no 'corpora'")]
    [InlineData("name: A b\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]", "e.yaml:1: name 'A b' cannot be the name of a folder")]
    [InlineData("name: a\ncorpora: [emobd]\nprotocols: [loso]\nsystems: [guess]", "e.yaml:2: Unknown corpus 'emobd'; did you mean 'emodb'?")]
    [InlineData("name: a\ncorpora:\n  - emodb\n  - emodb\nprotocols: [loso]\nsystems: [guess]", "e.yaml:4: 'emodb' stands twice in corpora (first at e.yaml:3)")]
    [InlineData("name: a\ncorpora: []\nprotocols: [loso]\nsystems: [guess]", "e.yaml:2: corpora is empty")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [leave-one-speker-out]\nsystems: [guess]", "e.yaml:3: unknown protocol 'leave-one-speker-out'; did you mean 'leave-one-speaker-out'?")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols:\n  - kind: random-k-fold\n    fold: 3\nsystems: [guess]", "e.yaml:4: protocol 'random-k-fold': unknown parameter 'fold'; did you mean 'folds'?")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [{ folds: 3 }]\nsystems: [guess]", "e.yaml:3: the protocol has no 'kind'")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso, leave-one-speaker-out]\nsystems: [guess]", "e.yaml:3: 'loso' stands twice in protocols")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [gues]", "e.yaml:4: there is no system 'gues'; did you mean 'guess'?")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess, guess]", "e.yaml:4: 'guess' stands twice in systems (first at e.yaml:4); give one of them an alias")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems:\n  - name: guess\n    alias: a.b", "e.yaml:6: alias 'a.b' cannot be the name of a folder")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems:\n  - name: guess\n    overides: {}", "e.yaml:6: there is no key 'overides' in a system; did you mean 'overrides'?")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\nseeds: [0, x]", "e.yaml:5: a seed must be a whole number of at least 0, but is 'x'")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\nvalidation: { speaker: 2 }", "e.yaml:5: there is no key 'speaker' in validation; did you mean 'speakers'?")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\nvalidation: { speakers: -1 }", "e.yaml:5: validation.speakers must be a whole number of at least 0")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\noverrides:\n  training:\n    epoch: 2", "e.yaml:7: there is no setting 'training.epoch'")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\noverrides:\n  training.epochs: 0", "e.yaml:6: training: epochs must be at least 1, but is 0 (system 'guess')")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\nvariants:\n  x:\n    normalisation: all", "e.yaml:7: the setting 'normalisation' cannot be 'all'")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\nvariants:\n  x:\n    training.epochs: 2\n    training: { epochs: 3 }", "e.yaml:8: 'training.epochs' stands twice in the variant 'x' (first at e.yaml:7)")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\nworkers: 0", "e.yaml:5: workers must be a whole number of at least 1, but is '0'")]
    [InlineData("name: a\ncorpora: [emodb]\nprotocols: [loso]\nsystems: [guess]\ndevice: gpu", "e.yaml:5: there is no device 'gpu'")]
    public void RefusesWithFileAndLine(string text, string expected) =>
        Should.Throw<UndertoneException>(() => Read(text)).Message.ShouldContain(expected);

    [Theory]
    [InlineData("training.epoch=3", "--set training.epoch=3: there is no setting 'training.epoch'")]
    [InlineData("training.epochs=0", "--set training.epochs=0: training: epochs must be at least 1")]
    [InlineData("seeds=[x]", "--set seeds=[x]: a seed must be a whole number")]
    [InlineData("seeds", "--set seeds: expected path=value")]
    [InlineData("seeds=[1", "--set seeds=[1: the value cannot be read")]
    public void RefusesChangesByTheirText(string change, string expected) =>
        Should.Throw<UndertoneException>(() => Read(Whole, change)).Message.ShouldContain(expected);

    [Fact]
    public void AMissingFileIsSaidSoWithTheNearestName()
    {
        var folder = Directory.CreateTempSubdirectory("undertone-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "quickstart.yaml"), "");
        Should.Throw<UndertoneException>(() => ExperimentFile.Read(Path.Combine(folder, "quikstart.yaml"), Systems)).Message
            .ShouldContain("there is no such file; expected an experiment file (.yaml). Did you mean 'quickstart.yaml' beside it?");
        Directory.Delete(folder, recursive: true);
    }

    private static Experiment Read(string text, params string[] changes) =>
        ExperimentFile.Parse("e.yaml", text, Systems, [.. changes.Select(SettingChange.Parse)]);
}
