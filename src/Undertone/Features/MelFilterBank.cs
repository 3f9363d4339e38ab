namespace Undertone.Features;

/// <summary>
/// Triangles over the mel scale, each kept as the few frequencies where it is not zero. Between the edges f(b) and
/// f(b + 2) band b rises to f(b + 1) and falls again, linearly in Hz, as in torchaudio and librosa.
/// </summary>
public sealed class MelFilterBank
{
    private readonly FilterBank _bank;

    /// <summary>Builds the triangles.</summary>
    /// <param name="bands">How many.</param>
    /// <param name="bins">The number of frequencies from 0 Hz to half the sample rate.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="lowest">The lower edge of the lowest band, in Hz.</param>
    /// <param name="highest">The upper edge of the highest band, in Hz.</param>
    /// <param name="scale">The mel scale.</param>
    /// <param name="normalisation">The height of the triangles.</param>
    public MelFilterBank(int bands, int bins, int sampleRate, double lowest, double highest, MelScale scale, MelNormalisation normalisation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bands);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        var (low, high) = (ToMel(lowest, scale), ToMel(highest, scale));
        var edges = new double[bands + 2];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = ToHertz(low + ((high - low) * i / (bands + 1)), scale);
        }

        _bank = Triangles(edges, bins, sampleRate, normalisation);
    }

    /// <summary>The number of bands.</summary>
    public int Bands => _bank.Bands;

    /// <summary>The number of frequencies of the spectra.</summary>
    public int Bins => _bank.Bins;

    /// <summary>Mel of a frequency.</summary>
    /// <param name="hertz">In Hz.</param>
    /// <param name="scale">The formula.</param>
    public static double ToMel(double hertz, MelScale scale) => scale switch
    {
        MelScale.Htk => 2595 * Math.Log10(1 + (hertz / 700)),
        _ => hertz < 1000 ? hertz * 3 / 200 : 15 + (Math.Log(hertz / 1000) / (Math.Log(6.4) / 27)),
    };

    /// <summary>The frequency of a mel, in Hz.</summary>
    /// <param name="mel">In mel.</param>
    /// <param name="scale">The formula.</param>
    public static double ToHertz(double mel, MelScale scale) => scale switch
    {
        MelScale.Htk => 700 * (Math.Pow(10, mel / 2595) - 1),
        _ => mel < 15 ? mel * 200 / 3 : 1000 * Math.Exp(Math.Log(6.4) / 27 * (mel - 15)),
    };

    /// <summary>The weight of a frequency in a band.</summary>
    /// <param name="band">From 0.</param>
    /// <param name="bin">From 0 (0 Hz).</param>
    public float Weight(int band, int bin) => _bank.Weight(band, bin);

    /// <summary>The bank as spectrograms take it.</summary>
    internal FilterBank Weights => _bank;

    /// <summary>Triangles of which band b rises from edge b to edge b + 1 and falls to edge b + 2.</summary>
    internal static FilterBank Triangles(double[] edges, int bins, int sampleRate, MelNormalisation normalisation) =>
        new(edges.Length - 2, bins, (band, bin) =>
        {
            var (left, centre, right) = (edges[band], edges[band + 1], edges[band + 2]);
            var height = normalisation == MelNormalisation.Slaney ? 2 / (right - left) : 1;
            var frequency = sampleRate / 2.0 * bin / (bins - 1);
            return Math.Max(0, height * Math.Min((frequency - left) / (centre - left), (right - frequency) / (right - centre)));
        });
}
