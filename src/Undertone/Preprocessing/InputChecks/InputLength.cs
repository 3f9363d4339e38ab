using Undertone.Speech;

namespace Undertone.Preprocessing.InputChecks;

/// <summary>The length of a recording, seconds.</summary>
public sealed class InputLength : InputMeasure
{
    private const double Margin = 1.5;

    /// <inheritdoc/>
    public override string Name => "length";

    /// <inheritdoc/>
    public override string Unit => "s";

    /// <inheritdoc/>
    public override double Of(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        return waveform.Seconds;
    }

    /// <inheritdoc/>
    public override (double Least, double Greatest) Accepted(InputRange training, PreprocessingSettings? preprocessing)
    {
        ArgumentNullException.ThrowIfNull(training);
        return (training.Low / Margin, training.High * Margin);
    }

    /// <inheritdoc/>
    public override string Advice(double value, bool tooLow) => tooLow
        ? "too short to hear an emotion in; give a whole sentence."
        : "an emotion does not last so long; cut it into utterances (--segments).";
}
