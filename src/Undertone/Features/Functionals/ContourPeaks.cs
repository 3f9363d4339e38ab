namespace Undertone.Features.Functionals;

/// <summary>The peaks of a contour and how steeply it rises and falls between them.</summary>
/// <param name="Peaks">The number of peaks.</param>
/// <param name="MeanRisingSlope">The mean slope of rising parts, in the contour's unit a second.</param>
/// <param name="DeviationRisingSlope">Its standard deviation.</param>
/// <param name="MeanFallingSlope">The mean slope of falling parts, falling counted positive.</param>
/// <param name="DeviationFallingSlope">Its standard deviation.</param>
public readonly record struct SlopeStatistics(
    int Peaks, double MeanRisingSlope, double DeviationRisingSlope, double MeanFallingSlope, double DeviationFallingSlope);

/// <summary>
/// Finds the peaks and valleys of a contour, as GeMAPS' slopes have them (Eyben et al. 2016,
/// doi:10.1109/TAFFC.2015.2457417): a peak counts where it rises by at least a tenth of the contour's range, a valley where it
/// falls as far below the last peak.
/// </summary>
/// <remarks>
/// As in the reference, found from its values: a peak after a valley is measured from that valley; one after another peak
/// takes its place where it is higher and rises that tenth from the valley right before it, however shallow, or where it is
/// 5 % higher; of valleys one after the other the lowest counts. The first peak may also be 5 % above the contour's start.
/// The last two frames hold no extremum; the parts from the contour's start and to its end count as
/// slopes too, the last one with its own sign whatever its kind; that last one is in the mean and in the number of slopes,
/// but not in the sum of squares of the standard deviation.
/// </remarks>
public static class ContourPeaks
{
    private const double RelativeThreshold = 0.1;
    private const double HigherBy = 1.05;

    /// <summary>Measures a contour; all zeros where it has no extremum or less than four values.</summary>
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
        double valley = contour[0];
        double highest = contour[0];
        for (var i = 1; i < contour.Length - 2; i++)
        {
            double value = contour[i];
            var afterPeak = found.Count > 0 && found[^1].Peak;
            var afterValley = found.Count > 0 && !found[^1].Peak;
            if (value > contour[i - 1] && value > contour[i + 1])
            {
                var rises = value - valley >= threshold;
                if (afterPeak ? (rises && value > highest) || value > HigherBy * highest : rises || (!afterValley && value > HigherBy * highest))
                {
                    Put(i, peak: true, replace: afterPeak);
                    highest = value;
                }
            }
            else if (value < contour[i - 1] && value < contour[i + 1])
            {
                if (afterValley ? value < valley : highest - value >= threshold)
                {
                    Put(i, peak: false, replace: afterValley);
                }

                valley = afterValley ? Math.Min(valley, value) : value;
            }
        }

        return found;

        void Put(int frame, bool peak, bool replace)
        {
            if (replace)
            {
                found[^1] = (frame, peak);
            }
            else
            {
                found.Add((frame, peak));
            }
        }
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
