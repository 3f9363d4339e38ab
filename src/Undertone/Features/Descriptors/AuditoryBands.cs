using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// Sums power spectra into mel bands whose triangles are linear in mel, as in HTK (Young et al., The HTK Book, 2006,
/// section 5.4): every frequency gives its power to the two bands around it, in shares that add up to one. The frequency
/// beside 0 Hz counts only from half a step above the lower edge, as HTK rounds it.
/// </summary>
internal sealed class AuditoryBands
{
    private readonly int _firstBin;
    private readonly int[] _band;
    private readonly float[] _share;

    /// <summary>Makes the bands.</summary>
    /// <param name="bands">How many.</param>
    /// <param name="bins">The number of frequencies from 0 Hz to half the sample rate.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="lowest">The lower edge of the lowest band, in Hz.</param>
    /// <param name="highest">The upper edge of the highest band, in Hz.</param>
    public AuditoryBands(int bands, int bins, int sampleRate, double lowest, double highest)
    {
        Bands = bands;
        var resolution = sampleRate / 2.0 / (bins - 1);
        var (low, high) = (MelFilterBank.ToMel(lowest, MelScale.Htk), MelFilterBank.ToMel(highest, MelScale.Htk));
        var width = (high - low) / (bands + 1);
        _firstBin = (int)((lowest / resolution) + 1.5);
        var last = Math.Min(bins - 1, (int)((highest / resolution) - 0.5));
        _band = new int[last - _firstBin + 1];
        _share = new float[_band.Length];
        for (var i = 0; i < _band.Length; i++)
        {
            // Between the centres of bands b − 1 and b: the share of band b.
            var place = (MelFilterBank.ToMel((_firstBin + i) * resolution, MelScale.Htk) - low) / width;
            _band[i] = Math.Min((int)place, bands);
            _share[i] = (float)(place - _band[i]);
        }

        Centres = new double[bands];
        for (var band = 0; band < bands; band++)
        {
            Centres[band] = MelFilterBank.ToHertz(low + ((band + 1) * width), MelScale.Htk);
        }
    }

    /// <summary>The number of bands.</summary>
    public int Bands { get; }

    /// <summary>The bands' centres in Hz.</summary>
    public double[] Centres { get; }

    /// <summary>Sums.</summary>
    /// <param name="power">Power spectra, one lane a frequency.</param>
    /// <param name="energies">Receives <see cref="Bands"/> lanes.</param>
    public void Apply(ReadOnlySpan<VectorLane> power, Span<VectorLane> energies)
    {
        var next = 0;
        var (rising, falling) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var i = 0; i < _band.Length; i++)
        {
            while (_band[i] > next)
            {
                if (next > 0)
                {
                    energies[next - 1] = new VectorLane(falling);
                }

                (falling, rising) = (rising, Vector<float>.Zero);
                next++;
            }

            // "rising" gathers band number next, "falling" the one below it.
            var value = power[_firstBin + i].Value;
            var part = value * new Vector<float>(_share[i]);
            rising += part;
            falling += value - part;
        }

        while (next <= Bands)
        {
            if (next > 0)
            {
                energies[next - 1] = new VectorLane(falling);
            }

            (falling, rising) = (rising, Vector<float>.Zero);
            next++;
        }
    }
}
