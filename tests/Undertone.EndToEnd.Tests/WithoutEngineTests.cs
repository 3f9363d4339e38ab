using System.Text.Json;

namespace Undertone.EndToEnd.Tests;

/// <summary>
/// Traditional systems run where libtorch cannot be found: the real commands, the bridge's folder named and empty. A
/// network in the same place must fail, so that the emptiness is seen to work.
/// </summary>
public sealed class WithoutEngineTests : IDisposable
{
    private readonly RunCorpus _corpus = new();
    private readonly string _empty;

    public WithoutEngineTests() => _empty = Directory.CreateDirectory(Path.Combine(_corpus.Folder, "no bridge")).FullName;

    public void Dispose() => _corpus.Dispose();

    [Fact]
    public void A_network_cannot_be_trained_there()
    {
        var (exit, errors) = RunProcess.RunWithBridge(
            _empty, _corpus, "train", "cnn", "--corpus", "emodb", "--out", Path.Combine(_corpus.Folder, "cnn"), "--test-speakers", "1", "--set", "training.epochs=1");
        exit.ShouldBe(1);
        errors.ShouldContain("no bridge");
    }

    [Theory]
    [InlineData("svm-egemaps", "egemaps")]
    [InlineData("svm-compare", "mfcc-functionals")]
    public void A_support_vector_machine_is_trained_and_predicts_there(string system, string features)
    {
        var model = Path.Combine(_corpus.Folder, system);
        var trained = RunProcess.RunWithBridge(
            _empty, _corpus, "train", system, "--corpus", "emodb", "--out", model, "--test-speakers", "1", "--set", $"features={features}");
        trained.Exit.ShouldBe(0, trained.Errors);

        var predicted = RunProcess.RunWithBridge(_empty, _corpus, "predict", model, Path.Combine(_corpus.Corpora, "emodb", "wav", "03a01Wa.wav"));
        predicted.Exit.ShouldBe(0, predicted.Errors);
    }

    [Fact]
    public void An_experiment_runs_there_and_its_trials_name_no_engine()
    {
        var experiment = Path.Combine(_corpus.Folder, "svm.yaml");
        File.WriteAllText(
            experiment,
            "name: svm\ncorpora: [emodb]\nprotocols: [leave-one-speaker-out]\nsystems: [svm-egemaps]\nvalidation: { speakers: 1 }\n");

        var (exit, errors) = RunProcess.RunWithBridge(_empty, _corpus, "run", experiment, "--workers", "1");

        exit.ShouldBe(0, errors);
        var records = Directory.GetFiles(Path.Combine(_corpus.Folder, "runs", "svm", "trials"), "trial.json", SearchOption.AllDirectories);
        records.Length.ShouldBe(4);
        foreach (var record in records)
        {
            // The engine's version stands there exactly where the trial's process had loaded libtorch.
            using var json = JsonDocument.Parse(File.ReadAllBytes(record));
            json.RootElement.GetProperty("versions").GetProperty("torch").ValueKind.ShouldBe(JsonValueKind.Null);
        }
    }
}
