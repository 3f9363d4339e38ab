using Undertone.Features;

namespace Undertone.Training;

/// <summary>One utterance as a network sees it.</summary>
/// <param name="Features">Normalised features.</param>
/// <param name="Label">The index of its class; -1 where unknown, and in a regression.</param>
public sealed record Example(FeatureMatrix Features, int Label)
{
    /// <summary>
    /// What is to be said of it where <see cref="Label"/> is not all: under soft labels a probability for each class, in
    /// a regression the standardised value of each target; null for the label alone.
    /// </summary>
    public float[]? Wanted { get; init; }
}
