namespace Undertone.Features.Descriptors;

/// <summary>
/// Finds syllables by their nuclei: voiced peaks of the intensity that stand at least 2 dB above the dips on both sides
/// (de Jong &amp; Wempe 2009, doi:10.3758/BRM.41.2.385). Frames 25 dB below the loudest are pauses.
/// </summary>
public static class SyllableNuclei
{
    /// <summary>Where the method is described.</summary>
    public const string Source = "de Jong & Wempe 2009, doi:10.3758/BRM.41.2.385";

    private const float Dip = 2;
    private const float Silence = 25;

    /// <summary>The intensity below which a frame is a pause: 25 dB below the 99th percentile, which a lone click does not move.</summary>
    /// <param name="intensity">Intensity in dB, one value a frame, at least one.</param>
    public static float Threshold(ReadOnlySpan<float> intensity)
    {
        var sorted = intensity.ToArray();
        Array.Sort(sorted);
        return sorted[(int)(0.99 * (sorted.Length - 1))] - Silence;
    }

    /// <summary>Finds the nuclei.</summary>
    /// <param name="intensity">Intensity in dB, one value a frame, at least one.</param>
    /// <param name="voiced">Whether each frame has a voice.</param>
    /// <returns>The frames of the nuclei, rising.</returns>
    public static IReadOnlyList<int> Find(ReadOnlySpan<float> intensity, ReadOnlySpan<bool> voiced)
    {
        var threshold = Threshold(intensity);
        var nuclei = new List<int>();
        var (peak, valley) = (-1, 0);
        for (var frame = 0; frame < intensity.Length; frame++)
        {
            if (peak < 0)
            {
                // Going up: a rise of the dip's depth from the lowest frame since the last nucleus begins a peak.
                valley = intensity[frame] < intensity[valley] ? frame : valley;
                peak = intensity[frame] >= intensity[valley] + Dip ? frame : -1;
            }
            else if (intensity[frame] > intensity[peak])
            {
                peak = frame;
            }
            else if (intensity[frame] <= intensity[peak] - Dip)
            {
                Take(intensity, voiced);
                (peak, valley) = (-1, frame);
            }
        }

        if (peak >= 0)
        {
            Take(intensity, voiced);
        }

        return nuclei;

        void Take(ReadOnlySpan<float> levels, ReadOnlySpan<bool> voices)
        {
            if (levels[peak] > threshold && voices[peak])
            {
                nuclei.Add(peak);
            }
        }
    }
}
