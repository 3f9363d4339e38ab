using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>Another beginning: the recording is moved by a time drawn uniformly, and what leaves at one end comes in at the other.</summary>
public sealed record TimeShift : WaveformAugmentation
{
    /// <summary>The greatest shift either way, seconds.</summary>
    public double Seconds { get; init; } = 0.2;

    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentNullException.ThrowIfNull(random);
        var samples = waveform.Samples;
        var shift = (long)Math.Round(Between(-Seconds, Seconds, random) * waveform.SampleRate);
        if (samples.Length == 0)
        {
            return waveform;
        }

        var start = (int)(((shift % samples.Length) + samples.Length) % samples.Length);
        return waveform with { Samples = [.. samples[start..], .. samples[..start]] };
    }

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() =>
        [("seconds", Seconds, Seconds is >= 0 and <= 3600, "in [0, 3600]")];
}
