using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>
/// Measures loudness as broadcasters do, by Recommendation ITU-R BS.1770-4 (10/2015), and brings recordings to the level
/// of EBU R 128, −23 LUFS. Unlike the root of the mean square it weights frequencies as they are heard and leaves
/// pauses out.
/// </summary>
/// <remarks>
/// The recommendation tabulates its two filters at 48 kHz. For other rates they are designed anew by the bilinear
/// transform from the analogue filters whose transform at 48 kHz gives the table's coefficients.
/// </remarks>
public static class LoudnessNormalisation
{
    /// <summary>The target of EBU R 128, in LUFS.</summary>
    public const double Target = -23;

    private const double BlockSeconds = 0.4;
    private const double AbsoluteGate = -70;
    private const double RelativeGate = -10;

    /// <summary>Scales a recording to <see cref="Target"/>. Nothing is clipped: amplitudes may pass 1.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <returns>The scaled recording; as it is where no block of it reaches −70 LUFS.</returns>
    public static Waveform Apply(Waveform waveform)
    {
        var loudness = Integrated(waveform);
        if (double.IsNegativeInfinity(loudness))
        {
            return waveform;
        }

        var gain = (float)Math.Pow(10, (Target - loudness) / 20);
        return waveform with { Samples = Array.ConvertAll(waveform.Samples, s => s * gain) };
    }

    /// <summary>
    /// The integrated loudness: the mean power after K-weighting of blocks of 400 ms, overlapping by 75 %, that pass the
    /// absolute gate at −70 LUFS and the relative gate 10 LU below the mean of those.
    /// </summary>
    /// <param name="waveform">Mono audio of at least 8 kHz.</param>
    /// <returns>
    /// LUFS (LKFS); negative infinity where nothing passes the absolute gate. A recording shorter than a block, which the
    /// recommendation leaves open, is one block.
    /// </returns>
    /// <exception cref="ArgumentException">The sample rate is below 8 kHz.</exception>
    public static double Integrated(Waveform waveform)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (waveform.SampleRate < 8000)
        {
            throw new ArgumentException($"K-weighting reaches beyond half the sample rate of {waveform.SampleRate} Hz; expected at least 8000 Hz.", nameof(waveform));
        }

        var powers = BlockPowers(waveform);
        var loud = powers.Where(p => Loudness(p) > AbsoluteGate).ToList();
        if (loud.Count == 0)
        {
            return double.NegativeInfinity;
        }

        var gate = Loudness(loud.Average()) + RelativeGate;
        return Loudness(loud.Where(p => Loudness(p) > gate).Average());
    }

    /// <summary>The coefficients of K-weighting at a sample rate.</summary>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    /// <returns>Of the head's high shelf, then of the high-pass: b0, b1, b2, a1, a2, a0 being 1.</returns>
    public static IReadOnlyList<double[]> Coefficients(int sampleRate)
    {
        var (shelf, highPass) = KWeighting(sampleRate);
        return [shelf.Coefficients, highPass.Coefficients];
    }

    private static (Biquad Shelf, Biquad HighPass) KWeighting(int sampleRate) =>
        (Biquad.HighShelf(sampleRate, 1681.974450955533, 3.999843853973347, 0.7071752369554196),
         Biquad.HighPass(sampleRate, 38.13547087602444, 0.5003270373238773));

    private static double Loudness(double power) => -0.691 + (10 * Math.Log10(power));

    /// <summary>The mean power of each block; steps of 100 ms are summed once and shared by the four blocks that overlap there.</summary>
    private static List<double> BlockPowers(Waveform waveform)
    {
        var samples = waveform.Samples;
        var block = (int)Math.Round(BlockSeconds * waveform.SampleRate);
        var step = block / 4;
        var (shelf, highPass) = KWeighting(waveform.SampleRate);
        var sums = new double[(samples.Length / step) + 1];
        double total = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var weighted = highPass.Next(shelf.Next(samples[i]));
            sums[i / step] += weighted * weighted;
            total += weighted * weighted;
        }

        var steps = samples.Length / step;
        if (steps < 4)
        {
            return samples.Length == 0 ? [] : [total / samples.Length];
        }

        return [.. Enumerable.Range(0, steps - 3).Select(i => (sums[i] + sums[i + 1] + sums[i + 2] + sums[i + 3]) / (4 * step))];
    }
}
