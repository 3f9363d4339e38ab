using System.Globalization;
using System.Text.Json.Serialization;
using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>What is done to a recording before features are taken: a setting of any system. Nothing unless set.</summary>
public sealed record PreprocessingSettings : IValidatedSettings
{
    /// <summary>Cuts what is this many decibels below the loudest frame off both ends (<see cref="SilenceTrimming"/>); null keeps it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrimSilence { get; init; }

    /// <summary>How much silence trimming leaves at either end, seconds; null is 0.05.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? HangOver { get; init; }

    /// <summary>Brings every recording to one level (<see cref="LevelNormalisation"/>), after trimming; null keeps its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LevelMeasure? Level { get; init; }

    private double Margin => HangOver ?? 0.05;

    /// <summary>Applies every step, in the order of declaration.</summary>
    /// <param name="waveform">Mono audio.</param>
    public Waveform Apply(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        var trimmed = TrimSilence is { } decibels ? SilenceTrimming.Apply(waveform, decibels, Margin) : waveform;
        return Level is { } measure ? LevelNormalisation.Apply(trimmed, measure) : trimmed;
    }

    /// <summary>The cache key of preprocessed audio.</summary>
    /// <param name="audioHash">The hash of the audio itself; empty stays empty.</param>
    public string HashOf(string audioHash)
    {
        ArgumentNullException.ThrowIfNull(audioHash);
        return audioHash.Length == 0 ? "" : audioHash
            + (TrimSilence is { } decibels ? "-" + SilenceTrimming.Describe(decibels, Margin) : "")
            + (Level is { } measure ? "-level-" + measure.ToString().ToLowerInvariant() : "");
    }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (TrimSilence is { } decibels && !(decibels > 0 && double.IsFinite(decibels)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"trim-silence must be greater than 0 (decibels below the loudest frame), but is {decibels}");
        }

        if (HangOver is { } margin && !(margin >= 0 && double.IsFinite(margin)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"hang-over must be at least 0 (seconds), but is {margin}");
        }

        if (HangOver is not null && TrimSilence is null)
        {
            yield return "hang-over has no use without trim-silence";
        }
    }
}
