using System.Globalization;
using Undertone.Corpora;

namespace Undertone.Evaluation.Regression;

/// <summary>One row of a regression's <c>predictions.csv</c>: what was said of one test utterance.</summary>
/// <param name="Utterance">The utterance's id.</param>
/// <param name="Speaker">The speaker's id.</param>
/// <param name="True">The corpus's value of each target of the table, in its order; on the corpus's scale.</param>
/// <param name="Predicted">The system's value of each target, in the same order and on the same scale.</param>
public sealed record RegressionRow(string Utterance, string Speaker, IReadOnlyList<double> True, IReadOnlyList<double> Predicted)
{
    /// <summary>
    /// The row of a model's output. Each predicted value becomes the number that its shortest decimal form names, so that
    /// the file is short and reading it gives this row again.
    /// </summary>
    /// <param name="utterance">The utterance, with a value of each target.</param>
    /// <param name="targets">T columns of <see cref="DimensionColumns.Names"/>.</param>
    /// <param name="predicted">T values in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not finite.</exception>
    public static RegressionRow Of(Utterance utterance, IReadOnlyList<string> targets, IReadOnlyList<float> predicted)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(predicted);
        return targets.Count == predicted.Count && predicted.All(float.IsFinite)
            ? new RegressionRow(
                utterance.Id,
                utterance.Speaker,
                DimensionColumns.ValuesOf(utterance, targets),
                [.. predicted.Select(p => double.Parse(p.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))])
            : throw new ArgumentException($"{targets.Count} targets, but {predicted.Count} values for '{utterance.Id}', or one that is not finite.", nameof(predicted));
    }
}
