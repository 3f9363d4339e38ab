using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Undertone.Features;

/// <summary>
/// Triangles over the mel scale, each kept as the few frequencies where it is not zero. Between the edges f(b) and
/// f(b + 2) band b rises to f(b + 1) and falls again, linearly in Hz, as in torchaudio and librosa.
/// </summary>
public sealed class MelFilterBank
{
    private readonly int[] _firstBin;
    private readonly int[] _firstWeight;
    private readonly float[] _weights;

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
        Bands = bands;
        Bins = bins;
        var (low, high) = (ToMel(lowest, scale), ToMel(highest, scale));
        var edges = new double[bands + 2];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = ToHertz(low + ((high - low) * i / (bands + 1)), scale);
        }

        _firstBin = new int[bands];
        _firstWeight = new int[bands + 1];
        var weights = new List<float>();
        for (var band = 0; band < bands; band++)
        {
            var (left, centre, right) = (edges[band], edges[band + 1], edges[band + 2]);
            var height = normalisation == MelNormalisation.Slaney ? 2 / (right - left) : 1;
            for (var bin = 0; bin < bins; bin++)
            {
                var frequency = sampleRate / 2.0 * bin / (bins - 1);
                var weight = (float)(height * Math.Min((frequency - left) / (centre - left), (right - frequency) / (right - centre)));
                if (weight > 0)
                {
                    if (weights.Count == _firstWeight[band])
                    {
                        _firstBin[band] = bin;
                    }

                    weights.Add(weight);
                }
            }

            _firstWeight[band + 1] = weights.Count;
        }

        _weights = [.. weights];
    }

    /// <summary>The number of bands.</summary>
    public int Bands { get; }

    /// <summary>The number of frequencies of the spectra.</summary>
    public int Bins { get; }

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
    public float Weight(int band, int bin)
    {
        var at = bin - _firstBin[band] + _firstWeight[band];
        return at >= _firstWeight[band] && at < _firstWeight[band + 1] ? _weights[at] : 0;
    }

    /// <summary>Sums spectra into bands.</summary>
    /// <param name="spectrum"><see cref="Bins"/> lanes.</param>
    /// <param name="energies">Receives <see cref="Bands"/> lanes.</param>
    internal void Apply<T>(ReadOnlySpan<T> spectrum, Span<T> energies)
        where T : struct, ILane<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(spectrum.Length, Bins, nameof(spectrum));
        ref var from = ref MemoryMarshal.GetReference(spectrum);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        for (var band = 0; band < Bands; band++)
        {
            T even = default, odd = default;
            ref var bin = ref Unsafe.Add(ref from, _firstBin[band]);
            var (at, end) = (_firstWeight[band], _firstWeight[band + 1]);
            for (; at + 1 < end; at += 2)
            {
                even = T.MultiplyAdd(bin, Unsafe.Add(ref weights, at), even);
                odd = T.MultiplyAdd(Unsafe.Add(ref bin, 1), Unsafe.Add(ref weights, at + 1), odd);
                bin = ref Unsafe.Add(ref bin, 2);
            }

            energies[band] = at < end ? T.MultiplyAdd(bin, Unsafe.Add(ref weights, at), even) + odd : even + odd;
        }
    }
}
