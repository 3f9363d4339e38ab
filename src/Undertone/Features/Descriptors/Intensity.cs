namespace Undertone.Features.Descriptors;

/// <summary>The level of short pieces of a signal.</summary>
public static class Intensity
{
    /// <summary>The least level, in dB of full scale: some 20 dB below what 16-bit audio can hold.</summary>
    public const double Floor = -120;

    /// <summary>The level of each frame: 10 · log10 of the mean square under a Hann window, in dB of a full-scale square wave.</summary>
    /// <param name="samples">The signal.</param>
    /// <param name="length">The window's length, in samples.</param>
    /// <param name="hop">The distance between frames, in samples.</param>
    /// <param name="first">The sample at the middle of the first window.</param>
    /// <param name="frames">The number of frames; beyond the signal's ends there is silence.</param>
    /// <returns>One value a frame.</returns>
    public static float[] Of(ReadOnlySpan<float> samples, int length, int hop, int first, int frames)
    {
        var window = new double[length];
        double sum = 0;
        for (var n = 0; n < length; n++)
        {
            window[n] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (n + 0.5) / length));
            sum += window[n];
        }

        var levels = new float[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var start = first + (frame * hop) - (length / 2);
            double energy = 0;
            for (var n = Math.Max(0, -start); n < length && start + n < samples.Length; n++)
            {
                energy += window[n] * samples[start + n] * samples[start + n];
            }

            levels[frame] = (float)Math.Max(Floor, 10 * Math.Log10(energy / sum));
        }

        return levels;
    }
}
