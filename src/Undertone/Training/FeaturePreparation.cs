using Undertone.Augmentation;
using Undertone.Corpora;
using Undertone.Features;

namespace Undertone.Training;

/// <summary>
/// Turns utterances into normalised features. What is learned here, the global mean and standard deviation, is
/// learned from the training utterances that <see cref="Fit"/> is given and from nothing else.
/// </summary>
/// <param name="extractor">The feature set.</param>
/// <param name="normalisation">Whose statistics features are normalised with.</param>
public sealed class FeaturePreparation(FeatureExtractor extractor, Normalisation normalisation)
{
    /// <summary>The feature set.</summary>
    public FeatureExtractor Extractor { get; } = extractor;

    /// <summary>Whose statistics features are normalised with.</summary>
    public Normalisation Normalisation { get; } = normalisation;

    /// <summary>The training speakers' statistics under <see cref="Normalisation.Global"/> and <see cref="Normalisation.Utterance"/>; null until fitted, and otherwise.</summary>
    public FeatureScaler? Scaler { get; set; }

    /// <summary>Reads or computes the features of utterances, not yet normalised.</summary>
    /// <param name="utterances">N utterances.</param>
    /// <param name="cache">Where computed features are kept.</param>
    /// <param name="speed">Playback speed: 1.1 is a tenth faster and higher.</param>
    public FeatureMatrix[] Extract(IReadOnlyList<Utterance> utterances, FeatureCache cache, double speed = 1)
    {
        var features = new FeatureMatrix[utterances.Count];
        for (var i = 0; i < features.Length; i++)
        {
            var utterance = utterances[i];
            features[i] = speed == 1
                ? cache.Get(Extractor, utterance.AudioHash, utterance.ReadAudio)
                : cache.Get(
                    Extractor,
                    SpeedPerturbation.HashOf(utterance.AudioHash, speed),
                    () => SpeedPerturbation.Apply(utterance.ReadAudio(), speed));
        }

        return features;
    }

    /// <summary>Learns the training speakers' statistics.</summary>
    /// <param name="training">Features of the training utterances.</param>
    public void Fit(IReadOnlyList<FeatureMatrix> training)
    {
        Scaler = Normalisation switch
        {
            Normalisation.Global => FeatureScaler.Fit(training),
            Normalisation.Utterance => FeatureScaler.Fit(training.Select(f => UtteranceNormalisation.Apply(f))),
            _ => null,
        };
    }

    /// <summary>Normalises features.</summary>
    /// <param name="features">N feature sequences.</param>
    /// <param name="speakers">Their speakers, N; used under <see cref="Normalisation.Speaker"/> alone, where all of a speaker's utterances are to be given at once.</param>
    /// <returns>N normalised sequences.</returns>
    /// <exception cref="InvalidOperationException">The training speakers' statistics are wanted and were not fitted.</exception>
    public FeatureMatrix[] Normalise(IReadOnlyList<FeatureMatrix> features, IReadOnlyList<string> speakers)
    {
        switch (Normalisation)
        {
            case Normalisation.None:
                return [.. features];
            case Normalisation.Global or Normalisation.Utterance:
                var scaler = Scaler ?? throw new InvalidOperationException("The training speakers' statistics were not fitted.");
                return [.. features.Select(f => scaler.Apply(Normalisation == Normalisation.Utterance ? UtteranceNormalisation.Apply(f) : f))];
            default:
                var scalers = Enumerable.Range(0, features.Count)
                    .GroupBy(i => speakers[i], StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => FeatureScaler.Fit([.. g.Select(i => features[i])]), StringComparer.Ordinal);
                return [.. features.Select((f, i) => scalers[speakers[i]].Apply(f))];
        }
    }
}
