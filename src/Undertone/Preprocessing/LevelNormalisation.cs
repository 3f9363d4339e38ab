using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>What a recording's level is measured by.</summary>
public enum LevelMeasure
{
    /// <summary>The greatest amplitude, brought to 1.</summary>
    Peak,

    /// <summary>The root of the mean square of all samples, brought to 0.05 (−26 dB below full scale).</summary>
    Rms,

    /// <summary>The loudness of ITU-R BS.1770, brought to the −23 LUFS of EBU R 128 (<see cref="LoudnessNormalisation"/>).</summary>
    R128,
}

/// <summary>
/// Brings recordings to one level. Corpora differ in gain, and some were levelled recording by recording, so that how
/// loud a voice was can mean an emotion in one corpus and nothing in another.
/// </summary>
public static class LevelNormalisation
{
    private const double RmsTarget = 0.05;

    /// <summary>Scales a recording. Nothing is clipped: amplitudes may pass 1 under all but <see cref="LevelMeasure.Peak"/>.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="measure">What is brought to its target.</param>
    /// <returns>The scaled recording; digital silence as it is.</returns>
    public static Waveform Apply(Waveform waveform, LevelMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (measure == LevelMeasure.R128)
        {
            return LoudnessNormalisation.Apply(waveform);
        }

        double peak = 0, sum = 0;
        foreach (var sample in waveform.Samples)
        {
            peak = Math.Max(peak, Math.Abs((double)sample));
            sum += (double)sample * sample;
        }

        if (peak == 0)
        {
            return waveform;
        }

        var gain = (float)(measure == LevelMeasure.Peak ? 1 / peak : RmsTarget / Math.Sqrt(sum / waveform.Samples.Length));
        return waveform with { Samples = Array.ConvertAll(waveform.Samples, s => s * gain) };
    }
}
