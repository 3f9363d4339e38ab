namespace Undertone.Features.Descriptors;

/// <summary>
/// The ratio of the geometric to the arithmetic mean of a power spectrum: 1 for noise, near 0 for tones (Gray &amp; Markel
/// 1974, doi:10.1109/TASSP.1974.1162572).
/// </summary>
public static class SpectralFlatness
{
    /// <summary>Where the method is described.</summary>
    public const string Source = "Gray & Markel 1974, doi:10.1109/TASSP.1974.1162572";

    /// <summary>Computes the ratio.</summary>
    /// <param name="power">Powers, none negative.</param>
    /// <param name="floor">The least power; what lies below it is taken as that. Silence has a flatness of 1.</param>
    public static double Of(ReadOnlySpan<float> power, double floor)
    {
        double logarithms = 0, sum = 0;
        foreach (var value in power)
        {
            var raised = Math.Max(value, floor);
            logarithms += Math.Log(raised);
            sum += raised;
        }

        return Math.Exp(logarithms / power.Length) / (sum / power.Length);
    }
}
