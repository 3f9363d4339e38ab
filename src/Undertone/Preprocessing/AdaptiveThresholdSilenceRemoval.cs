using Undertone.Speech;

namespace Undertone.Preprocessing;

/// <summary>
/// Drops every frame whose greatest amplitude stays below a threshold that adapts to the recording, and joins the rest:
/// the cleaning before the spectrograms of Mustaqeem and Kwon 2020, A CNN-assisted enhanced audio signal processing for
/// speech emotion recognition, Sensors 20(1):183 (doi:10.3390/s20010183).
/// </summary>
/// <remarks>
/// The paper compares the amplitude of frames with a threshold and leaves its value open. Here it lies at a share of the way
/// from the recording's quiet frames (the tenth percentile of frames' greatest amplitudes) to its loudest, so that neither
/// gain nor a steady noise floor moves it.
/// </remarks>
public static class AdaptiveThresholdSilenceRemoval
{
    private const double FrameSeconds = 0.020;
    private const double QuietShare = 0.1;

    /// <summary>Removes silence.</summary>
    /// <param name="waveform">Mono audio.</param>
    /// <param name="share">Where the threshold lies between quiet and loud, in (0, 1); 0.05 is a good beginning.</param>
    /// <returns>The frames above the threshold; the recording itself where it is shorter than a frame or all of one amplitude.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not as described.</exception>
    public static Waveform Apply(Waveform waveform, double share)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        if (share is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "expected a number in (0, 1).");
        }

        var samples = waveform.Samples;
        var length = Math.Max(1, (int)Math.Round(FrameSeconds * waveform.SampleRate));
        var starts = Enumerable.Range(0, (samples.Length + length - 1) / length).Select(i => i * length).ToArray();
        if (starts.Length < 2)
        {
            return waveform;
        }

        var peaks = starts.Select(s => Peak(samples.AsSpan(s, Math.Min(length, samples.Length - s)))).ToArray();
        var sorted = peaks.Order().ToArray();
        var (quiet, loud) = (sorted[(int)(QuietShare * (sorted.Length - 1))], sorted[^1]);
        if (loud == quiet)
        {
            return waveform;
        }

        var threshold = quiet + (share * (loud - quiet));
        var kept = new List<float>(samples.Length);
        for (var i = 0; i < starts.Length; i++)
        {
            if (peaks[i] >= threshold)
            {
                kept.AddRange(samples.AsSpan(starts[i], Math.Min(length, samples.Length - starts[i])));
            }
        }

        return waveform with { Samples = [.. kept] };
    }

    private static double Peak(ReadOnlySpan<float> samples)
    {
        var peak = 0f;
        foreach (var sample in samples)
        {
            peak = Math.Max(peak, Math.Abs(sample));
        }

        return peak;
    }
}
