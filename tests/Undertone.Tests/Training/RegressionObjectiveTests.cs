using Undertone.Corpora;
using Undertone.Emotions;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Tests.Training;

[Collection("engine")]
public class RegressionObjectiveTests
{
    [Theory]
    [InlineData(RegressionLoss.Ccc)]
    [InlineData(RegressionLoss.Mse)]
    public void AToyIsLearnedAndTheBestEpochIsKeptByCcc(RegressionLoss loss)
    {
        // Two targets that are linear in the features, and noise that is not.
        var random = new SeededRandom(3);
        List<Example> Draw(int count) => [.. Enumerable.Range(0, count).Select(_ =>
        {
            var x = Enumerable.Range(0, 3).Select(_ => (float)random.NextGaussian()).ToArray();
            return new Example(new FeatureMatrix(x, 1, 3), -1) { Wanted = [(0.8f * x[0]) - (0.6f * x[1]), x[2] + (0.1f * (float)random.NextGaussian())] };
        })];
        var (train, validation) = (Draw(64), Draw(32));
        var settings = new TrainingSettings { Epochs = 40, LearningRate = 0.05, AverageDecay = 0, EarliestEpoch = 1, RegressionLoss = loss };
        using var network = new Linears();
        var objective = new RegressionObjective(2, settings);

        var history = new NetworkTrainer(network, objective, settings, [], Device.Cpu)
            .Fit([.. train.Select(e => new[] { e })], validation, 1, null, default);

        var score = objective.Score(NetworkTrainer.Answers(network, [.. validation.Select(v => v.Features)], objective, Device.Cpu), validation);
        score.Ccc.ShouldBeGreaterThan(0.97);
        score.Ccc.ShouldBe(history.Max(h => h.ValidationCcc), 1e-9);
        double.IsNaN(score.Uar).ShouldBeTrue();
        score.Value.ShouldBe(score.Ccc);
    }

    [Fact]
    public void TheLossOfTheWholeSetIsTheLossThatEpochsAreComparedBy()
    {
        using var scope = new DisposeScope();
        var random = new SeededRandom(8);
        float[] Two() => [(float)random.NextGaussian(), (float)random.NextGaussian()];
        var examples = Enumerable.Range(0, 20).Select(_ => new Example(new FeatureMatrix([0], 1, 1), -1) { Wanted = Two() }).ToList();
        var answers = Enumerable.Range(0, 20).Select(_ => Two()).ToArray();
        foreach (var loss in new[] { RegressionLoss.Ccc, RegressionLoss.Mse })
        {
            var objective = new RegressionObjective(2, new TrainingSettings { RegressionLoss = loss });
            var outputs = Tensor.From([.. answers.SelectMany(a => a)], 20, 2);
            objective.Loss(outputs, examples, null, Device.Cpu).Item().ShouldBe(objective.Score(answers, examples).Loss, 1e-5);

            // Mixed with itself a batch is what it was.
            objective.Loss(outputs, examples, (0.7, [.. Enumerable.Range(0, 20)]), Device.Cpu).Item()
                .ShouldBe(objective.Score(answers, examples).Loss, 1e-5);
        }
    }

    [Fact]
    public void TheScaleIsLearnedAndGivenBack()
    {
        var scaler = TargetScaler.Fit([[1, 10], [2, 10.5], [6, 14]], ["arousal", "valence"]);
        scaler.Mean.ShouldBe([3, 11.5]);
        scaler.StandardDeviation[0].ShouldBe(Math.Sqrt(14.0 / 3), 1e-12);
        scaler.Restore(scaler.Standardise([2, 10.5])).ShouldBe([2f, 10.5f]);
        var again = TargetScaler.FromJson(scaler.ToJson(), 2);
        again.Mean.ShouldBe(scaler.Mean);
        again.StandardDeviation.ShouldBe(scaler.StandardDeviation);
        Should.Throw<UndertoneException>(() => TargetScaler.FromJson(scaler.ToJson(), 3)).Message.ShouldBe("The targets' scale is damaged; expected means and deviations of 3 targets.");
        Should.Throw<UndertoneException>(() => TargetScaler.FromJson("{", 1)).Message.ShouldStartWith("The targets' scale is damaged (");
    }

    [Fact]
    public void SoftLabelsAreSharesOfVotesAndTheLabelWhereNoVoteCounts()
    {
        var utterance = new Utterance("c", "u", "", "s", "anger") { Votes = EmotionVotes.Parse("anger*2;neutral;other*4") };
        SoftLabels.Of(utterance, ["anger", "neutral", "sadness"]).ShouldBe([2f / 3, 1f / 3, 0]);
        SoftLabels.Of(utterance, ["neutral", "anger"]).ShouldBe([1f / 3, 2f / 3]);
        SoftLabels.Of(utterance with { Votes = null }, ["anger", "neutral"]).ShouldBe([1f, 0]);
        SoftLabels.Of(utterance with { Votes = EmotionVotes.Parse("other") }, ["anger", "neutral"]).ShouldBe([1f, 0]);
    }

    [Fact]
    public void ValuesOfAnUtteranceAreFoundByTheirColumn()
    {
        var utterance = new Utterance("c", "u", "", "s", "anger") { Arousal = 4, Valence = 2.5 };
        DimensionColumns.ValuesOf(utterance, ["valence", "arousal"]).ShouldBe([2.5, 4]);
        DimensionColumns.ValueOf(utterance, "dominance").ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => DimensionColumns.ValuesOf(utterance, ["dominance"]));
        Should.Throw<ArgumentException>(() => DimensionColumns.ValueOf(utterance, "arousel")).Message.ShouldContain("arousal");
    }

    /// <summary>A linear layer on the first frame.</summary>
    private sealed class Linears : SequenceClassifier
    {
        private readonly Linear _linear;

        public Linears()
        {
            Engine.ManualSeed(2);
            _linear = Register("linear", new Linear(3, 2));
        }

        public override int MinimumFrames => 1;

        public override Tensor Forward(Tensor features, int[] lengths) => _linear.Forward(features.Select(1, 0));
    }
}
