using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>
/// A network whose last hidden vector can be had: what losses on the vector itself look at, such as centre and triplet loss.
/// </summary>
public abstract class EmbeddingClassifier : SequenceClassifier
{
    /// <summary>Values of the vector.</summary>
    public abstract int EmbeddingWidth { get; }

    /// <summary>Sums each utterance up as one vector.</summary>
    /// <param name="features">[N, frames, dimensions], zero beyond each length.</param>
    /// <param name="lengths">Valid frames of each utterance, N, at least <see cref="SequenceClassifier.MinimumFrames"/>.</param>
    /// <returns>[N, <see cref="EmbeddingWidth"/>].</returns>
    public abstract Tensor Embed(Tensor features, int[] lengths);

    /// <summary>Scores the classes by the vector alone.</summary>
    /// <param name="embedding">[N, <see cref="EmbeddingWidth"/>].</param>
    /// <returns>[N, classes], before the softmax; in a regression [N, targets], standardised.</returns>
    public abstract Tensor Classify(Tensor embedding);

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor features, int[] lengths) => Classify(Embed(features, lengths));
}
