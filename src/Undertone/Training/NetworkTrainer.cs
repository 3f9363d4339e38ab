using System.Diagnostics;
using System.Globalization;
using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// Trains a network towards an objective (classes or values): AdamW with warm-up and cosine or what the settings name,
/// gradient clipping, batches of similar length, averaged weights, and early stopping on the UAR or the CCC of the validation speakers.
/// </summary>
public sealed class NetworkTrainer
{
    private readonly SequenceClassifier _network;
    private readonly TrainingObjective _objective;
    private readonly TrainingSettings _settings;
    private readonly IReadOnlyList<FeatureAugmentation> _augmentations;
    private readonly Device _device;
    private readonly Mixup? _mixup;

    /// <summary>Prepares training.</summary>
    /// <param name="network">The network, with initial weights, on <paramref name="device"/>.</param>
    /// <param name="objective">What it is trained towards.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="augmentations">Applied in this order to every training utterance, anew in each epoch.</param>
    /// <param name="device">Where it is trained.</param>
    /// <param name="mixup">Mixes utterances of a batch; null leaves them.</param>
    /// <exception cref="ArgumentException">The objective looks at the network's embedding, and it gives none.</exception>
    public NetworkTrainer(
        SequenceClassifier network,
        TrainingObjective objective,
        TrainingSettings settings,
        IReadOnlyList<FeatureAugmentation> augmentations,
        Device device,
        Mixup? mixup = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        if (objective.ReadsEmbedding && network is not EmbeddingClassifier)
        {
            throw new ArgumentException($"The loss looks at the vector before the output layer, and {network?.GetType().Name} is no {nameof(EmbeddingClassifier)}.", nameof(network));
        }

        _mixup = mixup;
        _network = network;
        _objective = objective;
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
        using var optimiser = _settings.CreateOptimiser(_network);
        var lengths = train.Select(t => t[0].Features.Frames).ToList();
        var stepsPerEpoch = BatchSampler.Training(lengths, _settings.BatchSize, SeededRandom.From("count", seed)).Length;
        var schedule = _settings.CreateSchedule(stepsPerEpoch).Attach(optimiser);
        using var average = new WeightAverage(_network, _settings.AverageDecay);
        _objective.Begin([.. train.Select(t => t[0])]);
        var parameters = _network.Parameters().ToList();

        var history = new List<EpochRecord>();
        Tensor[]? best = null;
        var waited = 0;
        var (bestEpoch, bestScore, bestLoss) = (0, double.NegativeInfinity, double.PositiveInfinity);
        for (var epoch = 1; epoch <= _settings.Epochs; epoch++)
        {
            _network.Train();
            var (total, weight) = (0.0, 0.0);
            foreach (var batch in BatchSampler.Training(lengths, _settings.BatchSize, random))
            {
                cancellation.ThrowIfCancellationRequested();
                var loss = Step(batch.Select(i => train[i]).ToList(), random, optimiser, parameters);
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

            var score = new EpochScore(double.NaN, double.NaN, double.NaN);
            if (validation.Count > 0)
            {
                using var averaged = average.Apply();
                score = _objective.Score(Answers(_network, [.. validation.Select(v => v.Features)], _objective, _device), validation);
            }

            history.Add(new EpochRecord(epoch, total / weight, score.Loss, score.Uar, clock.Elapsed.TotalSeconds) { ValidationCcc = score.Ccc });
            onEpoch?.Invoke(history[^1]);
            if (validation.Count == 0 || _settings.Selection == WeightSelection.Last || epoch < Math.Min(_settings.EarliestEpoch, _settings.Epochs))
            {
                continue;
            }

            if (score.Value > bestScore || (score.Value == bestScore && score.Loss < bestLoss))
            {
                waited = score.Value > bestScore ? 0 : waited + 1;
                (bestEpoch, bestScore, bestLoss) = (epoch, score.Value, score.Loss);
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

    /// <summary>What a network says of feature sequences.</summary>
    /// <param name="network">A trained network.</param>
    /// <param name="features">N sequences.</param>
    /// <param name="objective">What it was trained towards.</param>
    /// <param name="device">Where the network lies.</param>
    /// <returns>N rows of probabilities or standardised values, in the order given; each row is the same whatever else is predicted with it.</returns>
    public static float[][] Answers(SequenceClassifier network, IReadOnlyList<FeatureMatrix> features, TrainingObjective objective, Device device) =>
        Rows(network, features, input => objective.Answers(network.Forward(input.Features, input.Lengths)), device);

    /// <summary>A network's last hidden vectors of feature sequences.</summary>
    /// <param name="network">A trained network.</param>
    /// <param name="features">N sequences.</param>
    /// <param name="device">Where the network lies.</param>
    /// <returns>N vectors, in the order given; each is the same whatever else is asked with it.</returns>
    public static float[][] Embeddings(EmbeddingClassifier network, IReadOnlyList<FeatureMatrix> features, Device device)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Rows(network, features, input => network.Embed(input.Features, input.Lengths), device);
    }

    private const int PredictionBatch = 32;

    private static float[][] Rows(SequenceClassifier network, IReadOnlyList<FeatureMatrix> features, Func<FeatureBatch, Tensor> answer, Device device)
    {
        network.Eval();
        var rows = new float[features.Count][];
        foreach (var batch in BatchSampler.Prediction([.. features.Select(f => f.Frames)], PredictionBatch))
        {
            using var scope = new DisposeScope();
            using var noGrad = new NoGrad();
            var input = FeatureBatch.From([.. batch.Select(i => features[i])], network.MinimumFrames, device);
            var values = answer(input).To(Device.Cpu).Contiguous().ToArray<float>();
            var outputs = values.Length / batch.Length;
            for (var i = 0; i < batch.Length; i++)
            {
                rows[batch[i]] = values.AsSpan(i * outputs, outputs).ToArray();
            }
        }

        return rows;
    }

    private static void Free(Tensor[]? tensors)
    {
        foreach (var tensor in tensors ?? [])
        {
            tensor.Dispose();
        }
    }

    private double Step(
        List<IReadOnlyList<Example>> batch, SeededRandom random, Optimiser optimiser, List<Parameter> parameters)
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
        var loss = Loss(input, [.. batch.Select(v => v[0])], mixed);
        if (_network is ILossOfItsOwn { OwnLoss: { } own })
        {
            loss += own;
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

    private Tensor Loss(FeatureBatch input, IReadOnlyList<Example> batch, (double Weight, int[] Partners)? mixed)
    {
        if (!_objective.ReadsEmbedding)
        {
            return _objective.Loss(_network.Forward(input.Features, input.Lengths), batch, mixed, _device);
        }

        var network = (EmbeddingClassifier)_network;
        var embeddings = network.Embed(input.Features, input.Lengths);
        return _objective.Loss(network.Classify(embeddings), batch, mixed, _device) + _objective.EmbeddingLoss(embeddings, batch, mixed, _device);
    }
}
