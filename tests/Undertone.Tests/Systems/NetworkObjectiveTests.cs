using Undertone.Emotions;
using Undertone.Models.Networks;
using Undertone.Systems;
using Undertone.Systems.Baselines;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Tests.Systems;

/// <summary>What a network may be asked to learn, and from what: losses, votes, targets and inputs that fit, and those that are refused.</summary>
[Collection("engine")] // libtorch has one random generator and one count of live tensors a process
public sealed class NetworkObjectiveTests : IDisposable
{
    private readonly SmallFold _fold = new();

    public void Dispose() => _fold.Dispose();

    [Fact]
    public void ATargetWithoutSpreadAndSoftLabelsWithoutVotesAreRefused()
    {
        var system = SystemCatalog.Default.Get("bigru");
        var request = _fold.Request(system, task: TrainingTask.Regression(["arousal"]));
        request = request with { Train = [.. request.Train.Select(u => u with { Arousal = 2 })] };
        Should.Throw<UndertoneException>(() => system.Train(request)).Message
            .ShouldBe("the target 'arousal' is 2 in all 8 training utterances of the fold, so there is nothing to learn; leave it out of target.");

        var soft = SettingPath.Apply(system.Defaults, "training.soft-labels", "votes");
        Should.Throw<UndertoneException>(() => system.Require(soft, request.Task, "small", request.Train)).Message
            .ShouldBe("training.soft-labels: votes are votes for classes, and the target is arousal; leave it out, or set target: emotion.");
        var task = TrainingTask.Classification(["anger", "sadness"]);
        Should.Throw<UndertoneException>(() => system.Require(soft, task, "small", request.Train)).Message
            .ShouldBe("training.soft-labels: votes needs annotators' votes, and no utterance of the corpus 'small' has any; leave it out, or choose a corpus with votes.");
        var strange = request.Train.Select(u => u with { Votes = EmotionVotes.Parse("joy*2") }).ToList();
        Should.Throw<UndertoneException>(() => system.Require(soft, task, "small", strange)).Message
            .ShouldBe("training.soft-labels: votes: the votes of the corpus 'small' (joy, ...) are for none of the classes anger, sadness; leave it out.");
        system.Require(soft, task, "small", [request.Train[0] with { Votes = EmotionVotes.Parse("anger*2;joy") }]);
    }

    /// <summary>Centre and triplet loss need a network whose last vector can be had; an order needs classes that have one.</summary>
    [Fact]
    public void ALossThatDoesNotFitTheTaskIsRefused()
    {
        var system = SystemCatalog.Default.Get("cnn");
        var request = _fold.Request(system);
        EmotionSystem plain = new WithoutEmbedding();
        SystemSettings With(EmotionSystem of, string kind) => SettingPath.Apply(of.Defaults, "training.loss.kind", kind);
        string Refused(EmotionSystem of, string kind, TrainingTask task) =>
            Should.Throw<UndertoneException>(() => of.Require(With(of, kind), task, "small", request.Train)).Message;

        Refused(system, "focal", TrainingTask.Regression(["arousal"])).ShouldBe(
            "training.loss is a loss of classes, and the target is arousal; leave it out (training.regression-loss is that of values), or set target: emotion.");
        Refused(system, "ordinal", request.Task).ShouldBe(
            "training.loss.kind: ordinal needs classes in an order, and anger, sadness have none; leave it out, or set target: intensity.");
        Refused(plain, "centre", request.Task).ShouldBe(
            "training.loss.kind: centre looks at the vector before the output layer, and the network of 'without-embedding' does not give it; "
            + "choose cross-entropy or focal, or a system whose network does, such as cnn, cnn-lstm or bigru.");
        plain.Require(With(plain, "focal"), request.Task, "small", request.Train);
        foreach (var deep in SystemCatalog.Default.All.OfType<DeepSystem>())
        {
            if (deep.Build((DeepSettings)deep.Defaults, ((DeepSettings)deep.Defaults).FeatureSet.CreateExtractor().Dimensions, 2) is EmbeddingClassifier network)
            {
                deep.Require(With(deep, "centre"), request.Task, "small", request.Train);
                network.Dispose();
            }
        }

        SettingPath.Problems(SettingPath.Apply(With(system, "triplet"), "augmentation.mixup", "0.2")).ShouldBe(
            ["training.loss.kind: triplet needs utterances of one class each, and augmentation.mixup: 0.2 mixes them; set it to 0"]);
        SettingPath.Problems(With(system, "triplet")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("focal")]
    [InlineData("centre")]
    [InlineData("triplet")]
    public void ALossChangesWhatIsLearned(string kind)
    {
        var system = SystemCatalog.Default.Get("cnn");
        var request = _fold.Request(system);
        using var plain = system.Train(request);
        var named = request with { Settings = SettingPath.Apply(request.Settings, "training.loss.kind", kind) };
        using var first = system.Train(named);
        using var second = system.Train(named);

        var rows = first.Predict(request.Validation, request.Features);
        rows.ShouldNotBe(plain.Predict(request.Validation, request.Features));
        second.Predict(request.Validation, request.Features).ShouldBe(rows);
        first.Save(_fold.Folder);
        using var loaded = system.Load(_fold.Folder);
        loaded.Predict(request.Validation, request.Features).ShouldBe(rows);
    }

    [Theory]
    [InlineData("bigru", "egemaps", "input must be a frame-wise feature set, but 'egemaps' is one vector an utterance; dnn-functionals takes such")]
    [InlineData("bigru", "plq", "input: there is no feature set 'plq'; did you mean 'plp'?")]
    [InlineData("transformer", "waveform", "input must be a frame-wise feature set of at most a frame every 1 ms, but 'waveform' has a frame every 0.0625 ms, too many steps to walk or to compare")]
    [InlineData("cnn-lstm", "chroma", "4 blocks halve the values of a frame to nothing: input must give at least 16, but 'chroma' gives 12")]
    [InlineData("cnn-attention", "egemaps", "input must be a frame-wise feature set, but 'egemaps' is one vector an utterance; dnn-functionals takes such")]
    [InlineData("cnn", "plq", "input: there is no feature set 'plq'; did you mean 'plp'?")]
    public void AnInputThatDoesNotServeIsRefused(string name, string input, string problem)
    {
        var settings = SettingPath.Apply(SystemCatalog.Default.Get(name).Defaults, "input", input);
        SettingPath.Problems(SettingPath.Apply(settings, "augmentation.frequency-shift", "0")).ShouldBe([problem]);
    }

    [Fact]
    public void VotesChangeWhatIsLearned()
    {
        var system = SystemCatalog.Default.Get("bigru");
        var hard = _fold.Request(system);
        hard = hard with { Train = [.. hard.Train.Select((u, i) => u with { Votes = EmotionVotes.Parse(i % 2 == 0 ? "anger*2;sadness*3" : "anger*4;sadness") })] };
        var soft = hard with { Settings = SettingPath.Apply(hard.Settings, "training.soft-labels", "votes") };
        using var one = system.Train(hard);
        using var other = system.Train(soft);

        var expected = one.Predict(hard.Validation, hard.Features);
        other.Predict(hard.Validation, hard.Features).ShouldNotBe(expected);
        using var ignored = system.Train(soft with { Train = [.. soft.Train.Select(u => u with { Votes = EmotionVotes.Parse($"{u.Emotion}*3") })] });
        ignored.History[0].TrainLoss.ShouldBe(one.History[0].TrainLoss, 1e-4); // votes that agree are the label
    }

    private sealed class WithoutEmbedding : DeepSystem<CnnSettings>
    {
        public override string Name => "without-embedding";

        public override string Summary => "";

        public override string Citation => "";

        public override SequenceClassifier Build(CnnSettings settings, int dimensions, int classes) => new Network();

        private sealed class Network : SequenceClassifier
        {
            public override int MinimumFrames => 1;

            public override Tensor Forward(Tensor features, int[] lengths) => features.Select(1, 0);
        }
    }
}
