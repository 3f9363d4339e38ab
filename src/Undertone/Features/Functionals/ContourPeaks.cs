namespace Undertone.Features.Functionals;

/// <summary>The peaks of a contour and how steeply it rises and falls between them.</summary>
/// <param name="Peaks">The number of peaks.</param>
/// <param name="MeanRisingSlope">The mean slope of rising parts, in the contour's unit a second.</param>
/// <param name="DeviationRisingSlope">Its standard deviation.</param>
/// <param name="MeanFallingSlope">The mean slope of falling parts, falling counted positive.</param>
/// <param name="DeviationFallingSlope">Its standard deviation.</param>
internal readonly record struct SlopeStatistics(
    int Peaks, double MeanRisingSlope, double DeviationRisingSlope, double MeanFallingSlope, double DeviationFallingSlope);

/// <summary>
/// Finds the peaks and valleys of a contour, as GeMAPS' slopes have them (Eyben et al. 2016,
/// doi:10.1109/TAFFC.2015.2457417): an extremum counts where it lies at least a tenth of the contour's range from the last
/// one of the other kind; between two valleys the first highest peak counts, a later one only if it is 5 % or
/// that tenth higher.
/// </summary>
/// <remarks>
/// As in the reference: the last two frames hold no extremum; the parts from the contour's start and to its end count as
/// slopes too, the last one with its own sign whatever its kind; that last one is in the mean and in the number of slopes,
/// but not in the sum of squares of the standard deviation.
/// </remarks>
internal static class ContourPeaks
{
    private const double RelativeThreshold = 0.1;
    private const double HigherBy = 1.05;

    /// <summary>Measures a contour.</summary>
    /// <param name="contour">One value a frame.</param>
    /// <param name="hopSeconds">The distance between frames in seconds.</param>
    public static SlopeStatistics Of(ReadOnlySpan<float> contour, double hopSeconds)
    {
        if (contour.Length < 4)
        {
            return default;
        }

        var extrema = Extrema(contour);
        if (extrema.Count == 0)
        {
            return default;
        }

        var rising = new List<double>();
        var falling = new List<double>();
        var from = 0;
        foreach (var (frame, peak) in extrema)
        {
            var slope = Slope(contour, from, frame, hopSeconds);
            (peak ? rising : falling).Add(peak ? slope : -slope);
            from = frame;
        }

        var toPeak = extrema[^1].Peak;
        var last = Slope(contour, from, contour.Length - 1, hopSeconds);
        var (risingMean, risingDeviation) = Moments(rising, toPeak ? null : last);
        var (fallingMean, fallingDeviation) = Moments(falling, toPeak ? last : null);
        return new SlopeStatistics(extrema.Count(e => e.Peak), risingMean, risingDeviation, fallingMean, fallingDeviation);
    }

    private static List<(int Frame, bool Peak)> Extrema(ReadOnlySpan<float> contour)
    {
        var (least, greatest) = (contour[0], contour[0]);
        foreach (var value in contour)
        {
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        }

        var threshold = RelativeThreshold * ((double)greatest - least);
        var found = new List<(int Frame, bool Peak)>();
        for (var i = 1; i < contour.Length - 2; i++)
        {
            var peak = contour[i] > contour[i - 1] && contour[i] > contour[i + 1];
            if (!peak && !(contour[i] < contour[i - 1] && contour[i] < contour[i + 1]))
            {
                continue;
            }

            if (found.Count == 0)
            {
                if (Math.Abs((double)contour[i] - contour[0]) >= threshold)
                {
                    found.Add((i, peak));
                }

                continue;
            }

            var (last, lastIsPeak) = found[^1];
            if (peak == lastIsPeak)
            {
                if (peak ? contour[i] > HigherBy * contour[last] || contour[i] - contour[last] >= threshold : contour[i] < contour[last])
                {
                    found[^1] = (i, peak);
                }
            }
            else if ((peak ? (double)contour[i] - contour[last] : (double)contour[last] - contour[i]) >= threshold)
            {
                found.Add((i, peak));
            }
        }

        return found;
    }

    private static double Slope(ReadOnlySpan<float> contour, int from, int to, double hopSeconds) =>
        ((double)contour[to] - contour[from]) / ((to - from) * hopSeconds);

    private static (double Mean, double Deviation) Moments(List<double> slopes, double? last)
    {
        var count = slopes.Count + (last is null ? 0 : 1);
        if (count == 0)
        {
            return (0, 0);
        }

        var mean = (slopes.Sum() + (last ?? 0)) / count;
        return (mean, Math.Sqrt(slopes.Sum(s => (s - mean) * (s - mean)) / count));
    }
}
