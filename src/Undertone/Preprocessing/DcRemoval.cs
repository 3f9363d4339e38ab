using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>
/// Takes the mean off a recording. A sound card's offset is no sound, but it adds to energy and hides zero crossings.
/// </summary>
public static class DcRemoval
{
    /// <summary>Subtracts the mean of all samples.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <returns>As many samples, their mean zero.</returns>
    public static Waveform Apply(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        double sum = 0;
        foreach (var sample in waveform.Samples)
        {
            sum += sample;
        }

        var mean = sum / Math.Max(1, waveform.Samples.Length);
        return waveform with { Samples = Array.ConvertAll(waveform.Samples, s => (float)(s - mean)) };
    }
}
