using System.Security.Cryptography;
using System.Text;
using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>
/// Makes the changed copies of a fold's training utterances. Each augmentation of each copy has a random stream of its own,
/// which depends on the seed, the utterance's audio and the copy's number alone: not on the order of work, and not on which
/// other augmentations are on.
/// </summary>
public sealed class WaveformAugmenter
{
    private readonly WaveformAugmentationSettings _settings;
    private readonly long _seed;
    private readonly AugmentationSounds _sounds;
    private readonly string _key;

    /// <summary>Prepares copies.</summary>
    /// <param name="settings">The augmentations.</param>
    /// <param name="seed">The seed of all choices.</param>
    /// <param name="sounds">Other sounds.</param>
    /// <param name="voices">The audio hashes of the training utterances, in order; empty ones where audio has none.</param>
    /// <exception cref="UndertoneException">A folder of sounds is missing or empty.</exception>
    public WaveformAugmenter(WaveformAugmentationSettings settings, long seed, AugmentationSounds sounds, IReadOnlyList<string> voices)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(sounds);
        ArgumentNullException.ThrowIfNull(voices);
        (_settings, _seed, _sounds) = (settings, seed, sounds);
        var text = new StringBuilder(FormattableString.Invariant($"augmentation/1 {seed}\n"));
        foreach (var augmentation in settings.Waveforms)
        {
            text.Append(augmentation.Canonical()).Append('\n');
            if (augmentation.Sounds is { } folder)
            {
                text.Append(sounds.HashOf(folder)).Append('\n');
            }

            if (augmentation.UsesVoices)
            {
                text.AppendJoin(' ', voices).Append('\n');
            }
        }

        _key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }

    /// <summary>The cache key of a copy's audio.</summary>
    /// <param name="audioHash">The hash of the utterance's own audio; empty stays empty.</param>
    /// <param name="copy">The copy, from 0.</param>
    public string HashOf(string audioHash, int copy)
    {
        ArgumentNullException.ThrowIfNull(audioHash);
        return audioHash.Length == 0 ? "" : FormattableString.Invariant($"{audioHash}-copy-{copy}-{_key}");
    }

    /// <summary>Makes a copy.</summary>
    /// <param name="index">The utterance's place among those trained on.</param>
    /// <param name="waveform">Its audio: mono, 16 kHz.</param>
    /// <param name="copy">The copy, from 0.</param>
    public Waveform Apply(int index, Waveform waveform, int copy)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        var hash = AudioHash.Of(waveform);
        _sounds.Own = index;
        foreach (var augmentation in _settings.Waveforms)
        {
            var random = SeededRandom.From("augment", _seed, hash, copy, augmentation.GetType().Name);
            if (random.NextDouble() < augmentation.Probability)
            {
                waveform = augmentation.Apply(waveform, random, _sounds);
            }
        }

        return waveform;
    }
}
