using System.Globalization;
using Undertone.Speech;

namespace Undertone.Augmentation;

/// <summary>
/// Plays audio faster or slower by resampling, which moves pitch, formants and rate together (Ko, Peddinti, Povey,
/// Khudanpur 2015, Audio Augmentation for Speech Recognition, doi:10.21437/Interspeech.2015-711).
/// </summary>
public static class SpeedPerturbation
{
    /// <summary>Changes the speed.</summary>
    /// <param name="waveform">Audio.</param>
    /// <param name="speed">1.1 is a tenth faster; greater than 0.</param>
    /// <returns>Audio of the same sample rate, 1 / speed as long.</returns>
    public static Waveform Apply(Waveform waveform, double speed)
    {
        // Samples declared to come at another rate and brought back to the true one are heard at another speed.
        var declared = waveform with { SampleRate = (int)Math.Round(waveform.SampleRate * speed) };
        return Resampler.Resample(declared, waveform.SampleRate);
    }

    /// <summary>The cache key of audio at another speed.</summary>
    /// <param name="audioHash">The hash of the audio itself; empty stays empty.</param>
    /// <param name="speed">The speed.</param>
    public static string HashOf(string audioHash, double speed) =>
        audioHash.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{audioHash}-speed-{speed}");
}
