namespace Undertone.Speech;

/// <summary>What an audio file's header says, before anything is decoded.</summary>
/// <param name="SampleRate">Samples a second of one channel, in Hz.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="Frames">The number of samples of one channel.</param>
/// <param name="Format">Container and sample format: <c>WAV (Microsoft), Signed 16 bit PCM</c>.</param>
public sealed record AudioInfo(int SampleRate, int Channels, long Frames, string Format)
{
    /// <summary>The duration in seconds.</summary>
    public double Seconds => (double)Frames / SampleRate;
}
