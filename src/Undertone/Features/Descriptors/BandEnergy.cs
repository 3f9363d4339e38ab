using System.Numerics;

namespace Undertone.Features.Descriptors;

/// <summary>
/// The power of a band of a spectrum, over the number of frequencies (as in the ComParE sets, Weninger et al. 2013,
/// doi:10.3389/fpsyg.2013.00292). A frequency at the upper edge counts by its share of the step that lies below the edge.
/// </summary>
internal sealed class BandEnergy
{
    private readonly int _first;
    private readonly int _last;
    private readonly float _lastShare;

    /// <summary>Makes it.</summary>
    /// <param name="resolution">The distance between frequencies in Hz.</param>
    /// <param name="lowest">The lower edge in Hz.</param>
    /// <param name="highest">The upper edge in Hz.</param>
    public BandEnergy(double resolution, double lowest, double highest)
    {
        _first = (int)Math.Ceiling(lowest / resolution);
        _last = (int)(highest / resolution);
        var share = (highest / resolution) - _last;
        _lastShare = share == 0 ? 1 : (float)share;
    }

    /// <summary>The power.</summary>
    /// <param name="power">Power spectra from 0 Hz up, one lane a frequency.</param>
    public Vector<float> Of(ReadOnlySpan<VectorLane> power)
    {
        var sum = power[_last].Value * new Vector<float>(_lastShare);
        foreach (var bin in power[_first.._last])
        {
            sum += bin.Value;
        }

        return sum * new Vector<float>(1f / (power.Length - 1));
    }
}
