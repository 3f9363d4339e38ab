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
/// frames spans n − 1 steps, and so does the whole contour, as the reference counts them.
/// </summary>
internal static class VoicedSegments
{
    /// <summary>Measures.</summary>
    /// <param name="pitch">F0, one value a frame; 0 where there is no voice.</param>
    /// <param name="hopSeconds">The distance between frames in seconds.</param>
    public static SegmentStatistics Of(ReadOnlySpan<float> pitch, double hopSeconds)
    {
        var voiced = new List<double>();
        var unvoiced = new List<double>();
        for (int from = 0, i = 1; i <= pitch.Length; i++)
        {
            if (i == pitch.Length || pitch[i] > 0 != pitch[from] > 0)
            {
                (pitch[from] > 0 ? voiced : unvoiced).Add((i - from - 1) * hopSeconds);
                from = i;
            }
        }

        var (meanVoiced, deviationVoiced) = Moments(voiced);
        var (meanUnvoiced, deviationUnvoiced) = Moments(unvoiced);
        return new SegmentStatistics(
            voiced.Count / (Math.Max(1, pitch.Length - 1) * hopSeconds), meanVoiced, deviationVoiced, meanUnvoiced, deviationUnvoiced);
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
