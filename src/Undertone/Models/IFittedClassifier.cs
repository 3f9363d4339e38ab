using Undertone.Features;

namespace Undertone.Models;

/// <summary>A classifier that was fitted on one fold: managed code and libsvm, never the engine.</summary>
public interface IFittedClassifier
{
    /// <summary>Learned numbers, as many as are kept.</summary>
    long Parameters { get; }

    /// <summary>Multiply-adds that <see cref="Probabilities"/> takes.</summary>
    /// <param name="frames">Frames of the utterance.</param>
    long MultiplyAdds(int frames);

    /// <summary>What is said of one utterance.</summary>
    /// <param name="features">Its features: one frame of functionals, or a sequence of frames, as the classifier was fitted on.</param>
    /// <returns>C probabilities that sum to 1, in the order of the classes.</returns>
    double[] Probabilities(FeatureMatrix features);

    /// <summary>Keeps everything that <see cref="Probabilities"/> needs.</summary>
    /// <param name="arrays">Where.</param>
    void Write(ModelArrays arrays);
}
