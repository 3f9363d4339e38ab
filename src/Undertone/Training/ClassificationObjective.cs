using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// Tells classes apart: cross-entropy or the loss that <see cref="TrainingSettings.Loss"/> names, class-weighted and with label
/// smoothing, against labels or soft labels. Epochs are compared by UAR over the utterances' labels.
/// </summary>
/// <param name="classes">The number of classes, C.</param>
/// <param name="settings">Loss, class weights and label smoothing.</param>
public sealed class ClassificationObjective(int classes, TrainingSettings settings) : TrainingObjective
{
    private readonly LossSettings _loss = settings.Loss ?? new LossSettings();
    private EmbeddingLoss? _embeddingLoss;
    private float[]? _weights;

    /// <inheritdoc/>
    public override bool ReadsEmbedding => _loss.ReadsEmbedding;

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<Example> train)
    {
        ArgumentNullException.ThrowIfNull(train);
        _weights = settings.ClassWeights ? Weights(train) : null;
        _embeddingLoss = _loss.Kind switch
        {
            LossKind.Centre => new CentreLoss(classes, _loss.CentreRate),
            LossKind.Triplet => new TripletLoss(_loss.Margin),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor outputs, IReadOnlyList<Example> batch, (double Weight, int[] Partners)? mixed, Device device)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var loss = Against(outputs, batch, device);
        return mixed is var (weight, partners)
            ? (loss * weight) + (Against(outputs, [.. partners.Select(p => batch[p])], device) * (1 - weight))
            : loss;
    }

    /// <inheritdoc/>
    public override Tensor EmbeddingLoss(Tensor embeddings, IReadOnlyList<Example> batch, (double Weight, int[] Partners)? mixed, Device device)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var own = batch.Select(e => Shares(e, smoothing: 0)).ToArray();
        var shares = mixed is var (weight, partners)
            ? [.. own.Select((o, i) => o.Zip(own[partners[i]], (a, b) => (float)((weight * a) + ((1 - weight) * b))).ToArray())]
            : own;
        var loss = _embeddingLoss ?? throw new InvalidOperationException("The loss looks at no embeddings, or Begin was not called.");
        return loss.Of(embeddings, shares) * _loss.EmbeddingWeight;
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

    private Tensor Against(Tensor outputs, IReadOnlyList<Example> wanted, Device device)
    {
        var weights = _weights is null ? null : Tensor.From(_weights, classes).To(device);
        if (_loss.Kind is not (LossKind.Focal or LossKind.Ordinal))
        {
            return Functional.CrossEntropy(outputs, Wanted(wanted).To(device), weights, settings.LabelSmoothing);
        }

        // As in PyTorch's cross-entropy the mean over labels is weighted, that over shares is not.
        var soft = wanted[0].Wanted is not null;
        var total = soft || _weights is null ? wanted.Count : Math.Max(wanted.Sum(e => (double)_weights[e.Label]), double.Epsilon);
        var shares = Tensor.From(wanted.SelectMany(e => Shares(e, settings.LabelSmoothing)).ToArray(), wanted.Count, classes).To(device);
        return _loss.Kind == LossKind.Focal
            ? FocalLoss.Of(outputs, shares, weights, total, _loss.Gamma)
            : OrdinalLoss.Of(outputs, shares, weights, total);
    }

    private Tensor Wanted(IReadOnlyList<Example> examples) => examples[0].Wanted is null
        ? Tensor.From(examples.Select(e => (long)e.Label).ToArray(), examples.Count)
        : Tensor.From(examples.SelectMany(e => e.Wanted!).ToArray(), examples.Count, classes);

    private float[] Shares(Example example, double smoothing)
    {
        var shares = new float[classes];
        for (var c = 0; c < classes; c++)
        {
            var share = example.Wanted?[c] ?? (c == example.Label ? 1f : 0f);
            shares[c] = (float)((share * (1 - smoothing)) + (smoothing / classes));
        }

        return shares;
    }

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
