using Undertone.Speech;

namespace Undertone.Preprocessing.InputChecks;

/// <summary>
/// The share of a recording in which somebody speaks (<see cref="VoiceActivityDetection"/>), per cent. Less than a tenth of a
/// second on end does not count: steady noise has such moments.
/// </summary>
public sealed class InputSpeech : InputMeasure
{
    private const double HangOver = 0.02;
    private const double Shortest = 0.1;

    /// <inheritdoc/>
    public override string Name => "speech";

    /// <inheritdoc/>
    public override string Unit => "%";

    /// <inheritdoc/>
    public override double Of(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        var shortest = (Shortest + (2 * HangOver)) * waveform.SampleRate;
        var speech = VoiceActivityDetection.Detect(waveform, HangOver).Where(r => r.Length >= Math.Min(shortest, waveform.Samples.Length));
        return 100.0 * speech.Sum(r => (long)r.Length) / waveform.Samples.Length;
    }

    /// <inheritdoc/>
    public override (double Least, double Greatest) Accepted(InputRange training, PreprocessingSettings? preprocessing)
    {
        ArgumentNullException.ThrowIfNull(training);
        var cut = preprocessing is { VoiceActivity: not null } or { SilenceRemoval: not null } or { TrimSilence: not null };
        return (cut ? double.Epsilon : training.Low / 2, double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override string Advice(double value, bool tooLow) => value == 0
        ? "no speech was found, and the answer means nothing."
        : "most of it is no speech; cut it to the speech, or predict its segments (--segments).";
}
