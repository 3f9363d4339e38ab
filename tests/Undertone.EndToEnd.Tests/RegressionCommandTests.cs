using System.Globalization;
using System.Text.Json;

namespace Undertone.EndToEnd.Tests;

/// <summary>A regression by the real commands, on the demo corpus: run, report, train, predict, evaluate.</summary>
public sealed class RegressionCommandTests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    [Fact]
    public void Dimensions_are_learned_with_the_same_bytes_whatever_the_number_of_workers()
    {
        var experiment = Experiment("dimensions", "[arousal, valence]");
        var (exit, output, errors) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("one"), "--workers", "1");
        exit.ShouldBe(0, errors);
        output.ShouldContain("demo, target arousal, valence: left out 0 utterances");
        output.ShouldContain("[2/2] demo.bigru.speaker-groups-2-");
        output.ShouldContain("  CCC ");
        output.ShouldContain("MSE of the mean");
        output.ShouldContain("train bigru --corpus demo --out models/demo-bigru --target arousal,valence --set training.epochs=1");
        var expected = Files("one", "predictions.csv").Concat(Files("one", "validation.csv")).ToList();
        expected.Count.ShouldBe(4);
        expected[0].ShouldContain("utterance,speaker,true(arousal),predicted(arousal),true(valence),predicted(valence)\n");
        Files("one", "history.csv")[0].ShouldContain("epoch,train_loss,validation_loss,validation_ccc,seconds\n");

        RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("two"), "--workers", "2").Exit.ShouldBe(0);
        Files("two", "predictions.csv").Concat(Files("two", "validation.csv")).ShouldBe(expected);
        foreach (var file in new[] { "report.md", "summary.csv", "target.csv" })
        {
            File.ReadAllText(Path.Combine(corpus.Runs("two"), "dimensions", file)).ShouldBe(File.ReadAllText(Path.Combine(corpus.Runs("one"), "dimensions", file)), file);
        }

        // Nothing is run twice, and evaluate reads the rows as the report does.
        var (again, list, _) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("one"));
        again.ShouldBe(0);
        list.ShouldContain("2 trials, 2 finished already");
        var evaluated = RunProcess.Run(corpus, ["evaluate", .. Directory.GetFiles(Path.Combine(corpus.Runs("one"), "dimensions", "trials"), "predictions.csv", SearchOption.AllDirectories), "--json"]);
        evaluated.Exit.ShouldBe(0, evaluated.Errors);
        using var json = JsonDocument.Parse(evaluated.Output);
        var summary = File.ReadAllLines(Path.Combine(corpus.Runs("one"), "dimensions", "summary.csv"));
        var ccc = json.RootElement.GetProperty("targets")[1].GetProperty("ccc").GetDouble();
        summary[2].ShouldContain($",valence,{ccc.ToString("F6", CultureInfo.InvariantCulture)},");
    }

    [Fact]
    public void A_model_of_dimensions_is_trained_and_predicts_them()
    {
        var model = Path.Combine(corpus.Folder, "dimensions model");
        var (exit, output, errors) = RunProcess.Run(
            corpus, "train", "bigru", "--corpus", "demo", "--out", model, "--target", "arousal,valence", "--set", "training.epochs=1", "--set", "training.refit=false");
        exit.ShouldBe(0, errors);
        output.ShouldContain("240 utterances, target arousal, valence.");
        output.ShouldContain("validation CCC ");
        output.ShouldContain("(speaker-independent) over the unheard speakers ");
        var card = File.ReadAllText(Path.Combine(model, "README.md"));
        card.ShouldContain("Says the arousal and valence of speech, on the scale of its corpus.");
        card.ShouldContain("CCC arousal ");
        card.ShouldContain("- Scale: Arousal and valence are synthetic, nobody rated them");

        var audio = Directory.GetFiles(Path.Combine(corpus.Corpora, "emodb", "wav"), "03*.wav").Order(StringComparer.Ordinal).First();
        var csv = RunProcess.Run(corpus, "predict", model, audio, "--csv");
        csv.Exit.ShouldBe(0, csv.Errors);
        var rows = csv.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldBe("file,seconds,predicted(arousal),predicted(valence),warnings");
        var arousal = double.Parse(rows[1].Split(',')[^3], CultureInfo.InvariantCulture);

        using var json = JsonDocument.Parse(RunProcess.Run(corpus, "predict", model, audio, "--json").Output);
        json.RootElement.GetProperty("predicted").GetProperty("arousal").GetDouble().ShouldBe(arousal, 1e-6);
        var table = RunProcess.Run(corpus, "predict", model, audio).Output;
        table.ShouldContain("valence");
        table.ShouldContain(arousal.ToString("F3", CultureInfo.InvariantCulture));
        table.ShouldNotContain("emotion");

        using var loaded = EmotionModel.Load(model);
        loaded.Targets.ShouldBe(["arousal", "valence"]);
        loaded.PredictDimensions(audio)["arousal"].ShouldBe((float)arousal, 1e-5f);
        Should.Throw<UndertoneException>(() => loaded.Predict(audio)).Message.ShouldBe("this model says arousal, valence and no class; call PredictDimensions in place of Predict.");
        Should.Throw<UndertoneException>(() => loaded.PredictDimensions(audio)["dominance"]).Message.ShouldStartWith("the model has no target 'dominance'");
    }

    [Theory]
    [InlineData("dominance", "target: the corpus 'demo' has no dominance, so it cannot be learned; it has emotion, arousal, valence.")]
    [InlineData("intensity", "target: the corpus 'demo' has no intensity, so it cannot be learned; it has emotion, arousal, valence.")]
    [InlineData("emotion", "training.soft-labels: votes needs annotators' votes, and no utterance of the corpus 'demo' has any; leave it out, or choose a corpus with votes.")]
    public void What_a_corpus_does_not_say_is_refused_before_anything_runs(string target, string message)
    {
        var experiment = Experiment("refused-" + target, target, target == "emotion" ? ", training.soft-labels: votes" : "");
        var (exit, _, errors) = RunProcess.Run(corpus, "run", experiment, "--runs", corpus.Runs("refused"));
        exit.ShouldBe(2);
        errors.ShouldContain(message);
        errors.ShouldContain(target == "emotion" ? $"{experiment}: " : $"{experiment}:3: ");
        Directory.Exists(Path.Combine(corpus.Runs("refused"), "refused-" + target)).ShouldBeFalse();
    }

    private string Experiment(string name, string target, string overrides = "")
    {
        var path = Path.Combine(corpus.Folder, name + ".yaml");
        File.WriteAllText(
            path,
            $"name: {name}\ncorpora: [demo]\ntarget: {target}\nprotocols: [{{ kind: leave-speakers-out, groups: 2 }}]\nsystems: [bigru]\n"
            + $"overrides: {{ training.epochs: 1{overrides} }}\n");
        return path;
    }

    private List<string> Files(string runs, string file) =>
        [.. Directory.GetFiles(Path.Combine(corpus.Runs(runs), "dimensions", "trials"), file, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
}
