using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>
/// Silences stretches of random place and length: what the time masks of <see cref="SpecAugment"/> (Park et al. 2019,
/// doi:10.21437/Interspeech.2019-2680) are to spectrograms, for systems whose features are no spectrogram.
/// </summary>
public sealed record TimeMask : WaveformAugmentation
{
    /// <summary>The number of masks.</summary>
    public int Masks { get; init; } = 2;

    /// <summary>The longest, seconds; lengths are uniform from 0, and none is longer than a quarter of the recording.</summary>
    public double Seconds { get; init; } = 0.1;

    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentNullException.ThrowIfNull(random);
        var samples = (float[])waveform.Samples.Clone();
        var longest = (int)Math.Min(Math.Round(Seconds * waveform.SampleRate), samples.Length / 4);
        for (var i = 0; i < Masks; i++)
        {
            var length = random.NextInt(longest + 1);
            samples.AsSpan(random.NextInt(samples.Length - length + 1), length).Clear();
        }

        return waveform with { Samples = samples };
    }

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() =>
        [("masks", Masks, Masks is >= 0 and <= 1000, "in [0, 1000]"), ("seconds", Seconds, Seconds is >= 0 and <= 3600, "in [0, 3600]")];
}
