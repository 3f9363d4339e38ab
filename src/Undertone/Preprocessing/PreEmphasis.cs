using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>
/// Raises high frequencies, which the glottal source lets fall by about 6 dB an octave: y[n] = x[n] − a · x[n−1]
/// (Rabiner and Schafer, Digital Processing of Speech Signals, Prentice-Hall 1978).
/// </summary>
public static class PreEmphasis
{
    /// <summary>Filters a recording.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="coefficient">a, in [0, 1]; 0.97 is usual. 0 leaves everything as it is.</param>
    /// <returns>As many samples; what lies before the first counts as the first, so that a constant has no click at its start.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The coefficient is not as described.</exception>
    public static Waveform Apply(Waveform waveform, double coefficient)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (coefficient is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(coefficient), coefficient, "expected a number in [0, 1].");
        }

        var samples = waveform.Samples;
        var filtered = new float[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            filtered[i] = (float)(samples[i] - (coefficient * samples[Math.Max(0, i - 1)]));
        }

        return waveform with { Samples = filtered };
    }
}
