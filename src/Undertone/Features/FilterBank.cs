using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Undertone.Features;

/// <summary>Weighted sums of spectra: each band is kept as the run of frequencies from its first to its last weight that is not zero.</summary>
internal sealed class FilterBank
{
    private readonly int[] _firstBin;
    private readonly int[] _firstWeight;
    private readonly float[] _weights;

    /// <summary>Takes the weights of each band at each frequency.</summary>
    public FilterBank(int bands, int bins, Func<int, int, double> weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bands);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        (Bands, Bins) = (bands, bins);
        _firstBin = new int[bands];
        _firstWeight = new int[bands + 1];
        var weights = new List<float>();
        for (var band = 0; band < bands; band++)
        {
            var row = Enumerable.Range(0, bins).Select(bin => (float)weight(band, bin)).ToArray();
            var first = Array.FindIndex(row, w => w != 0);
            if (first >= 0)
            {
                _firstBin[band] = first;
                weights.AddRange(row[first..(Array.FindLastIndex(row, w => w != 0) + 1)]);
            }

            _firstWeight[band + 1] = weights.Count;
        }

        _weights = [.. weights];
    }

    public int Bands { get; }

    public int Bins { get; }

    /// <summary>The spectra themselves: band b is frequency b.</summary>
    public static FilterBank Spectrum(int bins) => new(bins, bins, (band, bin) => band == bin ? 1 : 0);

    public float Weight(int band, int bin)
    {
        var at = bin - _firstBin[band] + _firstWeight[band];
        return at >= _firstWeight[band] && at < _firstWeight[band + 1] ? _weights[at] : 0;
    }

    /// <summary>Sums spectra of <see cref="Bins"/> lanes into <see cref="Bands"/> lanes.</summary>
    public void Apply<T>(ReadOnlySpan<T> spectrum, Span<T> energies)
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
