using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// The ranked probability score of classes in an order: the squared difference between the probability of at most class k
/// and the truth of it, the mean over k (Epstein 1969, A scoring system for probability forecasts of ranked categories,
/// Journal of Applied Meteorology 8(6); as a loss: Hou, Yu, Samaras 2016, https://arxiv.org/abs/1611.05916, the squared earth
/// mover's distance). Probability far from the right class costs more than probability beside it. The network's output
/// stays a softmax over the classes, so that everything else is as with cross-entropy.
/// </summary>
public static class OrdinalLoss
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="logits">[N, C], classes in their order, C at least 2.</param>
    /// <param name="shares">[N, C], each row's sum 1.</param>
    /// <param name="weights">What an utterance counts by its classes, [C]; null for 1 each.</param>
    /// <param name="total">What the sum over the batch is divided by: N, or the sum of the labels' weights.</param>
    /// <returns>One number; in [0, 1] where all weigh the same.</returns>
    public static Tensor Of(Tensor logits, Tensor shares, Tensor? weights, double total)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(shares);
        var difference = (logits.Softmax(1) - shares).CumSum(1);
        var scores = (difference * difference).Sum(1) * (1.0 / (shares.Size(1) - 1));
        return (weights is null ? scores : scores * (shares * weights).Sum(1)).Sum() * (1 / total);
    }
}
