using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>
/// A higher or lower voice at the same rate: played faster or slower by resampling, then brought back to its length by
/// <see cref="TimeScaleModification"/>. Formants move with the pitch.
/// </summary>
public sealed record PitchShift : WaveformAugmentation
{
    /// <summary>The greatest shift either way, in semitones.</summary>
    public double Semitones { get; init; } = 2;

    /// <inheritdoc/>
    public override Waveform Apply(Waveform waveform, SeededRandom random, AugmentationSounds sounds)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Shift(waveform, Between(-Semitones, Semitones, random));
    }

    /// <summary>Shifts the pitch.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="semitones">Twelve are an octave upwards; in [−24, 24].</param>
    /// <returns>As many samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shift is not as described.</exception>
    public static Waveform Shift(Waveform waveform, double semitones)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (semitones is not (>= -24 and <= 24))
        {
            throw new ArgumentOutOfRangeException(nameof(semitones), semitones, "expected a shift in [-24, 24].");
        }

        if (waveform.Samples.Length == 0)
        {
            return waveform;
        }

        var played = SpeedPerturbation.Apply(waveform, Math.Pow(2, semitones / 12));
        var stretched = TimeScaleModification.Stretch(played, Math.Clamp((double)played.Samples.Length / waveform.Samples.Length, 0.25, 4));
        return waveform with { Samples = OfLength(stretched.Samples, waveform.Samples.Length) };
    }

    private protected override IEnumerable<(string Name, object? Value, bool Possible, string Expected)> Checks() =>
        [("semitones", Semitones, Semitones is >= 0 and <= 24, "in [0, 24]")];
}
