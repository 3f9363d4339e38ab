using System.Diagnostics;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems;

/// <summary>
/// How much of the machine a network's training and use turn into convolutions, matrix products and recurrences: the
/// multiply-adds of unpadded frames × 2 (× 3 for a training step), by wall-clock or processor time, augmentation and the
/// making of batches included. Compare it with <see cref="ProductRate"/> of the same run and clock.
/// </summary>
/// <param name="System">The system.</param>
/// <param name="MultiplyAdds">Of one pass over all utterances.</param>
/// <param name="TrainingRate">Operations a second of training, in GFLOP/s.</param>
/// <param name="InferenceRate">The same of use.</param>
/// <param name="TrainingSeconds">The best epoch's time, over all utterances.</param>
/// <param name="InferenceSeconds">The best pass's time.</param>
public sealed record EngineThroughput(
    string System, long MultiplyAdds, double TrainingRate, double InferenceRate, double TrainingSeconds, double InferenceSeconds)
{
    /// <summary>Utterances that are trained on.</summary>
    public const int Utterances = 64;

    /// <summary>Frames of each utterance that was trained on.</summary>
    public IReadOnlyList<int> Frames { get; init; } = [];

    private const double Shortest = 1.3;
    private const double Longest = 5;
    private const int ProductSize = 2048;

    /// <summary>The rate of the product of two 2048 × 2048 matrices on the engine's threads, in GFLOP/s: the best of several.</summary>
    /// <param name="processorTime">Whether the process's processor time is taken in place of wall-clock time, as in <see cref="Measure"/>.</param>
    public static double ProductRate(bool processorTime = false)
    {
        var clock = Clock(processorTime);
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        var matrix = Tensor.Ones(ProductSize, ProductSize);
        var best = double.PositiveInfinity;
        for (var i = 0; i < 8; i++)
        {
            using var each = new DisposeScope();
            var start = clock();
            matrix.MatMul(matrix);
            best = Math.Min(best, clock() - start);
        }

        return 2 * Math.Pow(ProductSize, 3) / best / 1e9;
    }

    /// <summary>Trains and asks a system's network with its own settings, on noise in utterances of 1.3 to 5 s, as those of acted corpora.</summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="epochs">Epochs, and passes of use, after a first one that is not counted; at least 1.</param>
    /// <param name="processorTime">
    /// Whether the process's processor time is taken in place of wall-clock time: on one thread the truer one while other programs run,
    /// on several the sum of all.
    /// </param>
    public static EngineThroughput Measure(DeepSystem system, DeepSettings settings, int classes, int epochs, bool processorTime = false)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        var clock = Clock(processorTime);
        var extractor = settings.FeatureSet.CreateExtractor();
        var random = SeededRandom.From("engine throughput", 0);
        Engine.ManualSeed(0);
        using var network = system.Build(settings, extractor.Dimensions, classes);
        var examples = Enumerable.Range(0, Utterances).Select(i => new Example(Noise(random, extractor, network.MinimumFrames), i % classes)).ToList();
        var multiplyAdds = examples.Sum(e => Count(network, e.Features));

        var training = settings.Training with { Epochs = epochs + 1, Selection = WeightSelection.Last };
        var objective = new ClassificationObjective(classes, training);
        var ends = new List<double>();
        new NetworkTrainer(network, objective, training, settings.Augmentation.Create(settings.Bands), Device.Cpu)
            .Fit([.. examples.Select(e => new[] { e })], [], 0, _ => ends.Add(clock()), default);
        var trained = Enumerable.Range(1, epochs).Min(e => ends[e] - ends[e - 1]);

        var asked = double.PositiveInfinity;
        for (var pass = 0; pass <= epochs; pass++)
        {
            var start = clock();
            NetworkTrainer.Answers(network, [.. examples.Select(e => e.Features)], objective, Device.Cpu);
            asked = pass == 0 ? asked : Math.Min(asked, clock() - start);
        }

        return new EngineThroughput(system.Name, multiplyAdds, 6 * multiplyAdds / trained / 1e9, 2 * multiplyAdds / asked / 1e9, trained, asked)
        {
            Frames = [.. examples.Select(e => e.Features.Frames)],
        };
    }

    private static Func<double> Clock(bool processorTime) => processorTime
        ? () => Environment.CpuUsage.TotalTime.TotalSeconds
        : () => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private static FeatureMatrix Noise(SeededRandom random, FeatureExtractor extractor, int fewest)
    {
        var seconds = Shortest * Math.Pow(Longest / Shortest, random.NextDouble());
        var frames = Math.Max(fewest, extractor.HopSeconds > 0 ? (int)Math.Round(seconds / extractor.HopSeconds) : 1);
        return new FeatureMatrix([.. Enumerable.Range(0, frames * extractor.Dimensions).Select(_ => (float)random.NextGaussian())], frames, extractor.Dimensions);
    }

    private static long Count(SequenceClassifier network, FeatureMatrix features)
    {
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        network.Eval();
        var input = FeatureBatch.From([features], network.MinimumFrames, Device.Cpu);
        using var count = new MultiplyAdds();
        network.Forward(input.Features, input.Lengths);
        return count.Total;
    }
}
