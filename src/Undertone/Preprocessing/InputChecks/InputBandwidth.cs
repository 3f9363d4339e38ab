using Undertone.Speech;

namespace Undertone.Preprocessing.InputChecks;

/// <summary>
/// Up to which frequency a recording reaches, Hz: the roll-off at 99.9 % of the power of its derivative, in which high
/// frequencies weigh as much as in speech they are weak. Telephone lines and low sampling rates cut it.
/// </summary>
public sealed class InputBandwidth : InputMeasure
{
    private const double Share = 0.999;
    private const double Margin = 0.9;

    /// <inheritdoc/>
    public override string Name => "bandwidth";

    /// <inheritdoc/>
    public override string Unit => "Hz";

    /// <inheritdoc/>
    public override double Of(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        var transform = new ShortTimeFourier(waveform.SampleRate);
        var power = new double[transform.Bins];
        transform.Analyse(waveform.Samples, (_, real, imaginary) =>
        {
            for (var k = 0; k < power.Length; k++)
            {
                power[k] += (((double)real[k] * real[k]) + ((double)imaginary[k] * imaginary[k])) * k * k;
            }
        });
        var wanted = Share * power.Sum();
        var (sum, bin) = (0.0, 0);
        while (bin < power.Length - 1 && (sum += power[bin]) < wanted)
        {
            bin++;
        }

        return (double)bin * waveform.SampleRate / transform.FrameLength;
    }

    /// <inheritdoc/>
    public override (double Least, double Greatest) Accepted(InputRange training, PreprocessingSettings? preprocessing)
    {
        ArgumentNullException.ThrowIfNull(training);
        return (training.Low * Margin, double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override string Advice(double value, bool tooLow) =>
        "high frequencies are missing, as after a telephone line or at a low sampling rate; give the original recording.";
}
