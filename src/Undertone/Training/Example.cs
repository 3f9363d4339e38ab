using Undertone.Features;

namespace Undertone.Training;

/// <summary>One utterance as a network sees it.</summary>
/// <param name="Features">Normalised features.</param>
/// <param name="Label">The index of its class; -1 where unknown.</param>
public sealed record Example(FeatureMatrix Features, int Label);
