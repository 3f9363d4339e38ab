using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>As heard over a telephone line (<see cref="TelephoneLine"/>).</summary>
public sealed record TelephoneBand : WaveformAugmentation
{
    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds) => TelephoneLine.Transmit(waveform);

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() => [];
}
