namespace Undertone.Features.Functionals;

/// <summary>Mean, relative deviation and percentiles of contours.</summary>
internal static class ContourMoments
{
    /// <summary>The mean, and the standard deviation (of the population) divided by the mean, with the mean's sign.</summary>
    /// <param name="values">The values; none gives 0 and 0. A mean of 0 gives a deviation of 0.</param>
    public static (double Mean, double RelativeDeviation) Of(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return (0, 0);
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, mean == 0 ? 0 : Math.Sqrt(squares / values.Length) / mean);
    }

    /// <summary>A percentile, interpolated linearly between neighbours.</summary>
    /// <param name="sorted">The values in ascending order; none gives 0.</param>
    /// <param name="share">0 to 1.</param>
    public static double Percentile(ReadOnlySpan<float> sorted, double share)
    {
        if (sorted.IsEmpty)
        {
            return 0;
        }

        var place = share * (sorted.Length - 1);
        var low = (int)place;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((place - low) * ((double)sorted[high] - sorted[low]));
    }
}
