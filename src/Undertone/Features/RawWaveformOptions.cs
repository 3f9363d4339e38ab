using Undertone.Speech;

namespace Undertone.Features;

/// <summary>The settings of raw audio: what networks hear that learn their own filters.</summary>
public sealed record RawWaveformOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "waveform";

    /// <summary>Where networks on raw audio are described.</summary>
    internal const string Source = "Trigeorgis et al. 2016, doi:10.1109/ICASSP.2016.7472669";

    private const double LongestSeconds = 3600;

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(SetName, "The samples themselves, one a frame: what end-to-end networks hear.", Source, new RawWaveformOptions());

    /// <summary>The rate of the samples, in Hz: 16000, or 8000, to which the audio is resampled. Default 16000.</summary>
    public int SampleRate { get; init; } = Waveform.StandardRate;

    /// <summary>The seconds that are heard, from the beginning; null is the whole utterance. Default null.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether shorter audio is filled up with silence at its end, so that every utterance has as many frames. Default false.</summary>
    public bool Pad { get; init; }

    /// <summary>The greatest number of frames; null for no limit.</summary>
    internal int? Longest => Seconds is { } seconds ? (int)Math.Round(seconds * SampleRate) : null;

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new RawWaveform(this);

    /// <summary>Every setting that changes the values, as one line.</summary>
    internal string Canonical() => FormattableString.Invariant($"rate={SampleRate} seconds={Seconds:R} pad={Pad}");

    /// <summary>Refuses impossible settings.</summary>
    internal void Check()
    {
        SettingCheck.Require(SampleRate is Waveform.StandardRate or 8000, SetName, "sample-rate", SampleRate, "16000 or 8000 Hz");
        SettingCheck.Require(
            Seconds is null || (Seconds <= LongestSeconds && Seconds * SampleRate >= 1), SetName, "seconds", Seconds, "at least one sample and at most 3600 s, or null for the whole utterance");
        SettingCheck.Require(!Pad || Seconds is not null, SetName, "pad", Pad, "false where seconds is null: there is no length to fill up to");
    }
}
