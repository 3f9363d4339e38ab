namespace Undertone.Features.Descriptors;

/// <summary>
/// How far peaks of a spectrum stand above its valleys, in octave bands (Jiang, Lu, Zhang, Tao &amp; Cai 2002,
/// doi:10.1109/ICME.2002.1035731): great for harmonics, small for noise.
/// </summary>
public static class SpectralContrast
{
    /// <summary>Where the method is described.</summary>
    public const string Source = "Jiang et al. 2002, doi:10.1109/ICME.2002.1035731";

    private const double LowestEdge = 200;

    // The paper's neighbourhood: the means of the greatest and of the least fiftieth of a band are its peak and valley.
    private const double Share = 0.02;

    /// <summary>The bands' edges, in Hz: 0, 200, 400, 800… below half the sample rate, and that.</summary>
    /// <param name="sampleRate">In Hz.</param>
    public static double[] Edges(int sampleRate)
    {
        var edges = new List<double> { 0 };
        for (var edge = LowestEdge; edge < sampleRate / 2.0; edge *= 2)
        {
            edges.Add(edge);
        }

        return [.. edges, sampleRate / 2.0];
    }

    /// <summary>The contrast of one band, in dB.</summary>
    /// <param name="band">The band's powers; sorted in place.</param>
    /// <param name="floor">The least power; what lies below it is taken as that. Silence has a contrast of 0.</param>
    public static double Of(Span<float> band, double floor)
    {
        if (band.Length == 0)
        {
            return 0;
        }

        band.Sort();
        var count = Math.Max(1, (int)Math.Round(Share * band.Length));
        return Decibels(band[^count..]) - Decibels(band[..count]);

        double Decibels(ReadOnlySpan<float> powers)
        {
            double sum = 0;
            foreach (var power in powers)
            {
                sum += power;
            }

            return 10 * Math.Log10(Math.Max(sum / powers.Length, floor));
        }
    }
}
