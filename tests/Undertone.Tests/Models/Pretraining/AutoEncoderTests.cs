using Undertone.Features;
using Undertone.Models.Pretraining;
using Undertone.Torch;

namespace Undertone.Tests.Models.Pretraining;

/// <summary>Auto-encoders, their corruption, and the loop that trains them.</summary>
[Collection("engine")]
public sealed class AutoEncoderTests
{
    /// <summary>The plane and the error of NumPy's singular value decomposition (Data/Models/boltzmann.py).</summary>
    [Fact]
    public void ALinearAutoEncoderFindsThePlaneOfThePrincipalComponents()
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(1);
        var expected = BoltzmannFixture.Part("pca");
        using var layer = new Linear(6, 2);
        using var encoder = new AutoEncoder(layer, activation: null, ReconstructionError.Squared);
        var options = new AutoEncoderOptions { Epochs = 400, BatchSize = 40, LearningRate = 0.02 };

        var errors = encoder.Fit(expected.Tensor("rows"), options, new PretrainingLoop(new SeededRandom(1)), "linear");

        using var noGrad = new NoGrad();
        errors[^1].ShouldBe(expected.GetProperty("error").GetDouble(), 1e-3);
        var decoded = encoder.Decode(encoder.Encode(Tensor.Eye(6))) - encoder.Decode(encoder.Encode(Tensor.Zeros(1, 6)));
        decoded.ShouldBeClose(expected.Tensor("projection"), 0.02, "the projection onto the plane");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EachLayerOfAStackComesToGiveBackWhatItSees(bool sigmoid)
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(2);
        using var first = new Linear(6, 5);
        using var second = new Linear(5, 3);
        var told = new List<PretrainingEpoch>();
        var options = new AutoEncoderOptions { Epochs = 60, BatchSize = 20, LearningRate = 0.02 };

        AutoEncoder.FitGreedily([first, second], sigmoid ? new Sigmoid() : new ReLU(), BoltzmannFixture.Part("pca").Tensor("rows"), options, new PretrainingLoop(new SeededRandom(1), told.Add));

        told.Select(e => e.Stage).Distinct().ShouldBe(["auto-encoder 1", "auto-encoder 2"]);
        foreach (var stage in told.GroupBy(e => e.Stage))
        {
            stage.Select(e => e.Epoch).ShouldBe(Enumerable.Range(1, 60));
            stage.ShouldAllBe(e => e.Epochs == 60);
            stage.Last().Error.ShouldBeLessThan(0.9 * stage.First().Error, stage.Key);
        }
    }

    [Fact]
    public void CorruptionMasksAShareOrAddsNoise()
    {
        using var scope = new DisposeScope();
        Engine.ManualSeed(6);
        var rows = Tensor.Ones(200, 100);

        var masked = new Corruption { Level = 0.3 }.Apply(rows).ToArray<float>();
        masked.ShouldAllBe(v => v == 0 || v == 1);
        ((double)masked.Count(v => v == 0)).ShouldBe(6000, 250);
        var noisy = new Corruption { Kind = CorruptionKind.Gaussian, Level = 0.5 }.Apply(rows) - rows;
        noisy.Std().Item().ShouldBe(0.5, 0.01);
        noisy.Mean().Item().ShouldBe(0, 0.02);

        new Corruption { Level = 1 }.Problems().ShouldBe(["level must be in [0, 1), but is 1"]);
        new Corruption { Kind = CorruptionKind.Gaussian, Level = 1 }.Problems().ShouldBeEmpty();
    }

    /// <summary>A denoising layer of few units fills in what is masked; a plain one, shown the same, does worse.</summary>
    [Fact]
    public void ADenoisingLayerFillsInWhatIsMissing()
    {
        double Error(Corruption? corruption)
        {
            using var scope = new DisposeScope();
            Engine.ManualSeed(3);
            using var layer = new Linear(6, 12);
            using var encoder = new AutoEncoder(layer, new Tanh(), ReconstructionError.Squared);
            var rows = BoltzmannFixture.Patterns();
            encoder.Fit(rows, new AutoEncoderOptions { Epochs = 300, BatchSize = 20, LearningRate = 0.02 }, new PretrainingLoop(new SeededRandom(1)), "tiny", corruption);
            using var noGrad = new NoGrad();
            Engine.ManualSeed(9);
            return Functional.MseLoss(encoder.Decode(encoder.Encode(new Corruption { Level = 0.3 }.Apply(rows))), rows).Item();
        }

        Error(new Corruption { Level = 0.3 }).ShouldBeLessThan(0.8 * Error(null));
    }

    [Fact]
    public void TheLoopShowsEachRowOnceAnEpochAndTheSameBatchesForTheSameSeed()
    {
        using var scope = new DisposeScope();
        var rows = Tensor.Arange(10).To(ScalarType.Float32).Unsqueeze(1);
        List<float[]> Batches()
        {
            var seen = new List<float[]>();
            new PretrainingLoop(new SeededRandom(8)).Run("all", rows, epochs: 2, batchSize: 4, (batch, _) =>
            {
                seen.Add(batch.ToArray<float>());
                return 1;
            });
            return seen;
        }

        var batches = Batches();
        batches.Count.ShouldBe(4); // 10 rows are two batches of 4 and a half; two epochs
        batches.ShouldAllBe(b => b.Length == 5);
        batches[0].Concat(batches[1]).Order().ShouldBe(Enumerable.Range(0, 10).Select(i => (float)i));
        batches[2].Concat(batches[3]).Order().ShouldBe(Enumerable.Range(0, 10).Select(i => (float)i));
        Batches().ShouldBe(batches);
    }

    [Fact]
    public void WhatIsNoNumberAnyMoreAndWhatIsCancelledEnds()
    {
        using var scope = new DisposeScope();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var rows = Tensor.Zeros(4, 2);
        Should.Throw<UndertoneException>(() => new PretrainingLoop(new SeededRandom(1)).Run("auto-encoder 1", rows, 3, 2, (_, epoch) => epoch == 2 ? double.NaN : 1)).Message
            .ShouldBe("Pre-training diverged: the error of auto-encoder 1 became NaN in epoch 2. Lower the learning rate of its pre-training.");
        Should.Throw<OperationCanceledException>(() => new PretrainingLoop(new SeededRandom(1), cancellation: stop.Token).Run("any", rows, 3, 2, (_, _) => 1));
    }

    [Fact]
    public void ARowIsTheMeanOfFrames()
    {
        using var scope = new DisposeScope();
        FeatureMatrix[] features = [new([1, 2, 3, 4, 5, 6], 3, 2), new([7, 8], 1, 2)];

        PretrainingLoop.Rows(features, Device.Cpu).ShouldBeClose(Tensor.From([3f, 4, 7, 8], 2, 2), 1e-6, "rows");
    }
}
