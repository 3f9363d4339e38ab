using Undertone.Augmentation;
using Undertone.Corpora;
using Undertone.Features;
using Undertone.Preprocessing;
using Undertone.Speech;

namespace Undertone.Training;

/// <summary>
/// Turns utterances into normalised features. What is learned here, the global mean and standard deviation, is
/// learned from the training utterances that <see cref="Fit"/> is given and from nothing else.
/// </summary>
/// <param name="extractor">The feature set.</param>
/// <param name="normalisation">Whose statistics features are normalised with.</param>
/// <param name="preprocessing">What is done to recordings before; null for nothing.</param>
public sealed class FeaturePreparation(FeatureExtractor extractor, Normalisation normalisation, PreprocessingSettings? preprocessing = null)
{
    /// <summary>The feature set.</summary>
    public FeatureExtractor Extractor { get; } = extractor;

    /// <summary>Whose statistics features are normalised with.</summary>
    public Normalisation Normalisation { get; } = normalisation;

    /// <summary>The training speakers' statistics under <see cref="Normalisation.Global"/> and <see cref="Normalisation.Utterance"/>; null until fitted, and otherwise.</summary>
    public FeatureScaler? Scaler { get; set; }

    /// <summary>
    /// The statistics of the groups that were trained on (<see cref="GroupsOf"/>) under <see cref="Normalisation.Speaker"/> and
    /// <see cref="Normalisation.Corpus"/>; empty until fitted, and otherwise. A speaker who was heard in training is
    /// normalised by what was heard then, as one would who knows the speaker, and not by the few utterances to be predicted.
    /// </summary>
    public IReadOnlyDictionary<string, FeatureScaler> TrainingScalers { get; private set; } = new Dictionary<string, FeatureScaler>();

    /// <summary>
    /// What utterances share their statistics with: the speaker, told apart by corpus since two corpora may call different
    /// people by one name, or under <see cref="Normalisation.Corpus"/> the corpus.
    /// </summary>
    /// <param name="utterances">N utterances.</param>
    /// <returns>N names, for <see cref="Fit"/> and <see cref="Normalise"/>.</returns>
    public IReadOnlyList<string> GroupsOf(IReadOnlyList<Utterance> utterances) =>
        [.. utterances.Select(u => Normalisation == Normalisation.Corpus ? u.Corpus : $"{u.Corpus}/{u.Speaker}")];

    /// <summary>Reads or computes the features of utterances to be predicted, not yet normalised.</summary>
    /// <param name="utterances">N utterances.</param>
    /// <param name="cache">Where computed features are kept.</param>
    public FeatureMatrix[] Extract(IReadOnlyList<Utterance> utterances, FeatureCache cache) =>
        [.. utterances.Select(u => Extract(cache, preprocessing, u.AudioHash, u.ReadAudio))];

    /// <summary>
    /// Learns the training speakers' statistics and normalises training utterances and their copies: one at each of the
    /// speeds, then those of the waveform augmentations. Statistics are of the utterances as they are and of the latter.
    /// </summary>
    /// <param name="train">N training utterances.</param>
    /// <param name="cache">Where computed features are kept.</param>
    /// <param name="speeds">Playback speeds (<see cref="SpeedPerturbation"/>); 1.1 is a tenth faster and higher.</param>
    /// <param name="augmentation">The augmentations of waveforms; null for none.</param>
    /// <param name="seed">The seed of their choices.</param>
    /// <param name="cancellation">Ends extraction early.</param>
    /// <returns>N normalised sequences as they are, then as many of each copy.</returns>
    public IReadOnlyList<FeatureMatrix[]> FitTraining(
        IReadOnlyList<Utterance> train,
        FeatureCache cache,
        IReadOnlyList<double> speeds,
        WaveformAugmentationSettings? augmentation,
        int seed,
        CancellationToken cancellation = default)
    {
        var settings = preprocessing?.ForTraining();
        var raw = train.Select(u => Extract(cache, settings, u.AudioHash, u.ReadAudio)).ToArray();
        cancellation.ThrowIfCancellationRequested();
        var groups = GroupsOf(train);

        // A copy at another speed has another voice, and in noise another spectrum: under normalisation by speaker it is a
        // speaker of its own.
        IReadOnlyList<string> Voices(FormattableString copy) => Normalisation == Normalisation.Speaker
            ? [.. groups.Select(g => $"{g} {FormattableString.Invariant(copy)}")]
            : groups;
        var copies = Copies(train, cache, settings, augmentation, seed, cancellation)
            .Select((features, number) => (Features: features, Voices: Voices($"copy {number}")))
            .ToList();

        // In noise a value may lie far outside what clean speech has, and one such row would outweigh all others.
        Fit([.. raw, .. copies.SelectMany(c => c.Features)], [.. groups, .. copies.SelectMany(c => c.Voices)]);
        var variants = new List<FeatureMatrix[]> { Normalise(raw, groups) };
        foreach (var speed in speeds)
        {
            Waveform Faster(Utterance u) => SpeedPerturbation.Apply(settings?.Apply(u.ReadAudio()) ?? u.ReadAudio(), speed);
            var faster = train.Select(u => cache.Get(
                Extractor, SpeedPerturbation.HashOf(settings?.HashOf(u.AudioHash) ?? u.AudioHash, speed), () => Faster(u)));
            variants.Add(Normalise([.. faster], Voices($"at {speed}")));
        }

        variants.AddRange(copies.Select(c => Normalise(c.Features, c.Voices)));
        return variants;
    }

    /// <summary>Computes the features of audio that is not of a corpus, not yet normalised.</summary>
    /// <param name="waveforms">N waveforms, mono, 16 kHz.</param>
    public FeatureMatrix[] Extract(IReadOnlyList<Waveform> waveforms) =>
        [.. waveforms.Select(w => Extractor.Extract(preprocessing?.Apply(w) ?? w))];

    /// <summary>Learns the training speakers' statistics.</summary>
    /// <param name="training">Features of the training utterances.</param>
    /// <param name="groups">Their groups (<see cref="GroupsOf"/>); needed under <see cref="Normalisation.Speaker"/> and <see cref="Normalisation.Corpus"/> alone.</param>
    public void Fit(IReadOnlyList<FeatureMatrix> training, IReadOnlyList<string>? groups = null)
    {
        TrainingScalers = Normalisation is Normalisation.Speaker or Normalisation.Corpus
            ? ByGroup(training, groups ?? throw new ArgumentNullException(nameof(groups)))
            : TrainingScalers;
        Scaler = Normalisation switch
        {
            Normalisation.Global => FeatureScaler.Fit(training),
            Normalisation.Utterance => FeatureScaler.Fit(training.Select(f => UtteranceNormalisation.Apply(f))),
            _ => null,
        };
    }

    /// <summary>Normalises features.</summary>
    /// <param name="features">N feature sequences.</param>
    /// <param name="groups">
    /// Their groups (<see cref="GroupsOf"/>), N; used under <see cref="Normalisation.Speaker"/> and <see cref="Normalisation.Corpus"/>
    /// alone, where all utterances of a group are to be given at once. A group that was trained on has its training statistics.
    /// </param>
    /// <returns>N normalised sequences.</returns>
    /// <exception cref="InvalidOperationException">The training speakers' statistics are wanted and were not fitted.</exception>
    public FeatureMatrix[] Normalise(IReadOnlyList<FeatureMatrix> features, IReadOnlyList<string> groups)
    {
        switch (Normalisation)
        {
            case Normalisation.None:
                return [.. features];
            case Normalisation.UtteranceVariance:
                return [.. features.Select(f => UtteranceNormalisation.Apply(f, variance: true))];
            case Normalisation.Global or Normalisation.Utterance:
                var scaler = Scaler ?? throw new InvalidOperationException("The training speakers' statistics were not fitted.");
                return [.. features.Select(f => scaler.Apply(Normalisation == Normalisation.Utterance ? UtteranceNormalisation.Apply(f) : f))];
            default:
                var scalers = ByGroup(features, groups);
                return [.. features.Select((f, i) => (TrainingScalers.GetValueOrDefault(groups[i]) ?? scalers[groups[i]]).Apply(f))];
        }
    }

    /// <summary>The features of the changed copies, one array of N a copy.</summary>
    private IEnumerable<FeatureMatrix[]> Copies(
        IReadOnlyList<Utterance> train, FeatureCache cache, PreprocessingSettings? settings, WaveformAugmentationSettings? augmentation, int seed, CancellationToken cancellation)
    {
        if (augmentation is not { CopyCount: > 0 })
        {
            yield break;
        }

        var sounds = new AugmentationSounds(train.Count, i => train[i].ReadAudio());
        var augmenter = new WaveformAugmenter(augmentation, seed, sounds, [.. train.Select(u => u.AudioHash)]);
        for (var copy = 0; copy < augmentation.CopyCount; copy++)
        {
            var features = new FeatureMatrix[train.Count];
            for (var i = 0; i < train.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (index, number) = (i, copy);
                features[i] = Extract(
                    cache, settings, augmenter.HashOf(train[i].AudioHash, copy), () => augmenter.Apply(index, train[index].ReadAudio(), number));
            }

            yield return features;
        }
    }

    private FeatureMatrix Extract(FeatureCache cache, PreprocessingSettings? settings, string hash, Func<Waveform> read) =>
        cache.Get(Extractor, settings?.HashOf(hash) ?? hash, () => settings?.Apply(read()) ?? read());

    private static Dictionary<string, FeatureScaler> ByGroup(IReadOnlyList<FeatureMatrix> features, IReadOnlyList<string> groups) =>
        Enumerable.Range(0, features.Count)
            .GroupBy(i => groups[i], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => FeatureScaler.Fit([.. g.Select(i => features[i])]), StringComparer.Ordinal);
}
