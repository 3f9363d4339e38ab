using System.Text.Json;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Tests.Training;

/// <summary>Focal, ordinal, centre and triplet loss against the papers' formulas in PyTorch (Data/Training/losses.py).</summary>
[Collection("engine")]
public sealed class ClassificationLossTests
{
    private static readonly Lazy<JsonElement> Expected = new(() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "Training", "losses.json"))).RootElement);

    [Theory]
    [InlineData("focal")]
    [InlineData("ordinal")]
    public void TheLossOfScoresIsThatOfThePaper(string kind)
    {
        using var scope = new DisposeScope();
        foreach (var one in Cases(kind))
        {
            var logits = Matrix(one.GetProperty("logits")).WithGrad();
            var labels = one.GetProperty("labels").Deserialize<int[]>()!;
            var wanted = one.TryGetProperty("wanted", out var soft) ? soft.Deserialize<float[][]>() : null;
            var classes = (int)logits.Size(1);
            var smoothing = one.GetProperty("smoothing").GetSingle();
            var weights = one.GetProperty("weights").Deserialize<float[]>();
            var shares = Enumerable.Range(0, labels.Length)
                .SelectMany(i => Enumerable.Range(0, classes).Select(c => ((wanted?[i][c] ?? (labels[i] == c ? 1f : 0f)) * (1 - smoothing)) + (smoothing / classes)))
                .ToArray();
            var total = wanted is not null ? labels.Length : labels.Sum(y => weights?[y] ?? 1);
            var (share, weight) = (Tensor.From(shares, labels.Length, classes), weights is null ? null : Tensor.From(weights, classes));

            var loss = kind == "focal"
                ? FocalLoss.Of(logits, share, weight, total, one.GetProperty("gamma").GetDouble())
                : OrdinalLoss.Of(logits, share, weight, total);

            ShouldBe(loss, logits, one);
        }
    }

    [Fact]
    public void CentresFollowTheirClassesFromBatchToBatch()
    {
        using var scope = new DisposeScope();
        foreach (var one in Cases("centre"))
        {
            var loss = new CentreLoss(3, one.GetProperty("rate").GetDouble());
            foreach (var batch in one.GetProperty("batches").EnumerateArray())
            {
                var embeddings = Matrix(batch.GetProperty("embeddings")).WithGrad();
                ShouldBe(loss.Of(embeddings, OneHot(batch.GetProperty("labels"), 3)), embeddings, batch);
                ShouldBe([.. loss.Centres], batch.GetProperty("centres"));
            }
        }
    }

    [Fact]
    public void TheHardestTripletsAreThoseOfThePaper()
    {
        using var scope = new DisposeScope();
        foreach (var one in Cases("triplet"))
        {
            var margin = one.GetProperty("margin");
            var embeddings = Matrix(one.GetProperty("embeddings")).WithGrad();
            var loss = new TripletLoss(margin.ValueKind == JsonValueKind.Null ? null : margin.GetDouble());

            ShouldBe(loss.Of(embeddings, OneHot(one.GetProperty("labels"), 3)), embeddings, one);
        }
    }

    /// <summary>Equal embeddings and batches of one class, which small batches bring, break nothing.</summary>
    [Fact]
    public void ABatchWithoutTripletsOrDistancesHasAGradientOfNumbers()
    {
        using var scope = new DisposeScope();
        var loss = new TripletLoss(margin: null);
        var equal = Tensor.Ones(4, 3).WithGrad();
        loss.Of(equal, [[1, 0], [1, 0], [0, 1], [0, 1]]).Backward();
        equal.Grad!.ToArray<float>().ShouldAllBe(g => float.IsFinite(g));

        var alone = Tensor.Randn(3, 2).WithGrad();
        var none = loss.Of(alone, [[1, 0], [1, 0], [1, 0]]);
        none.Backward();
        none.Item().ShouldBe(0);
        alone.Grad!.ToArray<float>().ShouldAllBe(g => g == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFocalLossWithoutFocusIsCrossEntropy(bool soft)
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(6);
        var random = new SeededRandom(2);
        float[] Shares()
        {
            var values = Enumerable.Range(0, 3).Select(_ => (float)random.NextDouble()).ToArray();
            return Array.ConvertAll(values, v => v / values.Sum());
        }

        var examples = Enumerable.Range(0, 9).Select(i => Example(i % 5 == 0 ? 0 : i % 3) with { Wanted = soft ? Shares() : null }).ToList();
        var logits = Tensor.Randn(9, 3);
        Tensor Of(LossSettings? loss, (double, int[])? mixed)
        {
            var objective = new ClassificationObjective(3, new TrainingSettings { Loss = loss, LabelSmoothing = 0.2 });
            objective.Begin(examples);
            return objective.Loss(logits, examples, mixed, Device.Cpu);
        }

        var focal = new LossSettings { Kind = LossKind.Focal, Gamma = 0 };
        Of(focal, null).Item().ShouldBe(Of(null, null).Item(), 1e-6);
        (double, int[]) partners = (0.3, [.. Enumerable.Range(0, 9).Reverse()]);
        Of(focal, partners).Item().ShouldBe(Of(null, partners).Item(), 1e-6);
        Of(focal with { Gamma = 2 }, null).Item().ShouldBeLessThan(Of(null, null).Item());
    }

    [Fact]
    public void AnOrdinalLossGrowsWithTheDistanceOfTheError()
    {
        using var scope = new DisposeScope();
        var right = Tensor.From([1f, 0, 0, 0], 1, 4);
        double Sure(int answer) => OrdinalLoss.Of(Tensor.From(Enumerable.Range(0, 4).Select(c => c == answer ? 30f : 0f).ToArray(), 1, 4), right, null, 1).Item();
        Enumerable.Range(0, 4).Select(Sure).ShouldBe([0.0, 1 / 3.0, 2 / 3.0, 1.0], 1e-6);
    }

    /// <summary>Mixed utterances belong to both classes' centres by their shares; a mixture with itself is the utterance.</summary>
    [Fact]
    public void MixedUtterancesAreDrawnToBothCentres()
    {
        using var scope = new DisposeScope();
        var examples = new[] { Example(0), Example(1) };
        var embeddings = Tensor.From([2f, 0, 0, 4], 2, 2);
        double Of((double, int[])? mixed)
        {
            var objective = new ClassificationObjective(2, new TrainingSettings { Loss = new LossSettings { Kind = LossKind.Centre, Weight = 2, CentreRate = 1 } });
            objective.Begin(examples);
            objective.EmbeddingLoss(embeddings, examples, mixed, Device.Cpu).Item().ShouldBe(2 * (4 + 16) / 4.0, 1e-5);
            return objective.EmbeddingLoss(embeddings, examples, mixed, Device.Cpu).Item();
        }

        // The first batch moves each centre half of the way; what is left is half as far, a quarter as much.
        Of(null).ShouldBe(2 * (1 + 4) / 4.0, 1e-5);
        Of((0.4, [0, 1])).ShouldBe(Of(null), 1e-5);
        // Half of each: both centres move half of the way to the mean of both, which is (1, 2).
        Of((0.5, [1, 0])).ShouldBe(2 * ((1.5 * 1.5) + 1 + (0.5 * 0.5) + 9) / 4.0, 1e-5);
    }

    [Theory]
    [InlineData(LossKind.Focal)]
    [InlineData(LossKind.Centre)]
    [InlineData(LossKind.Triplet)]
    [InlineData(LossKind.Ordinal)]
    public void AToyIsLearnedByEveryLoss(LossKind kind)
    {
        var random = new SeededRandom(3);
        var examples = Enumerable.Range(0, 60).Select(i =>
        {
            var x = Enumerable.Range(0, 3).Select(d => (float)(random.NextGaussian() * 0.3) + (d == i % 3 ? 1 : 0)).ToArray();
            return new Example(new FeatureMatrix(x, 1, 3), i % 3);
        }).ToList();
        var settings = new TrainingSettings { Epochs = 30, LearningRate = 0.05, AverageDecay = 0, EarliestEpoch = 1, Loss = new LossSettings { Kind = kind } };
        using var network = new Layers();
        var objective = new ClassificationObjective(3, settings);

        var history = new NetworkTrainer(network, objective, settings, [], Device.Cpu).Fit([.. examples.Select(e => new[] { e })], examples, 1, null, default);

        history.Max(h => h.ValidationUar).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void ImpossibleSettingsAndNetworksWithoutAnEmbeddingAreRefused()
    {
        new LossSettings { Gamma = -1, Weight = 0, CentreRate = 1.5, Margin = double.NaN }.Problems().ShouldBe(
            ["gamma must be at least 0, but is -1", "weight must be greater than 0, but is 0", "centre-rate must be in (0, 1], but is 1.5", "margin must be greater than 0, but is NaN"]);
        new LossSettings().Problems().ShouldBeEmpty();
        using var plain = new Plain();
        foreach (var kind in new[] { LossKind.Centre, LossKind.Triplet })
        {
            var settings = new TrainingSettings { Loss = new LossSettings { Kind = kind } };
            Should.Throw<ArgumentException>(() => new NetworkTrainer(plain, new ClassificationObjective(2, settings), settings, [], Device.Cpu)).Message.ShouldContain("Plain is no EmbeddingClassifier");
        }
    }

    private static IEnumerable<JsonElement> Cases(string kind) => Expected.Value.GetProperty(kind).EnumerateArray();

    private static Example Example(int label) => new(new FeatureMatrix([0], 1, 1), label);

    private static float[][] OneHot(JsonElement labels, int classes) =>
        [.. labels.Deserialize<int[]>()!.Select(y => Enumerable.Range(0, classes).Select(c => c == y ? 1f : 0f).ToArray())];

    private static Tensor Matrix(JsonElement json)
    {
        var rows = json.Deserialize<float[][]>()!;
        return Tensor.From(rows.SelectMany(r => r).ToArray(), rows.Length, rows[0].Length);
    }

    private static void ShouldBe(Tensor loss, Tensor leaf, JsonElement expected)
    {
        loss.Item().ShouldBe(expected.GetProperty("loss").GetDouble(), 5e-6);
        loss.Backward();
        ShouldBe(leaf.Grad!.ToArray<float>(), expected.GetProperty("gradient"));
    }

    private static void ShouldBe(float[] actual, JsonElement expected)
    {
        var values = expected.Deserialize<float[]>()!;
        actual.Length.ShouldBe(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            actual[i].ShouldBe(values[i], 5e-6f);
        }
    }

    private sealed class Layers : EmbeddingClassifier
    {
        private readonly Linear _hidden;
        private readonly Linear _output;

        public Layers()
        {
            Engine.ManualSeed(2);
            _hidden = Register("hidden", new Linear(3, 8));
            _output = Register("output", new Linear(8, 3));
        }

        public override int MinimumFrames => 1;

        public override int EmbeddingWidth => 8;

        public override Tensor Embed(Tensor features, int[] lengths) => _hidden.Forward(features.Select(1, 0)).Tanh();

        public override Tensor Classify(Tensor embedding) => _output.Forward(embedding);
    }

    private sealed class Plain : SequenceClassifier
    {
        public override int MinimumFrames => 1;

        public override Tensor Forward(Tensor features, int[] lengths) => features.Select(1, 0);
    }
}
