namespace Undertone.Features.Descriptors;

/// <summary>
/// Gammatone filters of fourth order as power responses over frequency (Patterson, Holdsworth, Nimmo-Smith &amp; Rice 1988,
/// "SVOS final report: the auditory filterbank", APU report 2341), with the bandwidths of human hearing (Glasberg &amp; Moore
/// 1990, doi:10.1016/0378-5955(90)90170-T).
/// </summary>
public static class GammatoneFilters
{
    /// <summary>Where the bandwidths are described.</summary>
    public const string Source = "Glasberg & Moore 1990, doi:10.1016/0378-5955(90)90170-T";

    // Below this a filter passes nothing that could be told from its neighbours' share.
    private const double Least = 1e-6;

    /// <summary>The equivalent rectangular bandwidth of the auditory filter at a frequency: 24.7 · (4.37 f / 1000 + 1), both in Hz.</summary>
    /// <param name="hertz">The filter's centre, in Hz.</param>
    public static double Bandwidth(double hertz) => 24.7 * ((4.37 * hertz / 1000) + 1);

    /// <summary>Centres that are evenly spaced in equivalent rectangular bandwidths, half a step inside the ends.</summary>
    /// <param name="channels">How many.</param>
    /// <param name="lowest">The lower end, in Hz.</param>
    /// <param name="highest">The upper end, in Hz.</param>
    /// <returns>Frequencies in Hz, rising.</returns>
    public static double[] Centres(int channels, double lowest, double highest)
    {
        var (low, high) = (Rate(lowest), Rate(highest));
        return [.. Enumerable.Range(0, channels).Select(i => (Math.Pow(10, (low + ((high - low) * (i + 0.5) / channels)) / 21.4) - 1) / 0.00437)];

        static double Rate(double hertz) => 21.4 * Math.Log10(1 + (0.00437 * hertz));
    }

    /// <summary>The power that a filter passes: (1 + ((f − centre) / b)²)⁻⁴ with b = 1.019 bandwidths; 1 at its centre.</summary>
    /// <param name="hertz">The frequency f, in Hz.</param>
    /// <param name="centre">The filter's centre, in Hz.</param>
    public static double Power(double hertz, double centre)
    {
        var distance = (hertz - centre) / (1.019 * Bandwidth(centre));
        var passed = Math.Pow(1 + (distance * distance), -4);
        return passed < Least ? 0 : passed;
    }
}
