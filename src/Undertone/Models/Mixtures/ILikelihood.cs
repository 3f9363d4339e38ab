using Undertone.Features;

namespace Undertone.Models.Mixtures;

/// <summary>A density over sequences of frames: what is estimated of each class, and asked how likely an utterance is.</summary>
public interface ILikelihood
{
    /// <summary>Learned numbers.</summary>
    long Parameters { get; }

    /// <summary>Multiply-adds that one frame takes.</summary>
    long MultiplyAddsAFrame { get; }

    /// <summary>The log-likelihood of a sequence divided by its number of frames.</summary>
    /// <param name="sequence">At least one frame.</param>
    /// <exception cref="UndertoneException">There is no frame, the dimensions differ or a value is not finite.</exception>
    double MeanLogLikelihood(FeatureMatrix sequence);

    /// <summary>Keeps the parameters.</summary>
    /// <param name="arrays">Where.</param>
    void Write(ModelArrays arrays);
}
