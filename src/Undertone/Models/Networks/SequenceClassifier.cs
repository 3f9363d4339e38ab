using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>A network from sequences of feature vectors to class scores, or to the values of a regression's targets.</summary>
public abstract class SequenceClassifier : Module
{
    /// <summary>The fewest frames that it can take; shorter utterances are padded with zeros, the mean of normalised features.</summary>
    public abstract int MinimumFrames { get; }

    /// <summary>Scores a batch of utterances. What is computed for one does not depend on the padding of the batch.</summary>
    /// <param name="features">[N, frames, dimensions], zero beyond each length.</param>
    /// <param name="lengths">Valid frames of each utterance, N, at least <see cref="MinimumFrames"/>.</param>
    /// <returns>[N, classes], before the softmax; in a regression [N, targets], standardised.</returns>
    public abstract Tensor Forward(Tensor features, int[] lengths);
}
