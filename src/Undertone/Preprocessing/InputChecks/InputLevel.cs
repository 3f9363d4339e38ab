using Undertone.Speech;

namespace Undertone.Preprocessing.InputChecks;

/// <summary>The loudness of a recording (<see cref="LoudnessNormalisation.Integrated"/>), LUFS; −70, where its gate is, for what is quieter still.</summary>
public sealed class InputLevel : InputMeasure
{
    private const double Quietest = -70;
    private const double Margin = 8;
    private const double LevelledMargin = 30;

    /// <inheritdoc/>
    public override string Name => "level";

    /// <inheritdoc/>
    public override string Unit => "LUFS";

    /// <inheritdoc/>
    public override double Of(Waveform waveform) => Math.Max(Quietest, LoudnessNormalisation.Integrated(waveform));

    /// <inheritdoc/>
    public override (double Least, double Greatest) Accepted(InputRange training, PreprocessingSettings? preprocessing)
    {
        ArgumentNullException.ThrowIfNull(training);
        return preprocessing?.Level is null
            ? (training.Low - Margin, training.High + Margin)
            : (training.Low - LevelledMargin, double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override string Advice(double value, bool tooLow) => tooLow
        ? "too quiet; record closer to the microphone or raise the recording's level."
        : "too loud; lower the recording's level.";
}
