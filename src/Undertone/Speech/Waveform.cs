namespace Undertone.Speech;

/// <summary>Mono audio in memory.</summary>
/// <param name="Samples">Amplitudes, nominally in [-1, 1].</param>
/// <param name="SampleRate">Samples a second, in Hz.</param>
public sealed record Waveform(float[] Samples, int SampleRate)
{
    /// <summary>The rate that every feature set of Undertone works at, in Hz.</summary>
    public const int StandardRate = 16000;

    /// <summary>The duration in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;
}
