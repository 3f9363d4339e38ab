namespace Undertone.EndToEnd.Tests;

/// <summary>
/// Which shared libraries the real commands load, by the report of the system's own loader (<c>LD_DEBUG=files</c>), worker
/// processes included. Traditional systems and features never load libtorch or the bridge to it; a network does, so
/// that the report is seen to name them.
/// </summary>
public sealed class LoadedLibrariesTests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    private string Recording => Path.Combine(corpus.Corpora, "emodb", "wav", "03a01Wa.wav");

    [Fact]
    public void A_network_loads_the_engine()
    {
        var model = Path.Combine(corpus.Folder, "cnn");
        Traced("train", "cnn", "--corpus", "emodb", "--out", model, "--test-speakers", "1", "--set", "training.epochs=1");

        var libraries = Traced("predict", model, Recording);

        Engine(libraries).ShouldContain(l => l.StartsWith("libtorch", StringComparison.Ordinal));
        Engine(libraries).ShouldContain("libundertone_torch.so");
    }

    [Fact]
    public void A_support_vector_machine_neither_trains_nor_predicts_with_it()
    {
        var model = Path.Combine(corpus.Folder, "svm");
        var training = Traced("train", "svm-egemaps", "--corpus", "emodb", "--out", model, "--test-speakers", "1");
        training.ShouldContain("libsvm.so.3");
        Engine(training).ShouldBeEmpty();

        var prediction = Traced("predict", model, Recording);
        prediction.ShouldContain("libsndfile.so.1");
        Engine(prediction).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("egemaps")]
    [InlineData("compare-2016")]
    [InlineData("log-mel")]
    public void Features_are_extracted_without_it(string set)
    {
        var libraries = Traced("features", "extract", set, Recording, "--out", Path.Combine(corpus.Folder, $"{set}.csv"));

        libraries.ShouldContain("libsndfile.so.1");
        Engine(libraries).ShouldBeEmpty();
    }

    [Fact]
    public void An_experiment_of_traditional_systems_runs_without_it()
    {
        var experiment = Path.Combine(corpus.Folder, "traditional.yaml");
        File.WriteAllText(
            experiment,
            "name: traditional\ncorpora: [emodb]\nprotocols: [leave-one-speaker-out]\nsystems: [svm-egemaps]\nvalidation: { speakers: 1 }\n");

        var libraries = Traced("run", experiment, "--workers", "2");

        libraries.ShouldContain("libsvm.so.3");
        Engine(libraries).ShouldBeEmpty();
    }

    private static IEnumerable<string> Engine(IEnumerable<string> libraries) =>
        libraries.Where(l => new[] { "torch", "libc10", "libundertone" }.Any(part => l.Contains(part, StringComparison.Ordinal)));

    private IReadOnlyList<string> Traced(params string[] arguments)
    {
        var (exit, errors, libraries) = RunProcess.RunTraced(corpus, arguments);
        exit.ShouldBe(0, errors);
        return libraries;
    }
}
