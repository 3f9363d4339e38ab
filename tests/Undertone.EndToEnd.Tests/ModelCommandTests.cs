using System.Globalization;
using System.Text.Json;
using Undertone.Speech;

namespace Undertone.EndToEnd.Tests;

/// <summary>From a corpus to a model to predictions: the real commands, and the README's lines of C#.</summary>
public sealed class ModelCommandTests : IClassFixture<ModelCommandTests.TrainedModel>
{
    private readonly TrainedModel _trained;

    public ModelCommandTests(TrainedModel trained) => _trained = trained;

    [Fact]
    public void TrainingWritesWeightsSettingsAndACard()
    {
        _trained.Output.ShouldContain("undertone predict");
        var card = File.ReadAllText(Path.Combine(_trained.Model, "README.md"));
        card.ShouldContain("speaker-independent");
        card.ShouldContain("Licence of the data");
        card.ShouldContain("Trained on 18 utterances of 3 speakers of `emodb`: acted speech, German.");
        card.ShouldContain(", who were then trained on too.");
        card.ShouldContain("Must not be used for");
        using var head = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_trained.Model, "model.json")));
        head.RootElement.GetProperty("system").GetString().ShouldBe("cnn");
        head.RootElement.GetProperty("origin").GetProperty("test-speakers").GetArrayLength().ShouldBe(1);
        File.Exists(Path.Combine(_trained.Model, "model.safetensors")).ShouldBeTrue();

        var again = RunProcess.Run(_trained.Corpus, "train", "cnn", "--corpus", "emodb", "--out", _trained.Model);
        again.Exit.ShouldBe(2);
        again.Errors.ShouldContain("exists already");
    }

    [Fact]
    public void AModelIsTrainedOnTheClassesOfALabelScheme()
    {
        var folder = Path.Combine(_trained.Corpus.Folder, "aroused model");
        var (exit, _, errors) = RunProcess.Run(
            _trained.Corpus, "train", "cnn", "--corpus", "emodb", "--out", folder, "--labels", "arousal", "--test-speakers", "1", "--set", "training.epochs=1");
        exit.ShouldBe(0, errors);
        using var head = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "model.json")));
        head.RootElement.GetProperty("classes").EnumerateArray().Select(c => c.GetString()).ShouldBe(["high", "low"]);
        head.RootElement.GetProperty("origin").GetProperty("labels").GetString().ShouldBe("arousal");
        File.ReadAllText(Path.Combine(folder, "README.md")).ShouldContain("label scheme `arousal`");

        var refused = RunProcess.Run(_trained.Corpus, "train", "cnn", "--corpus", "emodb", "--out", folder + " 2", "--labels", "bigfour");
        refused.Exit.ShouldBe(2);
        refused.Errors.ShouldContain("did you mean 'big-four'?");
    }

    [Fact]
    public void ALongRecordingIsPredictedSegmentBySegment()
    {
        var folder = Path.Combine(_trained.Corpus.Folder, "long");
        Directory.CreateDirectory(folder);
        var pause = Noise.White(16000, new SeededRandom(1)).Select(s => 1e-4f * s).ToArray();
        float[] Spoken(int speaker) => DemoVoice.Speak(DemoSpeaker.All[speaker], "anger", speaker).Waveform.Samples;
        WaveFile.Write(Path.Combine(folder, "call.wav"), new Waveform([.. pause, .. Spoken(0), .. pause, .. Spoken(5), .. pause], 16000));
        WaveFile.Write(Path.Combine(folder, "silence.wav"), new Waveform(new float[16000], 16000));

        var csv = RunProcess.Run(_trained.Corpus, "predict", _trained.Model, folder, "--segments", "--csv");

        csv.Exit.ShouldBe(0, csv.Errors);
        csv.Errors.ShouldContain("nobody speaks in");
        var rows = csv.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldStartWith("file,start,end,seconds,predicted,p(");
        var spans = rows.Skip(1).Select(r => r.Split(',')).Select(r => (
            Start: double.Parse(r[1], CultureInfo.InvariantCulture), End: double.Parse(r[2], CultureInfo.InvariantCulture))).ToList();
        spans.Count.ShouldBe(2);
        spans.ShouldAllBe(s => s.End > s.Start);
        spans[0].Start.ShouldBe(1, 0.4);
        spans[1].Start.ShouldBeGreaterThan(spans[0].End);

        var json = RunProcess.Run(_trained.Corpus, "predict", _trained.Model, Path.Combine(folder, "call.wav"), "--segments", "--json").Output;
        using var first = JsonDocument.Parse(json.Split('\n')[0]);
        first.RootElement.GetProperty("start").GetDouble().ShouldBe(spans[0].Start);
        RunProcess.Run(_trained.Corpus, "predict", _trained.Model, Path.Combine(folder, "call.wav"), "--segments").Output.ShouldContain("start");
    }

    [Fact]
    public void AnyAudioIsPredictedAndBadFilesAreNamedWhileTheRestGoesOn()
    {
        var folder = Path.Combine(_trained.Corpus.Folder, "calls");
        Directory.CreateDirectory(folder);
        var samples = Enumerable.Range(0, 96000).Select(i => (float)(0.3 * Math.Sin(i * 0.02))).ToArray();
        WaveFile.Write(Path.Combine(folder, "a 96 kHz.wav"), new Waveform(samples, 96000));
        WaveFile.Write(Path.Combine(folder, "b 8 kHz.wav"), new Waveform(samples[..8000], 8000));
        WaveFile.Write(Path.Combine(folder, "c tiny.wav"), new Waveform(samples[..200], 16000));
        File.WriteAllText(Path.Combine(folder, "d text.wav"), "this is not audio");
        File.WriteAllBytes(Path.Combine(folder, "e empty.wav"), []);

        var json = RunProcess.Run(_trained.Corpus, "predict", _trained.Model, folder, "--json");

        json.Exit.ShouldBe(1);
        var lines = json.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        foreach (var line in lines)
        {
            using var row = JsonDocument.Parse(line);
            var probabilities = row.RootElement.GetProperty("probabilities").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble());
            probabilities.Values.Sum().ShouldBe(1, 1e-4);
            row.RootElement.GetProperty("predicted").GetString().ShouldBe(probabilities.MaxBy(p => p.Value).Key);
        }

        json.Errors.ShouldContain("d text.wav");
        json.Errors.ShouldContain("e empty.wav");
        json.Errors.ShouldContain("2 of 5 files");

        var csv = RunProcess.Run(_trained.Corpus, "predict", _trained.Model, Path.Combine(folder, "*kHz.wav"), "--csv");
        csv.Exit.ShouldBe(0);
        var rows = csv.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldStartWith("file,seconds,predicted,p(");
        rows.Length.ShouldBe(3);

        var table = RunProcess.Run(_trained.Corpus, "predict", _trained.Model, Path.Combine(folder, "b 8 kHz.wav")).Output;
        table.ShouldContain("emotion");
        table.ShouldContain("b 8 kHz.wav");
        table.ShouldNotContain("\u001b");
    }

    [Theory]
    [InlineData("cut", "it may be cut off. Copy the file again, or train the model again.")]
    [InlineData("flip", "is damaged: it is not the file that was written (expected SHA-256 ")]
    [InlineData("delete", "has no weights: 'model.safetensors' is missing")]
    public void DamagedWeightsAreRefused(string damage, string expected)
    {
        var copy = Path.Combine(_trained.Corpus.Folder, "damaged " + damage);
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(_trained.Model))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var weights = Path.Combine(copy, "model.safetensors");
        var bytes = File.ReadAllBytes(weights);
        bytes[^3] ^= 0x10;
        File.Delete(weights);
        if (damage != "delete")
        {
            File.WriteAllBytes(weights, damage == "cut" ? bytes[..^100] : bytes);
        }

        var (exit, _, errors) = RunProcess.Run(_trained.Corpus, "predict", copy, "a.wav");
        exit.ShouldBe(2, errors);
        errors.ShouldContain(copy);
        errors.ShouldContain(expected);
    }

    [Fact]
    public void TheLinesOfTheReadmeWork()
    {
        var file = Directory.GetFiles(_trained.Corpus.Corpora, "03a01*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

        using var model = EmotionModel.Load(_trained.Model);
        var prediction = model.Predict(file);

        $"{prediction.Label} {prediction.Confidence:P0}".ShouldMatch("^[a-z]+ [0-9]+ ?%$");
        model.Classes.ShouldContain(prediction.Label);
        // The same from memory, at another rate, in a batch.
        var own = AudioFile.ReadAtOwnRate(file);
        var batch = model.Predict([own, Resampler.Resample(own, 44100)]);
        batch[0].Confidence.ShouldBe(prediction.Confidence, 1e-5f);
        batch[1].Label.ShouldBe(prediction.Label);
    }

    [Fact]
    public void MistakesAreNamedWithTheNearestRightThing()
    {
        void Refused(string expected, params string[] arguments)
        {
            var result = RunProcess.Run(_trained.Corpus, arguments);
            result.Exit.ShouldBe(2, result.Errors);
            result.Errors.ShouldContain(expected);
        }

        var target = Path.Combine(_trained.Corpus.Folder, "nothing");
        Refused("cnn-lstm", "train", "cnnlstm", "--corpus", "emodb", "--out", target);
        Refused("emodb", "train", "cnn", "--corpus", "emobd", "--out", target);
        Refused("did you mean 'epochs'", "train", "cnn", "--corpus", "emodb", "--out", target, "--set", "training.epoch=3");
        Refused("epochs must be at least 1", "train", "cnn", "--corpus", "emodb", "--out", target, "--set", "training.epochs=0");
        Refused("--test-speakers 9", "train", "cnn", "--corpus", "emodb", "--out", target, "--test-speakers", "9");
        Refused("undertone train", "predict", target, "a.wav");
        Refused("expected one of them", "predict", _trained.Model, "a.wav", "--json", "--csv");
        Directory.Exists(target).ShouldBeFalse();
    }

    /// <summary>One model for all tests, trained by the command on four speakers.</summary>
    public sealed class TrainedModel : IDisposable
    {
        public TrainedModel()
        {
            var result = RunProcess.Run(
                Corpus, "train", "cnn", "--corpus", "emodb", "--out", Model, "--test-speakers", "1", "--set", "training.epochs=2");
            result.Exit.ShouldBe(0, result.Errors);
            Output = result.Output;
        }

        public RunCorpus Corpus { get; } = new();

        public string Model => Path.Combine(Corpus.Folder, "my model");

        public string Output { get; }

        public void Dispose() => Corpus.Dispose();
    }
}
