using Undertone.Features;

namespace Undertone.Augmentation;

/// <summary>
/// Changes a training utterance's features at random, on the fly. Augmentations are applied to training utterances
/// only and after normalisation, where zero is the mean of each dimension.
/// </summary>
public abstract class FeatureAugmentation
{
    /// <summary>Returns a changed copy.</summary>
    /// <param name="features">Normalised features; left as they are.</param>
    /// <param name="random">Where the choices come from.</param>
    public abstract FeatureMatrix Apply(FeatureMatrix features, SeededRandom random);
}
