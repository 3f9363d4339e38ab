using Undertone.Corpora;
using Undertone.Emotions;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Speech;
using Undertone.Systems;
using Undertone.Systems.Baselines;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Tests.Systems;

/// <summary>One row a system; every row passes the same tests.</summary>
[Collection("engine")] // libtorch has one random generator and one count of live tensors a process
public sealed class SystemTableTests : IDisposable
{
    private readonly SmallFold _fold = new();

    /// <summary>
    /// The system, and the number of learned values it has for 7 classes, as counted by PyTorch for the same layers
    /// (the sum of p.numel() over the modules that the system's file names).
    /// </summary>
    public static TheoryData<string, int> Rows => new()
    {
        { "cnn", 93_399 },
        { "bilstm", 483_655 },
        { "bigru", 363_079 },
        { "cnn-lstm", 212_567 },
        { "cnn-gru", 171_351 },
        { "cnn-attention", 215_511 },
        { "bilstm-attention", 644_679 },
        { "cnn-lstm-attention", 287_191 },
        { "transformer", 249_031 },
        { "conformer", 324_087 },
        { "cnn-1d", 204_807 },
        { "cnn-1d-raw", 66_471 },
        { "raw-cnn-lstm", 112_295 },
        { "rcnn", 61_943 },
        { "conv-lstm", 89_639 },
        { "resnet", 220_343 },
        { "dilated-resnet", 242_695 },
        { "alexnet", 3_576_023 },
        { "vgg", 2_017_639 },
        { "dnn-functionals", 57_351 },
        { "dnn-covariance", 622_855 }, // 4856 × 128 + 128, twice 128, 128 × 7 + 7
        { "stacked-auto-encoder", 56_583 },
        { "denoising-auto-encoder", 622_599 }, // 4856 × 128 + 128, 128 × 7 + 7
        { "rbm", 49_159 },
        { "dbn", 178_695 },
        { "dbm", 178_695 },
        { "rvnn", 83_207 },
        { "badshah-2019", 698_743 },
        { "stride-net-2020", 1_352_423 },
        { "key-segment-bilstm-2020", 964_343 },
        { "deep-net-2020", 4_628_047 },
        { "zhao-2019-1d", 137_479 },
        { "zhao-2019-2d", 656_839 },
        { "zhao-2019-2d-time", 656_839 },
        { "clstm-2020", 378_031 },
        { "mlt-dnet-2021", 194_343 },
        { "att-net-2021", 373_792 },
    };

    public static TheoryData<string> Names => [.. Deep];

    /// <summary>Channels with which tests train the widest networks, whose published ones would take a minute a test.</summary>
    private static IReadOnlyDictionary<string, IReadOnlyList<object>> Narrower { get; } = new Dictionary<string, IReadOnlyList<object>>
    {
        ["zhao-2019-2d"] = ["8", "8", "16", "16"],
        ["zhao-2019-2d-time"] = ["8", "8", "16", "16"],
    };

    public void Dispose() => _fold.Dispose();

    /// <summary>The systems that are networks; the traditional ones have their table in <see cref="TraditionalSystemTableTests"/>.</summary>
    private static IEnumerable<string> Deep => SystemCatalog.Default.All.Where(s => s.Defaults is DeepSettings).Select(s => s.Name);

    [Fact]
    public void EverySystemHasARow() => Deep.ShouldBe(Rows.Select(r => (string)r[0]));

    [Theory]
    [MemberData(nameof(Rows))]
    public void BuildsWithTheExpectedShapeAndSize(string name, int parameters)
    {
        using var scope = new DisposeScope();
        using var network = Build(name, out var dimensions, classes: 7);

        var (frames, fewer) = (Frames(name, network, 60), Frames(name, network, 41));
        network.Forward(Tensor.Randn(3, frames, dimensions), [frames, fewer, network.MinimumFrames]).Shape.ShouldBe([3, 7]);
        network.ParameterCount().ShouldBe(parameters);
    }

    /// <summary>The table of layers accounts for every learned value and every multiply-add, and ends with the classes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TheTableOfLayersIsWhole(string name)
    {
        var system = (DeepSystem)SystemCatalog.Default.Get(name);
        var network = NetworkLayers.Of(system, (DeepSettings)system.Defaults, classes: 7, seconds: 2);

        network.Layers.Sum(l => l.Parameters).ShouldBe(network.Parameters);
        network.Layers.Sum(l => l.MultiplyAdds).ShouldBe(network.MultiplyAdds);
        network.Layers.ShouldAllBe(l => l.Name.Length > 0);
        network.Layers[^1].Output.ShouldBe([7]);
        network.Parameters.ShouldBe(Rows.Single(r => (string)r[0] == name)[1] is int n ? n : -1);
    }

    /// <summary>
    /// Learned values as PyTorch counts them: a layer of one direction has gates × units × (inputs + units + 2), here for
    /// 240 and then 96 inputs, and the output 96 × 7 + 7.
    /// </summary>
    [Theory]
    [InlineData("bilstm", 204_967)]
    [InlineData("bigru", 153_895)]
    public void OneDirectionIsHalfTheNetwork(string name, int parameters)
    {
        using var scope = new DisposeScope();
        SequenceClassifier network = SystemCatalog.Default.Get(name) switch
        {
            BiLstm s => s.Build(new BiLstmSettings { Bidirectional = false }, 60, 7),
            BiGru s => s.Build(new BiGruSettings { Bidirectional = false }, 60, 7),
            var other => throw new InvalidOperationException($"{other.Name} is not recurrent."),
        };
        using (network)
        {
            network.Forward(Tensor.Randn(2, 60, 60), [60, 41]).Shape.ShouldBe([2, 7]);
            network.ParameterCount().ShouldBe(parameters);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PaddingChangesNothing(string name)
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(1);
        using var network = Build(name, out var dimensions, classes: 4);
        network.Eval();
        using var noGrad = new NoGrad();
        // Images of fixed size are never padded; there the other utterance alone must change nothing.
        var (frames, more) = (Frames(name, network, 50), Frames(name, network, 87));
        var alone = Tensor.Randn(1, frames, dimensions);
        var expected = network.Forward(alone, [frames]).ToArray<float>();

        var longer = Tensor.Cat([alone, Tensor.Zeros(1, more - frames, dimensions)], 1);
        var batch = Tensor.Cat([longer, Tensor.Randn(1, more, dimensions)], 0);
        var actual = network.Forward(batch, [frames, more]).ToArray<float>();

        for (var c = 0; c < expected.Length; c++)
        {
            actual[c].ShouldBe(expected[c], 2e-5f);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OverfitsTwoSmallBatches(string name)
    {
        var random = new SeededRandom(4);
        using var network = Build(name, out var dimensions, classes: 3, seed: 2, narrower: true);
        var examples = Enumerable.Range(0, 12).Select(i => new Example(Noise(random, Frames(name, network, 40 + i), dimensions), i % 3)).ToList();
        var settings = new TrainingSettings
        {
            Epochs = 60,
            BatchSize = 6,
            LearningRate = 3e-3,
            AverageDecay = 0,
            LabelSmoothing = 0,
            Selection = WeightSelection.Last,
        };
        var objective = new ClassificationObjective(3, settings);
        new NetworkTrainer(network, objective, settings, [], Device.Cpu).Fit([.. examples.Select(e => new[] { e })], [], 1, null, default);

        var rows = NetworkTrainer.Answers(network, [.. examples.Select(e => e.Features)], objective, Device.Cpu);

        rows.Select(r => Array.IndexOf(r, r.Max())).ShouldBe(examples.Select(e => e.Label));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainsTheSameTwiceAndPredictsTheSameAfterLoading(string name)
    {
        var system = SystemCatalog.Default.Get(name);
        var request = _fold.Request(system, NarrowerSettings(system));
        using var first = system.Train(request);
        using var second = system.Train(request);
        var expected = first.Predict(request.Validation, request.Features);
        second.Predict(request.Validation, request.Features).ShouldBe(expected);

        first.Save(_fold.Folder);
        using var loaded = system.Load(_fold.Folder);

        loaded.Predict(request.Validation, request.Features).ShouldBe(expected);
        loaded.Classes.ShouldBe(first.Classes);
        loaded.Cost.ShouldBe(first.Cost);
        first.Cost!.Parameters.ShouldBeGreaterThan(1000);
        first.Cost.MultiplyAddsPerSecond.ShouldBeGreaterThan(1000);
        SettingsJson.Write(loaded.Settings).ToJsonString().ShouldBe(SettingsJson.Write(first.Settings).ToJsonString());
    }

    /// <summary>A member more costs as much again; a second of speech costs about the same in a long recording as in the counted one.</summary>
    [Fact]
    public void TheCostIsThatOfAllMembers()
    {
        var system = SystemCatalog.Default.Get("cnn");
        var request = _fold.Request(system, NarrowerSettings(system));
        using var one = system.Train(request with { Settings = SettingPath.Apply(request.Settings, "members", "1") });
        using var two = system.Train(request with { Settings = SettingPath.Apply(request.Settings, "members", "2") });

        two.Cost.ShouldBe(new ModelCost(2 * one.Cost!.Parameters, 2 * one.Cost.MultiplyAddsPerSecond));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LearnsValuesByTheSameNetworkAndGivesThemBackOnTheirOwnScale(string name)
    {
        var system = SystemCatalog.Default.Get(name);
        var request = _fold.Request(system, NarrowerSettings(system), TrainingTask.Regression(["valence", "arousal"]));
        request = request with { Settings = SettingPath.Apply(request.Settings, "members", "2") };
        system.Require(request.Settings, request.Task, "small", request.Train);
        using var first = system.Train(request);
        using var second = system.Train(request);
        var expected = first.Predict(request.Validation, request.Features);
        second.Predict(request.Validation, request.Features).ShouldBe(expected);
        second.Validated.ShouldBe(first.Validated);

        first.Task.ShouldBe(request.Task);
        first.Classes.ShouldBeEmpty();
        expected.ShouldAllBe(r => r.Length == 2 && r[0] > 1 && r[0] < 6 && r[1] > -4 && r[1] < 8); // within some deviations of 3.5 and 1.75
        first.History.ShouldAllBe(h => double.IsNaN(h.ValidationUar));
        first.History.Count(h => double.IsFinite(h.ValidationCcc)).ShouldBe(4); // two members of two epochs; refitting validates nothing

        first.Save(_fold.Folder);
        using var loaded = system.Load(_fold.Folder);
        loaded.Predict(request.Validation, request.Features).ShouldBe(expected);
        loaded.Task.Targets.ShouldBe(["valence", "arousal"]);
    }

    /// <summary>Systems on frames take any frame-wise set by its name, those on images too where it has values enough.</summary>
    [Theory]
    [InlineData("bilstm", "spectral-shape")]
    [InlineData("bilstm-attention", "lfcc")]
    [InlineData("transformer", "plp")]
    [InlineData("cnn", "mfcc")]
    [InlineData("conformer", "log-mel")]
    public void FramesOfAnyKindAreTakenByName(string name, string input)
    {
        var system = SystemCatalog.Default.Get(name);
        var request = _fold.Request(system, NarrowerSettings(system));
        request = request with { Settings = SettingPath.Apply(SettingPath.Apply(request.Settings, "input", input), "members", "1") };
        if (name == "cnn")
        {
            SettingPath.Problems(request.Settings).ShouldBe(["augmentation.frequency-shift moves mel bands, and the values of 'mfcc' are none; set it to 0"]);
            request = request with { Settings = SettingPath.Apply(request.Settings, "augmentation.frequency-shift", "0") };
        }

        SettingPath.Problems(request.Settings).ShouldBeEmpty();
        using var trained = system.Train(request);
        trained.Save(_fold.Folder);
        using var loaded = system.Load(_fold.Folder);

        loaded.Predict(request.Validation, request.Features).ShouldBe(trained.Predict(request.Validation, request.Features));
    }

    [Fact]
    public void ADamagedModelIsRefusedByItsFile()
    {
        var system = SystemCatalog.Default.Get("bigru");
        using (var trained = system.Train(_fold.Request(system, NarrowerSettings(system))))
        {
            trained.Save(_fold.Folder);
        }

        var weights = Path.Combine(_fold.Folder, "model.safetensors");
        var bytes = File.ReadAllBytes(weights);
        File.WriteAllBytes(weights, bytes[..(bytes.Length / 2)]);
        Should.Throw<UndertoneException>(() => system.Load(_fold.Folder)).Message.ShouldContain(weights);

        File.Delete(weights);
        Should.Throw<UndertoneException>(() => system.Load(_fold.Folder)).Message.ShouldContain("model.safetensors");

        var head = Path.Combine(_fold.Folder, ModelDescription.FileName);
        File.WriteAllText(head, File.ReadAllText(head).Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal));
        Should.Throw<UndertoneException>(() => system.Load(_fold.Folder)).Message.ShouldContain("format 99");

        File.WriteAllText(head, "{ \"format\": 1, ");
        Should.Throw<UndertoneException>(() => system.Load(_fold.Folder)).Message.ShouldContain("damaged");
        Should.Throw<UndertoneException>(() => system.Load(_fold.Folder + "-elsewhere")).Message.ShouldContain("undertone train");
    }

    private static SystemSettings NarrowerSettings(EmotionSystem system) =>
        Narrower.TryGetValue(system.Name, out var channels) ? SettingPath.Apply(system.Defaults, "channels", channels) : system.Defaults;

    private static SequenceClassifier Build(string name, out int dimensions, int classes, int seed = 0, bool narrower = false)
    {
        Engine.ManualSeed(seed);
        var system = (DeepSystem)SystemCatalog.Default.Get(name);
        var settings = (DeepSettings)(narrower ? NarrowerSettings(system) : system.Defaults);
        dimensions = settings.FeatureSet.CreateExtractor().Dimensions;
        return system.Build(settings, dimensions, classes);
    }

    /// <summary>Frames of an utterance for a test: as wanted; for networks that need many (raw audio), so many times more; for images of fixed size, theirs.</summary>
    private static int Frames(string name, SequenceClassifier network, int wanted) =>
        ((DeepSettings)SystemCatalog.Default.Get(name).Defaults).FeatureSet.CreateExtractor().FixedFrames ?? (wanted * ((network.MinimumFrames + 31) / 32));

    private static FeatureMatrix Noise(SeededRandom random, int frames, int dimensions) =>
        new([.. Enumerable.Range(0, frames * dimensions).Select(_ => (float)random.NextGaussian())], frames, dimensions);
}
