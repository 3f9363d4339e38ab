using Undertone.Torch;

namespace Undertone.Training;

/// <summary>
/// Brings the embeddings of a class nearer to each other than to those of other classes (Schroff, Kalenichenko, Philbin 2015,
/// FaceNet, doi:10.1109/CVPR.2015.7298682). Of each utterance's batch the hardest are taken: the farthest of its class, p,
/// and the nearest of another, n (Hermans, Beyer, Leibe 2017, https://arxiv.org/abs/1703.07737, batch hard). With Euclidean
/// distances the loss is max(0, p − n + margin), or log(1 + exp(p − n)), the soft margin; the mean over utterances that
/// have both. A batch without any has a loss of zero.
/// </summary>
/// <param name="margin">By how much others must be farther, greater than 0; null for the soft margin.</param>
public sealed class TripletLoss(double? margin) : EmbeddingLoss
{
    /// <summary>Below this a squared distance is raised: the slope of its root stays finite where embeddings are equal.</summary>
    private const double Least = 1e-12;

    /// <inheritdoc/>
    public override Tensor Of(Tensor embeddings, float[][] shares)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(shares);
        var count = shares.Length;
        var labels = Array.ConvertAll(shares, s => Array.IndexOf(s, s.Max()));
        long[] anchors = [.. Enumerable.Range(0, count).Where(i => Others(i, same: true).Any() && Others(i, same: false).Any()).Select(i => (long)i)];
        if (anchors.Length == 0)
        {
            return embeddings.Sum() * 0;
        }

        var chosen = Tensor.From(anchors, anchors.Length).To(embeddings.Device);
        var difference = embeddings.IndexSelect(0, chosen).Unsqueeze(1) - embeddings.Unsqueeze(0);
        var distances = (difference * difference).Sum(2).Clamp(min: Least).Sqrt();
        var hardest = distances.MaskedFill(NotOf(same: true), 0.0).AMax([1]) - distances.MaskedFill(NotOf(same: false), double.PositiveInfinity).AMin([1]);
        return (margin is { } least ? (hardest + least).Relu() : Functional.Softplus(hardest)).Mean();

        IEnumerable<int> Others(int anchor, bool same) => Enumerable.Range(0, count).Where(j => j != anchor && labels[j] == labels[anchor] == same);

        Tensor NotOf(bool same) => Tensor.From(
            anchors.SelectMany(a => Enumerable.Range(0, count).Select(j => j == a || labels[j] == labels[a] != same)).ToArray(), anchors.Length, count).To(embeddings.Device);
    }
}
