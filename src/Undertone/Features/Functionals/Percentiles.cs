using System.Globalization;

namespace Undertone.Features.Functionals;

/// <summary>
/// The quartiles, the distances between them, percentiles, and the distance between the first and the last of these.
/// Between two values of the sorted contour it is interpolated linearly (Hyndman &amp; Fan 1996, definition 7,
/// doi:10.1080/00031305.1996.10473566).
/// </summary>
/// <param name="Percents">The percentiles, ascending: 1 and 99.</param>
public sealed record Percentiles(params double[] Percents) : Functional
{
    private const string Source = "Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566";

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureDescription> Describe(string unit) =>
    [
        .. new[] { "quartile1", "quartile2", "quartile3", "iqr1-2", "iqr2-3", "iqr1-3" }.Select(n => new FeatureDescription(n, unit, Source)),
        .. Percents.Select(p => new FeatureDescription($"percentile{p.ToString("0.0", CultureInfo.InvariantCulture)}", unit, Source)),
        new($"pctlrange0-{Percents.Length - 1}", unit, Source),
    ];

    /// <inheritdoc/>
    public override void Compute(Contour contour, Span<double> to)
    {
        ArgumentNullException.ThrowIfNull(contour);
        var sorted = contour.Sorted;
        var (first, second, third) = (At(sorted, 25), At(sorted, 50), At(sorted, 75));
        (to[0], to[1], to[2]) = (first, second, third);
        (to[3], to[4], to[5]) = (second - first, third - second, third - first);
        for (var p = 0; p < Percents.Length; p++)
        {
            to[6 + p] = At(sorted, Percents[p]);
        }

        to[6 + Percents.Length] = to[5 + Percents.Length] - to[6];
    }

    private static double At(ReadOnlySpan<float> sorted, double percent)
    {
        var place = percent / 100 * (sorted.Length - 1);
        var low = (int)place;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((place - low) * ((double)sorted[high] - sorted[low]));
    }
}
