using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// Tells classes apart: cross-entropy, class-weighted and with label smoothing, against labels or soft labels. Epochs are
/// compared by UAR over the utterances' labels.
/// </summary>
/// <param name="classes">The number of classes, C.</param>
/// <param name="settings">Class weights and label smoothing.</param>
public sealed class ClassificationObjective(int classes, TrainingSettings settings) : TrainingObjective
{
    private float[]? _weights;

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<Example> train)
    {
        ArgumentNullException.ThrowIfNull(train);
        _weights = settings.ClassWeights ? Weights(train) : null;
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor outputs, IReadOnlyList<Example> batch, (double Weight, int[] Partners)? mixed, Device device)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var weights = _weights is null ? null : Tensor.From(_weights, classes).To(device);
        Tensor Of(IEnumerable<Example> wanted) => Functional.CrossEntropy(outputs, Wanted([.. wanted]).To(device), weights, settings.LabelSmoothing);
        var loss = Of(batch);
        return mixed is var (weight, partners)
            ? (loss * weight) + (Of(partners.Select(p => batch[p])) * (1 - weight))
            : loss;
    }

    /// <inheritdoc/>
    public override Tensor Answers(Tensor outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return outputs.Softmax(1);
    }

    /// <inheritdoc/>
    public override EpochScore Score(float[][] answers, IReadOnlyList<Example> validation)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(validation);
        var (correct, counts) = (new int[classes], new int[classes]);
        var (loss, total) = (0.0, 0.0);
        for (var i = 0; i < answers.Length; i++)
        {
            var label = validation[i].Label;
            double weight = _weights?[label] ?? 1;
            loss -= weight * Math.Log(Math.Max(answers[i][label], float.Epsilon));
            total += weight;
            counts[label]++;
            correct[label] += Array.IndexOf(answers[i], answers[i].Max()) == label ? 1 : 0;
        }

        var present = Enumerable.Range(0, classes).Where(c => counts[c] > 0).ToList();
        return new EpochScore(loss / Math.Max(total, double.Epsilon), present.Average(c => (double)correct[c] / counts[c]), double.NaN);
    }

    private Tensor Wanted(List<Example> examples) => examples[0].Wanted is null
        ? Tensor.From(examples.Select(e => (long)e.Label).ToArray(), examples.Count)
        : Tensor.From(examples.SelectMany(e => e.Wanted!).ToArray(), examples.Count, classes);

    // Each class weighs the same in the loss: under soft labels a class has as many utterances as votes give it.
    private float[] Weights(IReadOnlyList<Example> train)
    {
        var counts = new double[classes];
        foreach (var example in train)
        {
            if (example.Wanted is null)
            {
                counts[example.Label]++;
            }
            else
            {
                for (var c = 0; c < classes; c++)
                {
                    counts[c] += example.Wanted[c];
                }
            }
        }

        return Array.ConvertAll(counts, n => n == 0 ? 0f : (float)train.Count / (float)(classes * n));
    }
}
