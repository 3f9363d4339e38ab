namespace Undertone.Speech;

/// <summary>A recording of the demo voice with everything that is true of it.</summary>
/// <param name="Waveform">Mono audio at 16 kHz.</param>
/// <param name="Truth">The values it was made with.</param>
public sealed record DemoUtterance(Waveform Waveform, DemoTruth Truth);

/// <summary>
/// The true values of a synthesised recording, for tests of pitch, formant and voice-quality trackers. Frame i is the
/// instant i × <see cref="HopSeconds"/>.
/// </summary>
public sealed record DemoTruth
{
    /// <summary>The distance between frames in seconds.</summary>
    public const double HopSeconds = 0.005;

    /// <summary>F0 in Hz: one over the duration of the glottal period in progress; 0 where there is no voice. Length T.</summary>
    public required float[] Pitch { get; init; }

    /// <summary>Centre frequencies of the five resonances in Hz, also where there is no voice. 5 rows of length T.</summary>
    public required float[][] Formants { get; init; }

    /// <summary>The glottal periods, in order.</summary>
    public required IReadOnlyList<GlottalPeriod> Periods { get; init; }

    /// <summary>The level in dB relative to full scale: root mean square over the voiced frames.</summary>
    public required double LevelDb { get; init; }

    /// <summary>Syllables spoken.</summary>
    public required int Syllables { get; init; }

    /// <summary>Seconds from the first sound to the last, pauses within included.</summary>
    public required double SpokenSeconds { get; init; }

    /// <summary>Seconds of pauses between words.</summary>
    public required double PauseSeconds { get; init; }

    /// <summary>Fall of the source's spectrum at 3 kHz in dB, on top of the pulse's own.</summary>
    public required double TiltDb { get; init; }

    /// <summary>The number of frames, T.</summary>
    public int Frames => Pitch.Length;

    /// <summary>Syllables a second, pauses within included.</summary>
    public double Rate => Syllables / SpokenSeconds;

    /// <summary>Mean F0 over the voiced frames in Hz; 0 where none is voiced.</summary>
    public double MeanPitch => Pitch.Where(f => f > 0).Select(f => (double)f).DefaultIfEmpty(0).Average();

    /// <summary>Standard deviation of F0 in semitones over the voiced frames; 0 where none is voiced.</summary>
    public double PitchDeviation
    {
        get
        {
            var semitones = Pitch.Where(f => f > 0).Select(f => 12 * Math.Log2(f)).DefaultIfEmpty(0).ToList();
            var mean = semitones.Average();
            return Math.Sqrt(semitones.Average(s => (s - mean) * (s - mean)));
        }
    }

    /// <summary>
    /// Local jitter: mean absolute difference of neighbouring periods over their mean duration (a fraction, not percent).
    /// It holds what the F0 contour contributes, as any measurement does. 0 below two neighbouring periods.
    /// </summary>
    public double Jitter => Local(p => p.Seconds);

    /// <summary>Local shimmer: mean absolute difference of neighbouring pulses' amplitudes over their mean (a fraction).</summary>
    public double Shimmer => Local(p => p.Amplitude);

    private double Local(Func<GlottalPeriod, double> value)
    {
        double difference = 0;
        double sum = 0;
        var pairs = 0;
        for (var i = 1; i < Periods.Count; i++)
        {
            if (Periods[i].Continues)
            {
                difference += Math.Abs(value(Periods[i]) - value(Periods[i - 1]));
                sum += (value(Periods[i]) + value(Periods[i - 1])) / 2;
                pairs++;
            }
        }

        return pairs == 0 ? 0 : difference / sum;
    }
}

/// <summary>One cycle of the vocal folds.</summary>
/// <param name="Start">When it begins, in seconds.</param>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="Amplitude">The pulse's amplitude, relative.</param>
/// <param name="Continues">Whether it follows another one without a gap.</param>
public readonly record struct GlottalPeriod(double Start, double Seconds, double Amplitude, bool Continues);
