using System.Globalization;
using System.Text.Json;
using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>
/// Changes a training utterance's waveform at random: an augmentation and its settings in one record. The same random
/// stream gives the same samples.
/// </summary>
public abstract record WaveformAugmentation : IValidatedSettings
{
    /// <summary>How often a copy is changed by it, in [0, 1].</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Returns a changed copy.</summary>
    /// <param name="waveform">Mono audio; left as it is.</param>
    /// <param name="random">Where the choices come from.</param>
    /// <param name="sounds">Other sounds, for those that mix or convolve.</param>
    public abstract Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds);

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Probability is not (>= 0 and <= 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"probability must be in [0, 1], but is {Probability}");
        }

        foreach (var (name, value, possible, expected) in Checks())
        {
            if (!possible)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name} must be {expected}, but is {value}");
            }
        }
    }

    /// <summary>The folder of sounds that it takes; null takes none.</summary>
    internal virtual string? Sounds => null;

    /// <summary>Whether it takes the fold's other training utterances.</summary>
    internal virtual bool UsesVoices => false;

    /// <summary>Every setting, as one line: part of the cache's key.</summary>
    internal string Canonical() => $"{GetType().Name}{JsonSerializer.Serialize(this, GetType())}";

    /// <summary>What the settings may be.</summary>
    private protected abstract IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks();

    /// <summary>A uniform number between two.</summary>
    private protected static double Between(double low, double high, SeededRandom random) => low + ((high - low) * random.NextDouble());

    /// <summary>Cuts or fills up with zeros.</summary>
    private protected static float[] OfLength(float[] samples, int length)
    {
        Array.Resize(ref samples, length);
        return samples;
    }
}
