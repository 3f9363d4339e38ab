using Undertone.Features;

namespace Undertone.Models;

/// <summary>Fewer values an utterance: some of them (a selection), or sums of all (a projection). It was fitted on one fold.</summary>
public interface IFeatureReduction
{
    /// <summary>Values that are left, K.</summary>
    int Dimensions { get; }

    /// <summary>Learned numbers.</summary>
    long Parameters { get; }

    /// <summary>Multiply-adds that one vector takes.</summary>
    long MultiplyAdds { get; }

    /// <summary>Reduces.</summary>
    /// <param name="features">F frames of D values.</param>
    /// <returns>F frames of K values.</returns>
    /// <exception cref="UndertoneException">The frames have another number of values than were fitted on.</exception>
    FeatureMatrix Apply(FeatureMatrix features);

    /// <summary>Keeps everything that <see cref="Apply"/> needs.</summary>
    /// <param name="arrays">Where.</param>
    void Write(ModelArrays arrays);
}
