using System.Globalization;
using Undertone.Features;
using Undertone.Torch;

namespace Undertone.Models.Pretraining;

/// <summary>An epoch of learning without labels.</summary>
/// <param name="Stage">What learns: <c>auto-encoder 1</c>.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Error">The mean error of reconstruction over the rows, in the measure of the stage.</param>
public sealed record PretrainingEpoch(string Stage, int Epoch, int Epochs, double Error);

/// <summary>
/// Passes over rows without labels, in batches that are drawn anew in each epoch. All stages of a network's pre-training go
/// through one loop, which draws their batches from one stream and tells of their epochs.
/// </summary>
/// <param name="random">Where the order of rows comes from. What a step draws itself comes from the engine's generator (<see cref="Engine.ManualSeed"/>).</param>
/// <param name="onEpoch">Called after each epoch; may be null.</param>
/// <param name="cancellation">Ends the loop.</param>
public sealed class PretrainingLoop(SeededRandom random, Action<PretrainingEpoch>? onEpoch = null, CancellationToken cancellation = default)
{
    /// <summary>One row an utterance: the mean of its frames, which of functionals is the one frame that they are.</summary>
    /// <param name="features">N sequences.</param>
    /// <param name="device">Where the rows go.</param>
    /// <returns>[N, dimensions].</returns>
    public static Tensor Rows(IReadOnlyList<FeatureMatrix> features, Device device)
    {
        ArgumentNullException.ThrowIfNull(features);
        var dimensions = features[0].Dimensions;
        var values = new float[features.Count * dimensions];
        for (var n = 0; n < features.Count; n++)
        {
            var row = values.AsSpan(n * dimensions, dimensions);
            for (var frame = 0; frame < features[n].Frames; frame++)
            {
                for (var d = 0; d < dimensions; d++)
                {
                    row[d] += features[n][frame][d] / features[n].Frames;
                }
            }
        }

        return Tensor.From(values, features.Count, dimensions).To(device);
    }

    /// <summary>Runs a stage.</summary>
    /// <param name="stage">Its name, for progress and errors.</param>
    /// <param name="rows">[N, dimensions].</param>
    /// <param name="epochs">Passes.</param>
    /// <param name="batchSize">Rows a batch.</param>
    /// <param name="step">Learns from a batch [B, dimensions] in an epoch, counted from 1, and gives the batch's mean error. Tensors that it makes are freed behind it.</param>
    /// <returns>The mean error of each epoch.</returns>
    /// <exception cref="UndertoneException">The error is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<double> Run(string stage, Tensor rows, int epochs, int batchSize, Func<Tensor, int, double> step)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(step);
        long[] order = [.. Enumerable.Range(0, (int)rows.Size(0)).Select(i => (long)i)];
        var batches = Math.Max(1, (int)Math.Round((double)order.Length / batchSize));
        var errors = new List<double>();
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            random.Shuffle(order.AsSpan());
            var total = 0.0;
            for (var b = 0; b < batches; b++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = new DisposeScope();
                var chosen = order[(order.Length * b / batches)..(order.Length * (b + 1) / batches)];
                total += chosen.Length * step(rows.IndexSelect(0, Tensor.From(chosen).To(rows.Device)), epoch);
            }

            errors.Add(total / order.Length);
            if (!double.IsFinite(errors[^1]))
            {
                throw new UndertoneException(string.Create(
                    CultureInfo.InvariantCulture, $"Pre-training diverged: the error of {stage} became {errors[^1]} in epoch {epoch}. Lower the learning rate of its pre-training."));
            }

            onEpoch?.Invoke(new PretrainingEpoch(stage, epoch, epochs, errors[^1]));
        }

        return errors;
    }
}
