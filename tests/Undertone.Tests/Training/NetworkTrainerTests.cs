using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Tests.Training;

[Collection("engine")]
public class NetworkTrainerTests
{
    [Fact]
    public void BatchesHoldEachUtteranceOnceAndUtterancesOfSimilarLength()
    {
        var lengths = Enumerable.Range(0, 103).Select(i => 50 + (i * 7 % 400)).ToArray();
        var batches = BatchSampler.Training(lengths, 16, new SeededRandom(1));

        batches.SelectMany(b => b).Order().ShouldBe(Enumerable.Range(0, 103));
        batches.ShouldAllBe(b => b.Length >= 8 && b.Length <= 24);
        var padding = batches.Sum(b => b.Sum(i => b.Max(j => lengths[j]) - lengths[i])) / (double)lengths.Sum();
        padding.ShouldBeLessThan(0.35);
        BatchSampler.Training(lengths, 16, new SeededRandom(1)).ShouldBe(batches);
        BatchSampler.Training(lengths, 16, new SeededRandom(2)).ShouldNotBe(batches);
        BatchSampler.Prediction(lengths, 16).SelectMany(b => b).Order().ShouldBe(Enumerable.Range(0, 103));
    }

    [Fact]
    public void ALossThatIsNoNumberEndsTrainingWithItsReason()
    {
        using var network = new Mean(2, 2);
        var broken = new Example(new FeatureMatrix([float.NaN, 0, 1, 2], 2, 2), 0);
        var trainer = Trainer(network, new TrainingSettings { Epochs = 3 });

        var error = Should.Throw<TrainingDivergedException>(() => trainer.Fit([[broken]], [], 0, null, default));

        error.Message.ShouldContain("epoch 1");
        error.Message.ShouldContain("training.learning-rate");
    }

    [Fact]
    public void TheBestValidatedWeightsAreKeptAndPatienceEndsTraining()
    {
        // Training pulls towards the wrong answer on the validation utterance: every epoch makes it worse.
        using var network = new Mean(1, 2);
        Example One(float value, int label) => new(new FeatureMatrix([value, value], 2, 1), label);
        var settings = new TrainingSettings
        {
            Epochs = 50,
            LearningRate = 0.05,
            AverageDecay = 0,
            WarmUp = 0,
            Patience = 4,
            EarliestEpoch = 1,
            LabelSmoothing = 0,
        };
        var trainer = Trainer(network, settings);
        var validation = new[] { One(1, 1), One(-1, 0) };

        var history = trainer.Fit([[One(1, 0)], [One(-1, 1)]], validation, 5, null, default);

        history.Count.ShouldBeLessThan(50);
        var best = history.OrderByDescending(h => h.ValidationUar).ThenBy(h => h.ValidationLoss).First();
        var rows = Predict(network, validation);
        var loss = -rows.Select((r, i) => Math.Log(r[validation[i].Label])).Average();
        loss.ShouldBe(best.ValidationLoss, 1e-5);
    }

    /// <summary>
    /// A network of one weight matrix, from zero, one utterance of each class a batch. The gradient at zero is the same for every
    /// optimiser, so that after one step it is known by hand: plain descent moves by rate × gradient, which is ∓ 1/2 for the two
    /// rows; Adam moves by the rate, whatever the gradient; AdamW likewise.
    /// </summary>
    [Theory]
    [InlineData(null, 0.1)]
    [InlineData(OptimiserKind.AdamW, 0.1)]
    [InlineData(OptimiserKind.Adam, 0.1)]
    [InlineData(OptimiserKind.Sgd, 0.05)]
    public void TheOptimiserThatIsNamedMakesTheStep(OptimiserKind? kind, double moved)
    {
        using var network = new Mean(1, 2);
        using (new NoGrad())
        {
            foreach (var parameter in network.Parameters())
            {
                parameter.Fill(0);
            }
        }

        var settings = new TrainingSettings
        {
            Epochs = 1,
            LearningRate = 0.1,
            WeightDecay = 0,
            WarmUp = 0,
            AverageDecay = 0,
            LabelSmoothing = 0,
            ClipNorm = 0,
            Selection = WeightSelection.Last,
            Optimiser = kind is { } named ? new OptimiserSettings { Kind = named, Momentum = 0.9, Schedule = RateSchedule.Constant } : null,
        };
        Example One(float value, int label) => new(new FeatureMatrix([value, value], 2, 1), label);
        Trainer(network, settings).Fit([[One(1, 0)], [One(-1, 1)]], [], 1, null, default);

        var weight = network.Parameters().Single(p => p.Dimensions > 1).ToArray<float>();
        weight[0].ShouldBe((float)moved, 1e-5f);
        weight[1].ShouldBe((float)-moved, 1e-5f);
    }

    [Fact]
    public void CancellationEndsTraining()
    {
        using var network = new Mean(1, 2);
        using var stop = new CancellationTokenSource();
        var trainer = Trainer(network, new TrainingSettings());
        Example One(float value, int label) => new(new FeatureMatrix([value], 1, 1), label);

        Should.Throw<OperationCanceledException>(() => trainer.Fit([[One(1, 0)], [One(2, 1)]], [], 0, _ => stop.Cancel(), stop.Token));
    }

    [Fact]
    public void NoTensorIsLeftAliveByTrainingAndPrediction()
    {
        using var network = new Mean(3, 2);
        Example One(int i) => new(new FeatureMatrix([i, i, i], 1, 3), i % 2);
        var before = Tensor.LiveCount;
        Trainer(network, new TrainingSettings { Epochs = 5, EarliestEpoch = 1 })
            .Fit([.. Enumerable.Range(0, 20).Select(i => new[] { One(i) })], [One(0), One(1)], 0, null, default);
        Predict(network, [One(1)]);
        network.ZeroGrad();

        Tensor.LiveCount.ShouldBe(before);
    }

    private static NetworkTrainer Trainer(SequenceClassifier network, TrainingSettings settings) =>
        new(network, new ClassificationObjective(2, settings), settings, [], Device.Cpu);

    private static float[][] Predict(SequenceClassifier network, IReadOnlyList<Example> examples) =>
        NetworkTrainer.Answers(network, [.. examples.Select(e => e.Features)], new ClassificationObjective(2, new TrainingSettings()), Device.Cpu);

    /// <summary>A linear layer on the mean frame.</summary>
    private sealed class Mean : SequenceClassifier
    {
        private readonly Linear _linear;

        public Mean(int dimensions, int classes)
        {
            Engine.ManualSeed(1);
            _linear = Register("linear", new Linear(dimensions, classes));
        }

        public override int MinimumFrames => 1;

        public override Tensor Forward(Tensor features, int[] lengths) =>
            _linear.Forward(features.Sum(1) / Tensor.From(Array.ConvertAll(lengths, l => (float)l), lengths.Length, 1));
    }
}
