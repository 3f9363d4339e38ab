using System.Globalization;
using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>
/// Noise as a condition to be tested: mixed into recordings before all else, to see what a system and its noise reduction
/// are worth in it. (Noise to train with is an augmentation.)
/// </summary>
public sealed record AddedNoise : IValidatedSettings
{
    /// <summary>The noise; babble is of synthetic talkers.</summary>
    public NoiseKind Kind { get; init; } = NoiseKind.White;

    /// <summary>The signal-to-noise ratio, in dB.</summary>
    public double Snr { get; init; } = 10;

    /// <summary>Whether recordings that are trained on have it too.</summary>
    public ConditionScope Scope { get; init; } = ConditionScope.Predicted;

    /// <summary>Adds the noise. The same recording always gets the same.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <returns>As many samples; digital silence as it is.</returns>
    public Waveform Apply(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        var random = SeededRandom.From("added-noise", Kind.ToString(), AudioHash.Of(waveform with { SampleRate = Waveform.StandardRate }));
        return Noise.Mix(waveform, Noise.Make(Kind, waveform.Samples.Length, waveform.SampleRate, random), Snr);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => double.IsFinite(Snr) && Math.Abs(Snr) <= 100
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"snr must be in [-100, 100] (decibels), but is {Snr}")];

    internal string Describe() => string.Create(CultureInfo.InvariantCulture, $"noise-{Kind}-{Snr}").ToLowerInvariant();
}
