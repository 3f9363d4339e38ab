namespace Undertone.Features.Descriptors;

/// <summary>
/// How fast the loudness of a band comes and goes: the power of its envelope in octave bands about 4, 8, 16… Hz (Wu, Falk &amp;
/// Chan 2011, doi:10.1016/j.specom.2010.08.013).
/// </summary>
public static class ModulationFilters
{
    /// <summary>Where the method is described.</summary>
    public const string Source = "Wu, Falk & Chan 2011, doi:10.1016/j.specom.2010.08.013";

    private const double LowestCentre = 4;
    private const double Quality = 2;

    /// <summary>The centre of a modulation band, in Hz: 4, 8, 16…</summary>
    /// <param name="band">From 0.</param>
    public static double Centre(int band) => LowestCentre * Math.Pow(2, band);

    /// <summary>The power that a second-order band-pass of quality 2 passes, 1 at its centre.</summary>
    /// <param name="hertz">The modulation frequency, in Hz.</param>
    /// <param name="centre">The band's centre, in Hz.</param>
    public static double Power(double hertz, double centre)
    {
        if (hertz <= 0)
        {
            return 0;
        }

        var detuning = Quality * ((hertz / centre) - (centre / hertz));
        return 1 / (1 + (detuning * detuning));
    }
}
