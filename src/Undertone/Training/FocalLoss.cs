using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// Cross-entropy in which what is right already counts little: −(1 − p)^γ log p for the probability p of the right class
/// (Lin, Goyal, Girshick, He, Dollár 2017, https://arxiv.org/abs/1708.02002). Where the right answer is shared between
/// classes (label smoothing, soft labels), each class's term counts by its share. At γ = 0 it is cross-entropy.
/// </summary>
public static class FocalLoss
{
    /// <summary>Below this 1 − p is raised: the slope of its power stays finite for every γ.</summary>
    private const double Least = 1e-6;

    /// <summary>The loss of a batch.</summary>
    /// <param name="logits">[N, C].</param>
    /// <param name="shares">[N, C], each row's sum 1.</param>
    /// <param name="weights">What a class's terms count, [C]; null for 1 each.</param>
    /// <param name="total">What the sum over the batch is divided by: N, or the sum of the labels' weights.</param>
    /// <param name="gamma">γ, at least 0.</param>
    /// <returns>One number.</returns>
    public static Tensor Of(Tensor logits, Tensor shares, Tensor? weights, double total, double gamma)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(shares);
        var logarithms = logits.LogSoftmax(1);
        var terms = shares * logarithms;
        if (gamma > 0)
        {
            terms *= (1 - logarithms.Exp()).Clamp(min: Least).Pow(gamma);
        }

        return (weights is null ? terms : terms * weights).Sum() * (-1 / total);
    }
}
