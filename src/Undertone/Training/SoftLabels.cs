using Undertone.Corpora;

namespace Undertone.Training;

/// <summary>
/// An utterance's label as a distribution over classes: the share of the annotators' votes that each class got, learned
/// by cross-entropy (H. M. Fayek, M. Lech, L. Cavedon: Modeling subjectiveness in emotion recognition with deep neural
/// networks: ensembles vs soft labels, International Joint Conference on Neural Networks, 2016; E. Barsoum, C. Zhang,
/// C. Canton Ferrer, Z. Zhang: Training deep networks for facial expression recognition with crowd-sourced label
/// distribution, 2016, arXiv:1608.01041).
/// </summary>
public static class SoftLabels
{
    /// <summary>The share of each class among an utterance's votes.</summary>
    /// <param name="utterance">The utterance.</param>
    /// <param name="classes">C classes; votes for anything else do not count.</param>
    /// <returns>C shares that sum to 1; all on the utterance's own label where no vote counts.</returns>
    public static float[] Of(Utterance utterance, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        ArgumentNullException.ThrowIfNull(classes);
        var votes = utterance.Votes?.Counts ?? [];
        var counts = classes.Select(c => votes.Where(v => v.Key == c).Sum(v => v.Value)).ToList();
        var total = counts.Sum();
        return total > 0
            ? [.. counts.Select(n => (float)n / total)]
            : [.. classes.Select(c => c == utterance.Emotion ? 1f : 0f)];
    }
}
