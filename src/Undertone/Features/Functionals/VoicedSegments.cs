namespace Undertone.Features.Functionals;

/// <summary>Runs of frames with and without voice.</summary>
/// <param name="PerSecond">Voiced runs a second.</param>
/// <param name="MeanVoiced">The mean length of voiced runs in seconds.</param>
/// <param name="DeviationVoiced">Its standard deviation.</param>
/// <param name="MeanUnvoiced">The mean length of unvoiced runs in seconds.</param>
/// <param name="DeviationUnvoiced">Its standard deviation.</param>
internal readonly record struct SegmentStatistics(
    double PerSecond, double MeanVoiced, double DeviationVoiced, double MeanUnvoiced, double DeviationUnvoiced);

/// <summary>
/// Lengths of voiced and unvoiced segments as in GeMAPS (Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417). A run of n
/// frames spans n − 1 steps. As in the reference, a run is not broken by one frame of the other kind, and does not count
/// below three frames.
/// </summary>
internal static class VoicedSegments
{
    private const int LongestBreak = 1;
    private const int ShortestRun = 3;

    /// <summary>Measures.</summary>
    /// <param name="pitch">F0, one value a frame; 0 where there is no voice.</param>
    /// <param name="hopSeconds">The distance between frames in seconds.</param>
    public static SegmentStatistics Of(ReadOnlySpan<float> pitch, double hopSeconds)
    {
        var voiced = Lengths(pitch, true, hopSeconds);
        var unvoiced = Lengths(pitch, false, hopSeconds);
        var (meanVoiced, deviationVoiced) = Moments(voiced);
        var (meanUnvoiced, deviationUnvoiced) = Moments(unvoiced);
        return new SegmentStatistics(
            voiced.Count / (Math.Max(1, pitch.Length) * hopSeconds), meanVoiced, deviationVoiced, meanUnvoiced, deviationUnvoiced);
    }

    private static List<double> Lengths(ReadOnlySpan<float> pitch, bool voice, double hopSeconds)
    {
        var lengths = new List<double>();
        var (from, end) = (-1, -1);
        for (var i = 0; i <= pitch.Length; i++)
        {
            var inside = i < pitch.Length && pitch[i] > 0 == voice;
            if (inside && from >= 0 && i - end <= LongestBreak)
            {
                end = i + 1;
                continue;
            }

            if (from >= 0 && (inside || i == pitch.Length))
            {
                if (end - from >= ShortestRun)
                {
                    lengths.Add((end - from - 1) * hopSeconds);
                }

                from = -1;
            }

            if (inside)
            {
                (from, end) = (i, i + 1);
            }
        }

        return lengths;
    }

    private static (double Mean, double Deviation) Moments(List<double> values)
    {
        if (values.Count == 0)
        {
            return (0, 0);
        }

        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }
}
