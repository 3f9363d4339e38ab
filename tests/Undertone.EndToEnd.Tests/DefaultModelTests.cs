using System.Diagnostics;
using System.Text.Json;
using Undertone.Experiments;
using Undertone.Speech;
using Undertone.Systems;

namespace Undertone.EndToEnd.Tests;

/// <summary>The model that comes with Undertone: it answers at once, is small, and is what its experiment measures.</summary>
public sealed class DefaultModelTests : IDisposable
{
    private const int LargestFolder = 3_000_000;
    private const string Remedy = "run scripts/default-model.sh, which trains models/default anew";

    private static readonly string Model = Checkout.At("models/default");

    private readonly string _folder = Directory.CreateTempSubdirectory("undertone new user ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_predicted_without_training_corpus_or_libtorch()
    {
        Voice("hello.wav");

        var (exit, output, errors) = Predict("hello.wav");

        exit.ShouldBe(0, errors);
        output.ShouldContain("hello.wav");
        output.ShouldContain("sadness");
        errors.ShouldContain("note: no model was named, so the default one answers: svm-compare, trained on 10 speakers of emodb (acted German).");
        Directory.GetFileSystemEntries(Path.Combine(_folder, "home")).ShouldBeEmpty();
    }

    [Fact]
    public void The_model_may_stand_before_the_files_or_be_an_option()
    {
        Voice("hello.wav");
        Directory.CreateDirectory(Path.Combine(_folder, "nothing here"));
        var byDefault = Predict("hello.wav", "--csv").Output;
        var (exit, output, errors) = Predict(Model, "hello.wav", "--csv");
        exit.ShouldBe(0, errors);
        output.ShouldBe(byDefault);
        errors.ShouldNotContain("no model was named");
        Predict("--model", Model, "hello.wav", "--csv").Output.ShouldBe(byDefault);

        void Refused(string expected, params string[] arguments)
        {
            var result = Predict(arguments);
            result.Exit.ShouldBe(2, result.Errors);
            result.Errors.ShouldContain(expected);
        }

        Refused("is a model and no audio was named", Model);
        Refused("There is no model folder 'modle'", "modle", "hello.wav");
        Refused("There is no model folder 'modle'", "--model", "modle", "hello.wav");
        Refused("'nothing here' is not a model: it has no model.json", "nothing here", "hello.wav");
        Refused("the folder 'nothing here' holds no audio files", "nothing here");
    }

    [Fact]
    public void A_recording_unlike_the_training_ones_is_warned_of_in_every_form()
    {
        var voice = Voice("clean.wav");
        WaveFile.Write(Path.Combine(_folder, "line.wav"), TelephoneLine.Transmit(voice));
        WaveFile.Write(Path.Combine(_folder, "silence.wav"), new Waveform(new float[32000], 16000));

        var table = Predict("line.wav", "silence.wav");
        table.Exit.ShouldBe(0, table.Errors);
        table.Errors.ShouldContain("warning: line.wav is unlike what the model was trained on: bandwidth ");
        table.Errors.ShouldContain("warning: silence.wav is unlike what the model was trained on: speech 0 %");

        var lines = Predict("line.wav", "--json").Output.Split('\n');
        using var json = JsonDocument.Parse(lines[0]);
        var warning = json.RootElement.GetProperty("warnings").EnumerateArray().Single(w => w.GetProperty("measure").GetString() == "bandwidth");
        warning.GetProperty("value").GetDouble().ShouldBeLessThan(warning.GetProperty("low").GetDouble());
        warning.GetProperty("unit").GetString().ShouldBe("Hz");

        var csv = Predict("line.wav", "silence.wav", "--csv").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        csv[0].ShouldEndWith(",warnings");
        csv[1].Split(',')[^1].Split(';').ShouldContain("bandwidth");
        csv[2].Split(',')[^1].ShouldBe("speech");

        using var model = EmotionModel.Load();
        model.Predict(Path.Combine(_folder, "line.wav")).Warnings.ShouldContain(w => w.Measure == "bandwidth");
        model.Predict(voice).Warnings.ShouldNotContain(w => w.Measure == "bandwidth");
    }

    [Fact]
    public void It_is_small()
    {
        var size = Directory.GetFiles(Model, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        size.ShouldBeLessThan(LargestFolder);
    }

    [Fact]
    public void It_was_trained_on_the_features_that_are_computed_now()
    {
        var description = ModelDescription.Read(Model);
        var settings = SettingsJson.Read(SystemCatalog.Default.Get(description.System).Defaults, description.Settings);
        description.Features.ShouldBe(settings.FeatureFingerprint, $"the features of models/default have changed since it was trained: {Remedy}");
    }

    [Theory]
    [InlineData("experiments/default-model.yaml")]
    [InlineData("experiments/default-model-elsewhere.yaml")]
    public void What_its_experiments_measure_is_what_it_is(string path)
    {
        var experiment = ExperimentFile.Read(Checkout.At(path), SystemCatalog.Default);
        var description = ModelDescription.Read(Model);
        var system = experiment.Systems.ShouldHaveSingleItem();
        system.System.Name.ShouldBe(description.System);
        SettingsJson.Write(system.Settings).ToJsonString().ShouldBe(description.Settings.ToJsonString(), $"settings of {path} and of models/default differ: {Remedy}");
        experiment.Labels.Harmonisation.Scheme.Name.ShouldBe(description.Origin!.Labels);
        experiment.Variants[0].Overrides.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_training_gives_the_same_bytes()
    {
        using var corpus = new RunCorpus();
        foreach (var name in new[] { "one", "two" })
        {
            var (exit, _, errors) = RunProcess.Run(
                corpus, "train", "svm-compare", "--like", Checkout.At("experiments/default-model.yaml"), "--set", "features=egemaps", "--corpus", "emodb", "--test-speakers", "0", "--results", "default-model", "--out", name);
            exit.ShouldBe(0, errors);
        }

        foreach (var file in new[] { "model.json", "model.safetensors", "README.md" })
        {
            File.ReadAllBytes(Path.Combine(corpus.Folder, "two", file)).ShouldBe(File.ReadAllBytes(Path.Combine(corpus.Folder, "one", file)));
        }

        using var head = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(corpus.Folder, "one", "model.json")));
        head.RootElement.GetProperty("inputs").GetProperty("length").GetProperty("low").GetDouble().ShouldBeGreaterThan(0.2);
        File.ReadAllText(Path.Combine(corpus.Folder, "one", "README.md")).ShouldContain("<!-- table conditions default-model -->");
    }

    private Waveform Voice(string name)
    {
        var voice = DemoVoice.Speak(DemoSpeaker.All[0], "anger", 1).Waveform;
        WaveFile.Write(Path.Combine(_folder, name), voice);
        return voice;
    }

    /// <summary>The command in a folder without anything, by a user without anything.</summary>
    private (int Exit, string Output, string Errors) Predict(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Undertone.Cli.dll"), "predict", .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, folder) in new[] { ("HOME", "home"), ("UNDERTONE_NATIVE", "no bridge") })
        {
            start.Environment[name] = Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName;
        }

        foreach (var name in new[] { "UNDERTONE_CORPORA", "UNDERTONE_COMMAND", "UNDERTONE_DEBUG", "XDG_CACHE_HOME" })
        {
            start.Environment.Remove(name);
        }

        // The .NET command itself must not write into the home.
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
