using Undertone.Torch;

namespace Undertone.Training;

/// <summary>A loss on the vectors before the output layer, added to that of the scores.</summary>
public abstract class EmbeddingLoss
{
    /// <summary>The loss of a batch; what it keeps for the next one is brought up to date.</summary>
    /// <param name="embeddings">[N, width].</param>
    /// <param name="shares">N rows of C: how far each utterance is of each class, each row's sum 1.</param>
    /// <returns>One number.</returns>
    public abstract Tensor Of(Tensor embeddings, float[][] shares);
}
