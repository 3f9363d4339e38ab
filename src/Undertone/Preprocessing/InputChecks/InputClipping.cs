using Undertone.Speech;

namespace Undertone.Preprocessing.InputChecks;

/// <summary>
/// The share of samples within half a decibel of the recording's peak, per cent: few in speech, many where it was clipped,
/// whatever was done to its level since.
/// </summary>
public sealed class InputClipping : InputMeasure
{
    private const float NearPeak = 0.95f;
    private const double Margin = 2;
    private const double Harmless = 0.25;

    /// <inheritdoc/>
    public override string Name => "clipping";

    /// <inheritdoc/>
    public override string Unit => "%";

    /// <inheritdoc/>
    public override double Of(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        var near = NearPeak * waveform.Samples.Max(Math.Abs);
        return near == 0 ? 0 : 100.0 * waveform.Samples.Count(s => Math.Abs(s) >= near) / waveform.Samples.Length;
    }

    /// <inheritdoc/>
    public override (double Least, double Greatest) Accepted(InputRange training, PreprocessingSettings? preprocessing)
    {
        ArgumentNullException.ThrowIfNull(training);
        return (double.NegativeInfinity, Math.Max(Harmless, training.High * Margin));
    }

    /// <inheritdoc/>
    public override string Advice(double value, bool tooLow) => "samples crowd at the peak as in clipped audio; record at a lower gain.";
}
