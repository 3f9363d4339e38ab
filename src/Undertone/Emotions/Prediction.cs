namespace Undertone.Emotions;

/// <summary>What a model says of one recording.</summary>
/// <param name="Label">The most probable class.</param>
/// <param name="Probabilities">One probability for each class of the model, in the model's class order; they sum to 1.</param>
public sealed record Prediction(string Label, IReadOnlyList<KeyValuePair<string, float>> Probabilities)
{
    /// <summary>The probability of <see cref="Label"/>, in [0, 1].</summary>
    public float Confidence => Probabilities.First(p => p.Key == Label).Value;

    /// <summary>In what the recording is unlike those that the model was trained on; empty where it is like them, and for models that do not know.</summary>
    public IReadOnlyList<InputWarning> Warnings { get; init; } = [];

    /// <summary>Makes a prediction from a model's output.</summary>
    /// <param name="classes">Class names, length C.</param>
    /// <param name="probabilities">Probabilities in the same order, length C.</param>
    /// <returns>The prediction; the first of equally probable classes wins.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are zero.</exception>
    public static Prediction From(IReadOnlyList<string> classes, ReadOnlySpan<float> probabilities)
    {
        if (classes.Count == 0 || classes.Count != probabilities.Length)
        {
            throw new ArgumentException($"{classes.Count} classes, but {probabilities.Length} probabilities.", nameof(probabilities));
        }

        var pairs = new KeyValuePair<string, float>[classes.Count];
        var best = 0;
        for (var c = 0; c < pairs.Length; c++)
        {
            pairs[c] = new(classes[c], probabilities[c]);
            if (probabilities[c] > probabilities[best])
            {
                best = c;
            }
        }

        return new Prediction(classes[best], pairs);
    }
}
