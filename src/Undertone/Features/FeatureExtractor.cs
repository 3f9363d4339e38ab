using Undertone.Speech;

namespace Undertone.Features;

/// <summary>
/// A feature set: turns a waveform into a sequence of vectors. Extractors hold no state between calls and may be
/// used by several threads at once.
/// </summary>
public abstract class FeatureExtractor
{
    /// <summary>The set's name, as written in experiment files: <c>log-mel</c>, <c>mfcc</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Every setting that changes the values, as one canonical line: with the audio it is the cache's key.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>The number of values a frame.</summary>
    public abstract int Dimensions { get; }

    /// <summary>
    /// The distance between frames, in seconds; 0 where <see cref="IsFunctionals"/>, and where it differs from utterance to
    /// utterance since each is resized to <see cref="FixedFrames"/>.
    /// </summary>
    public abstract double HopSeconds { get; }

    /// <summary>The number of frames of every utterance, however long, of sets that give a sequence of fixed length; else null, the default.</summary>
    public virtual int? FixedFrames => null;

    /// <summary>Whether the set describes the whole utterance by one frame, rather than giving a sequence. Default false.</summary>
    public virtual bool IsFunctionals => false;

    /// <summary>How often there is a frame, for messages that say why a sequence does not serve.</summary>
    internal string Pace => FixedFrames is { } frames
        ? FormattableString.Invariant($"{frames} frames an utterance")
        : FormattableString.Invariant($"a frame every {1000 * HopSeconds:0.####} ms");

    /// <summary>The number of frames of an utterance of so many seconds, to the nearest.</summary>
    /// <param name="seconds">Its length.</param>
    public int FramesIn(double seconds) => FixedFrames ?? (HopSeconds > 0 ? Math.Max(1, (int)Math.Round(seconds / HopSeconds)) : 1);

    /// <summary>Says what each value is.</summary>
    /// <returns><see cref="Dimensions"/> descriptions in the values' order, no name twice.</returns>
    public abstract IReadOnlyList<FeatureDescription> Describe();

    /// <summary>Computes the features.</summary>
    /// <param name="waveform">Mono audio at the rate that the extractor was made for.</param>
    /// <returns>Frames × <see cref="Dimensions"/>, at least one frame (one alone where <see cref="IsFunctionals"/>), all finite.</returns>
    /// <exception cref="UndertoneException">The sample rate differs, or the audio is empty or not finite.</exception>
    public abstract FeatureMatrix Extract(Waveform waveform);

    /// <summary>
    /// Computes the features of audio that need not be in memory whole. The values are those of the waveform; a set that
    /// describes the utterance by one frame from descriptors as it reads overrides this.
    /// </summary>
    /// <param name="source">Mono audio at the rate that the extractor was made for; it may be opened more than once.</param>
    /// <returns>As for <see cref="Extract(Waveform)"/>.</returns>
    /// <exception cref="UndertoneException">As for <see cref="Extract(Waveform)"/>, or the audio cannot be read.</exception>
    public virtual FeatureMatrix Extract(AudioSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Extract(source.Read());
    }
}
