using System.Diagnostics;
using System.Globalization;
using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Models;
using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// Trains a network to tell classes apart: class-weighted cross-entropy with label smoothing, AdamW with warm-up and
/// cosine, gradient clipping, batches of similar length, averaged weights, and early stopping on the UAR of the
/// validation speakers.
/// </summary>
public sealed class ClassifierTrainer
{
    private readonly SequenceClassifier _network;
    private readonly TrainingSettings _settings;
    private readonly IReadOnlyList<FeatureAugmentation> _augmentations;
    private readonly Device _device;
    private readonly Mixup? _mixup;
    private readonly int _classes;

    /// <summary>Prepares training.</summary>
    /// <param name="network">The network, with initial weights, on <paramref name="device"/>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="augmentations">Applied in this order to every training utterance, anew in each epoch.</param>
    /// <param name="device">Where it is trained.</param>
    /// <param name="mixup">Mixes utterances of a batch; null leaves them.</param>
    public ClassifierTrainer(
        SequenceClassifier network,
        int classes,
        TrainingSettings settings,
        IReadOnlyList<FeatureAugmentation> augmentations,
        Device device,
        Mixup? mixup = null)
    {
        _mixup = mixup;
        _network = network;
        _classes = classes;
        _settings = settings;
        _augmentations = augmentations;
        _device = device;
    }

    /// <summary>The epoch whose weights were kept, from 1; 0 before training.</summary>
    public int KeptEpoch { get; private set; }

    /// <summary>Trains; the network holds the selected weights afterwards, in evaluation mode.</summary>
    /// <param name="train">Training utterances, each by itself and its speed variants: one of them is drawn in each epoch.</param>
    /// <param name="validation">Validation utterances; may be empty, then the last epoch's weights are kept.</param>
    /// <param name="seed">The seed of every random choice.</param>
    /// <param name="onEpoch">Called after each epoch; may be null.</param>
    /// <param name="cancellation">Ends training.</param>
    /// <returns>One record an epoch.</returns>
    /// <exception cref="TrainingDivergedException">The loss is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<EpochRecord> Fit(
        IReadOnlyList<IReadOnlyList<Example>> train,
        IReadOnlyList<Example> validation,
        long seed,
        Action<EpochRecord>? onEpoch,
        CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var scope = new DisposeScope();
        var random = SeededRandom.From("training", seed);
        Engine.ManualSeed((long)(SeededRandom.From("engine", seed).NextUInt64() >> 1));
        using var optimiser = CreateOptimiser();
        var lengths = train.Select(t => t[0].Features.Frames).ToList();
        var stepsPerEpoch = BatchSampler.Training(lengths, _settings.BatchSize, SeededRandom.From("count", seed)).Length;
        var steps = _settings.Epochs * stepsPerEpoch;
        var warmUp = (int)Math.Round(_settings.WarmUp * steps);
        var schedule = new WarmUpSchedule(warmUp, new CosineSchedule(Math.Max(1, steps - warmUp)), start: 0).Attach(optimiser);
        using var average = new WeightAverage(_network, _settings.AverageDecay);
        using var classWeights = ClassWeights(train.Select(t => t[0].Label))?.To(_device).Keep();
        var parameters = _network.Parameters().ToList();

        var history = new List<EpochRecord>();
        Tensor[]? best = null;
        var waited = 0;
        var (bestEpoch, bestUar, bestLoss) = (0, double.NegativeInfinity, double.PositiveInfinity);
        for (var epoch = 1; epoch <= _settings.Epochs; epoch++)
        {
            _network.Train();
            var (total, weight) = (0.0, 0.0);
            foreach (var batch in BatchSampler.Training(lengths, _settings.BatchSize, random))
            {
                cancellation.ThrowIfCancellationRequested();
                var loss = Step(batch.Select(i => train[i]).ToList(), random, classWeights, optimiser, parameters);
                if (!double.IsFinite(loss))
                {
                    throw new TrainingDivergedException(string.Create(CultureInfo.InvariantCulture,
                        $"Training diverged: the loss became {loss} in epoch {epoch} with a learning rate of {optimiser.Groups[0].LearningRate:g3}. Lower training.learning-rate (now {_settings.LearningRate}) or training.clip-norm (now {_settings.ClipNorm})."));
                }

                schedule.Step();
                average.Update();
                total += loss * batch.Length;
                weight += batch.Length;
            }

            var (validationLoss, uar) = (double.NaN, double.NaN);
            if (validation.Count > 0)
            {
                using var averaged = average.Apply();
                (validationLoss, uar) = Validate(validation, classWeights);
            }

            history.Add(new EpochRecord(epoch, total / weight, validationLoss, uar, clock.Elapsed.TotalSeconds));
            onEpoch?.Invoke(history[^1]);
            if (validation.Count == 0 || _settings.Selection == WeightSelection.Last || epoch < Math.Min(_settings.EarliestEpoch, _settings.Epochs))
            {
                continue;
            }

            if (uar > bestUar || (uar == bestUar && validationLoss < bestLoss))
            {
                waited = uar > bestUar ? 0 : waited + 1;
                (bestEpoch, bestUar, bestLoss) = (epoch, uar, validationLoss);
                Free(best);
                best = average.Snapshot();
            }
            else if (++waited >= _settings.Patience)
            {
                break;
            }
        }

        KeptEpoch = best is null ? history.Count : bestEpoch;
        best ??= average.Snapshot();
        average.Restore(best);
        Free(best);
        _network.Eval();
        return history;
    }

    /// <summary>Class probabilities of feature sequences.</summary>
    /// <param name="network">A trained network.</param>
    /// <param name="features">N sequences.</param>
    /// <param name="device">Where the network lies.</param>
    /// <returns>N rows of probabilities, in the order given; each row is the same whatever else is predicted with it.</returns>
    public static float[][] Predict(SequenceClassifier network, IReadOnlyList<FeatureMatrix> features, Device device)
    {
        network.Eval();
        var rows = new float[features.Count][];
        foreach (var batch in BatchSampler.Prediction([.. features.Select(f => f.Frames)], PredictionBatch))
        {
            using var scope = new DisposeScope();
            using var noGrad = new NoGrad();
            var input = FeatureBatch.From([.. batch.Select(i => features[i])], network.MinimumFrames, device);
            var probabilities = network.Forward(input.Features, input.Lengths).Softmax(1).To(Device.Cpu);
            var values = probabilities.ToArray<float>();
            var classes = values.Length / batch.Length;
            for (var i = 0; i < batch.Length; i++)
            {
                rows[batch[i]] = values.AsSpan(i * classes, classes).ToArray();
            }
        }

        return rows;
    }

    private const int PredictionBatch = 32;

    private static void Free(Tensor[]? tensors)
    {
        foreach (var tensor in tensors ?? [])
        {
            tensor.Dispose();
        }
    }

    private AdamW CreateOptimiser()
    {
        // Decay pulls weights to zero; biases and normalisation scales have no reason to be there.
        var all = _network.Parameters().ToList();
        return new AdamW(
        [
            new ParameterGroup(all.Where(p => p.Dimensions > 1), _settings.LearningRate, _settings.WeightDecay),
            new ParameterGroup(all.Where(p => p.Dimensions <= 1), _settings.LearningRate),
        ]);
    }

    private Tensor? ClassWeights(IEnumerable<int> labels)
    {
        if (!_settings.ClassWeights)
        {
            return null;
        }

        var counts = new int[_classes];
        var total = 0;
        foreach (var label in labels)
        {
            counts[label]++;
            total++;
        }

        return Tensor.From(Array.ConvertAll(counts, n => n == 0 ? 0f : (float)total / (_classes * n)), _classes);
    }

    private double Step(
        List<IReadOnlyList<Example>> batch, SeededRandom random, Tensor? classWeights, AdamW optimiser, List<Parameter> parameters)
    {
        using var scope = new DisposeScope();
        var features = new List<FeatureMatrix>(batch.Count);
        foreach (var variants in batch)
        {
            var sequence = variants[variants.Count == 1 ? 0 : random.NextInt(variants.Count)].Features;
            foreach (var augmentation in _augmentations)
            {
                sequence = augmentation.Apply(sequence, random);
            }

            features.Add(sequence);
        }

        var mixed = _mixup?.Draw(batch.Count, random);
        if (mixed is var (share, others))
        {
            features = [.. features.Select((f, i) => Mixup.Mix(f, features[others[i]], share))];
        }

        var input = FeatureBatch.From(features, _network.MinimumFrames, _device);
        var scores = _network.Forward(input.Features, input.Lengths);
        Tensor Loss(IEnumerable<long> labels) =>
            Functional.CrossEntropy(scores, Tensor.From(labels.ToArray(), batch.Count).To(_device), classWeights, _settings.LabelSmoothing);
        var loss = Loss(batch.Select(v => (long)v[0].Label));
        if (mixed is var (weight, partners))
        {
            loss = (loss * weight) + (Loss(partners.Select(p => (long)batch[p][0].Label)) * (1 - weight));
        }

        optimiser.ZeroGrad();
        loss.Backward();
        if (_settings.ClipNorm > 0)
        {
            GradientClipping.ByNorm(parameters, _settings.ClipNorm);
        }

        optimiser.Step();
        return loss.Item();
    }

    private (double Loss, double Uar) Validate(IReadOnlyList<Example> validation, Tensor? classWeights)
    {
        var rows = Predict(_network, [.. validation.Select(v => v.Features)], _device);
        var weights = classWeights?.To(Device.Cpu).ToArray<float>();
        var (correct, counts) = (new int[_classes], new int[_classes]);
        var (loss, total) = (0.0, 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            var label = validation[i].Label;
            double weight = weights?[label] ?? 1;
            loss -= weight * Math.Log(Math.Max(rows[i][label], float.Epsilon));
            total += weight;
            counts[label]++;
            correct[label] += Array.IndexOf(rows[i], rows[i].Max()) == label ? 1 : 0;
        }

        var present = Enumerable.Range(0, _classes).Where(c => counts[c] > 0).ToList();
        return (loss / Math.Max(total, double.Epsilon), present.Average(c => (double)correct[c] / counts[c]));
    }
}
