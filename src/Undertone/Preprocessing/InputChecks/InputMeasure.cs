using Undertone.Speech;

namespace Undertone.Preprocessing.InputChecks;

/// <summary>A property of a recording in which it may be unlike those that a model was trained on.</summary>
public abstract class InputMeasure
{
    /// <summary>All measures, in the order in which warnings are given.</summary>
    public static IReadOnlyList<InputMeasure> All { get; } =
        [new InputLength(), new InputSpeech(), new InputLevel(), new InputClipping(), new InputBandwidth(), new InputNoise()];

    /// <summary>Its name, as warnings and a model's file have it.</summary>
    public abstract string Name { get; }

    /// <summary>The unit of its values.</summary>
    public abstract string Unit { get; }

    /// <summary>Measures a recording.</summary>
    /// <param name="waveform">Mono audio, 16 kHz, at least one sample.</param>
    /// <returns>A finite value.</returns>
    public abstract double Of(Waveform waveform);

    /// <summary>The values that are like the training recordings': their range with a margin, since a hundred recordings do not show all that is harmless.</summary>
    /// <param name="training">The range of the training recordings.</param>
    /// <param name="preprocessing">What the model does to recordings before it hears them, which forgives some differences; null for nothing.</param>
    /// <returns>The least and the greatest; infinite on a side that does no harm.</returns>
    public abstract (double Least, double Greatest) Accepted(InputRange training, PreprocessingSettings? preprocessing);

    /// <summary>What to do where a value is too low or too high.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tooLow">Whether it is below what is accepted.</param>
    public abstract string Advice(double value, bool tooLow);
}

/// <summary>What the recordings that a model was trained on have of a measure.</summary>
/// <param name="Low">The 1st percentile.</param>
/// <param name="High">The 99th percentile.</param>
public sealed record InputRange(double Low, double High);
