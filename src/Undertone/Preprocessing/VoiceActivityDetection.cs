using Undertone.Preprocessing.NoiseReduction;
using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>What is cut where nobody speaks.</summary>
public enum SilenceCut
{
    /// <summary>What lies before the first and after the last speech.</summary>
    Ends,

    /// <summary>The ends and the pauses within.</summary>
    Pauses,
}

/// <summary>A stretch of a recording.</summary>
/// <param name="Start">Its first sample.</param>
/// <param name="End">The sample after its last.</param>
public readonly record struct SpeechRegion(int Start, int End)
{
    /// <summary>The number of samples.</summary>
    public int Length => End - Start;
}

/// <summary>
/// Tells speech from noise by the likelihood ratio of a frame's spectrum (J. Sohn, N. S. Kim, W. Sung 1999, A statistical
/// model-based voice activity detection, doi:10.1109/97.736233), the noise followed by <see cref="MinimumStatistics"/>. Steady
/// noise, however loud, is no speech; another voice is.
/// </summary>
/// <remarks>
/// Frames more than 45 dB below the loudest are no speech either: in a studio the ratio alone hears every breath. In place of
/// the paper's hidden Markov model a hang-over of fixed length keeps soft beginnings and ends of words.
/// </remarks>
public static class VoiceActivityDetection
{
    /// <summary>What is kept before and after speech unless said otherwise, seconds.</summary>
    public const double DefaultHangOver = 0.1;

    private const double LogRatio = 0.5;
    private const double Range = 45;

    /// <summary>Cuts what is not speech.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="cut">Where.</param>
    /// <param name="hangOver">What is kept before and after speech, seconds; at least 0.</param>
    /// <returns>The speech, its stretches joined; the recording itself where none is found.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The hang-over is negative.</exception>
    public static Waveform Apply(Waveform waveform, SilenceCut cut, double hangOver = DefaultHangOver)
    {
        var regions = Detect(waveform, hangOver);
        return regions.Count == 0
            ? waveform
            : cut == SilenceCut.Ends
                ? waveform with { Samples = waveform.Samples[regions[0].Start..regions[^1].End] }
                : waveform with { Samples = [.. regions.SelectMany(r => waveform.Samples[r.Start..r.End])] };
    }

    /// <summary>Finds speech.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="hangOver">What counts as speech before and after it, seconds; at least 0.</param>
    /// <returns>Stretches in order, apart from each other; none where nobody speaks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The hang-over is negative.</exception>
    public static IReadOnlyList<SpeechRegion> Detect(Waveform waveform, double hangOver = DefaultHangOver)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        ArgumentOutOfRangeException.ThrowIfNegative(hangOver);
        var samples = waveform.Samples;
        var transform = new ShortTimeFourier(waveform.SampleRate);
        var (ratios, energies) = Measure(transform, samples);
        var threshold = energies.DefaultIfEmpty().Max() * Math.Pow(10, -Range / 10);
        var margin = (int)Math.Round(hangOver * waveform.SampleRate);
        var regions = new List<SpeechRegion>();
        for (var t = 0; t < ratios.Length; t++)
        {
            if (ratios[t] <= LogRatio || energies[t] <= threshold)
            {
                continue;
            }

            // A frame's window weighs its middle half most.
            var middle = transform.Start(t) + (transform.FrameLength / 4);
            var start = Math.Clamp(middle - margin, 0, samples.Length);
            var end = Math.Clamp(middle + (transform.FrameLength / 2) + margin, 0, samples.Length);
            if (regions.Count > 0 && start <= regions[^1].End)
            {
                regions[^1] = regions[^1] with { End = Math.Max(regions[^1].End, end) };
            }
            else if (end > start)
            {
                regions.Add(new SpeechRegion(start, end));
            }
        }

        return regions;
    }

    /// <summary>The mean log likelihood ratio and the energy of each frame.</summary>
    private static (double[] Ratios, double[] Energies) Measure(ShortTimeFourier transform, float[] samples)
    {
        var frames = samples.Length == 0 ? 0 : transform.Frames(samples.Length);
        var (ratios, energies) = (new double[frames], new double[frames]);
        var follower = NoiseFollower.Ahead(transform, samples);
        transform.Analyse(samples, (frame, real, imaginary) =>
        {
            follower.Hear(real, imaginary);
            double sum = 0;
            for (var k = 0; k < real.Length; k++)
            {
                var (prior, posterior) = (follower.Prior(k), follower.Posterior(k));
                sum += (posterior * prior / (1 + prior)) - Math.Log(1 + prior);
                energies[frame] += ((double)real[k] * real[k]) + ((double)imaginary[k] * imaginary[k]);
                follower.Estimated(k, Math.Min(1, MmseLsa.Gain(prior, posterior)));
            }

            ratios[frame] = sum / real.Length;
        });
        return (ratios, energies);
    }
}
