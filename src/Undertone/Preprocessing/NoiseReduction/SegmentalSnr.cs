using Undertone.Speech;

namespace Undertone.Preprocessing.NoiseReduction;

/// <summary>
/// The segmental signal-to-noise ratio: the mean over frames of speech of the ratio of clean power to the power of what
/// differs, each frame's limited to −10 to 35 dB (Hu and Loizou 2008, Evaluation of objective quality measures for speech
/// enhancement, doi:10.1109/TASL.2007.911054).
/// </summary>
public static class SegmentalSnr
{
    private const double FrameSeconds = 0.030;
    private const double Lowest = -10;
    private const double Highest = 35;
    private const double SpeechRange = 40;

    /// <summary>Measures a recording against the clean one.</summary>
    /// <param name="clean">Speech without noise.</param>
    /// <param name="processed">The same with noise, or with noise reduced; of the same length.</param>
    /// <returns>Decibels, over frames of 30 ms that lie at most 40 dB below the loudest; NaN where the clean recording is silent.</returns>
    /// <exception cref="ArgumentException">The recordings differ in length or rate.</exception>
    public static double Of(Waveform clean, Waveform processed)
    {
        ArgumentNullException.ThrowIfNull(clean);
        ArgumentNullException.ThrowIfNull(processed);
        if (clean.Samples.Length != processed.Samples.Length || clean.SampleRate != processed.SampleRate)
        {
            throw new ArgumentException("both recordings must have the same length and sample rate.", nameof(processed));
        }

        var length = (int)Math.Round(FrameSeconds * clean.SampleRate);
        var frames = new List<(double Signal, double Error)>();
        for (var start = 0; start + length <= clean.Samples.Length; start += length)
        {
            double signal = 0, error = 0;
            for (var i = start; i < start + length; i++)
            {
                double difference = clean.Samples[i] - processed.Samples[i];
                signal += (double)clean.Samples[i] * clean.Samples[i];
                error += difference * difference;
            }

            frames.Add((signal, error));
        }

        var loudest = frames.Select(f => f.Signal).DefaultIfEmpty().Max();
        return loudest == 0
            ? double.NaN
            : frames.Where(f => f.Signal > loudest * Math.Pow(10, -SpeechRange / 10))
                .Average(f => f.Error == 0 ? Highest : Math.Clamp(10 * Math.Log10(f.Signal / f.Error), Lowest, Highest));
    }
}
