using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>Another distance to the microphone: a gain drawn uniformly in decibels.</summary>
public sealed record Gain : WaveformAugmentation
{
    /// <summary>The greatest change either way, dB.</summary>
    public double Decibels { get; init; } = 6;

    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentNullException.ThrowIfNull(random);
        var gain = (float)Math.Pow(10, Between(-Decibels, Decibels, random) / 20);
        return waveform with { Samples = Array.ConvertAll(waveform.Samples, s => s * gain) };
    }

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() =>
        [("decibels", Decibels, Decibels is >= 0 and <= 60, "in [0, 60]")];
}
