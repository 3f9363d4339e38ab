namespace Undertone.Features.Descriptors;

/// <summary>
/// How much neighbouring magnitudes of a spectrum differ: the squares of the differences of neighbours over the squares of
/// the magnitudes (Jensen 1999, "Timbre models of musical sounds", PhD thesis, University of Copenhagen). 0 for a flat
/// spectrum, near 2 for lone peaks.
/// </summary>
public static class SpectralIrregularity
{
    /// <summary>Where the method is described.</summary>
    public const string Source = "Jensen 1999, Timbre models of musical sounds, University of Copenhagen";

    /// <summary>Computes the ratio; 0 where all is silent. Beyond its last magnitude the spectrum is zero.</summary>
    /// <param name="magnitudes">Magnitudes, none negative.</param>
    public static double Of(ReadOnlySpan<float> magnitudes)
    {
        double differences = 0, squares = 0;
        for (var bin = 0; bin < magnitudes.Length; bin++)
        {
            double here = magnitudes[bin], next = bin + 1 < magnitudes.Length ? magnitudes[bin + 1] : 0;
            differences += (here - next) * (here - next);
            squares += here * here;
        }

        return squares > 0 ? differences / squares : 0;
    }
}
