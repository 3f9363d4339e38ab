using System.Globalization;
using Undertone.Corpora;

namespace Undertone.Evaluation;

/// <summary>One row of <c>predictions.csv</c>: what was said of one test utterance.</summary>
/// <param name="Utterance">The utterance's id.</param>
/// <param name="Speaker">The speaker's id.</param>
/// <param name="True">The class of the corpus.</param>
/// <param name="Predicted">The class that the system says.</param>
/// <param name="Probabilities">One probability for each class of the table, in its order; null where a tool gives none.</param>
public sealed record PredictionRow(string Utterance, string Speaker, string True, string Predicted, IReadOnlyList<double>? Probabilities)
{
    /// <summary>
    /// The row of a model's output: the first of the most probable classes is predicted. Each probability becomes the
    /// number that its shortest decimal form names, so that the file is short and reading it gives this row again.
    /// </summary>
    /// <param name="utterance">The utterance.</param>
    /// <param name="classes">The classes, length C.</param>
    /// <param name="probabilities">Probabilities in the same order, length C.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not a finite number from 0 to 1.</exception>
    public static PredictionRow Of(Utterance utterance, IReadOnlyList<string> classes, ReadOnlySpan<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count == 0 || classes.Count != probabilities.Length)
        {
            throw new ArgumentException($"{classes.Count} classes, but {probabilities.Length} probabilities.", nameof(probabilities));
        }

        var values = new double[probabilities.Length];
        var best = 0;
        for (var c = 0; c < values.Length; c++)
        {
            // Rounding may carry a softmax a little past 1.
            if (!(probabilities[c] >= 0 && probabilities[c] <= 1.00001f))
            {
                throw new ArgumentException($"The probability of '{classes[c]}' for '{utterance.Id}' is {probabilities[c]}; expected 0 to 1.", nameof(probabilities));
            }

            values[c] = double.Parse(Math.Min(probabilities[c], 1f).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            best = values[c] > values[best] ? c : best;
        }

        return new PredictionRow(utterance.Id, utterance.Speaker, utterance.Emotion, classes[best], values);
    }
}
