using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Undertone.Models.Networks;

namespace Undertone.Models.Mixtures;

/// <summary>
/// Sufficient statistics of Gaussians: how many frames each explains, and the weighted sums of the frames' deviations
/// from the present means and of their squares. Deviations, and not the frames themselves, keep their digits where a
/// mean is large beside the spread.
/// </summary>
internal sealed class GaussianStatistics
{
    private readonly DiagonalGaussians _gaussians;
    private readonly int _stride;
    private readonly double[] _occupancy;
    private readonly Vector256<double>[] _first;
    private readonly Vector256<double>[] _second;

    /// <summary>Begins with nothing.</summary>
    /// <param name="gaussians">The present Gaussians.</param>
    public GaussianStatistics(DiagonalGaussians gaussians)
    {
        _gaussians = gaussians;
        _stride = PackedFrames.StrideOf(gaussians.Dimensions);
        _occupancy = new double[gaussians.Count];
        _first = new Vector256<double>[gaussians.Count * _stride];
        _second = new Vector256<double>[gaussians.Count * _stride];
    }

    /// <summary>The number of frames that each Gaussian explains, in parts of frames.</summary>
    public IReadOnlyList<double> Occupancy => _occupancy;

    /// <summary>Adds a part of a frame.</summary>
    /// <param name="k">The Gaussian.</param>
    /// <param name="share">How much of the frame it explains.</param>
    /// <param name="frame">The frame, padded.</param>
    public void Add(int k, double share, ReadOnlySpan<Vector256<double>> frame)
    {
        _occupancy[k] += share;
        var mean = _gaussians.Mean(k);
        var first = _first.AsSpan(k * _stride, frame.Length);
        var second = _second.AsSpan(k * _stride, frame.Length);
        var weight = Vector256.Create(share);
        for (var v = 0; v < frame.Length; v++)
        {
            var difference = frame[v] - mean[v];
            var weighted = weight * difference;
            first[v] += weighted;
            second[v] += weighted * difference;
        }
    }

    /// <summary>The weighted mean and variance of what a Gaussian explains.</summary>
    /// <param name="k">The Gaussian; its occupancy must be above 0.</param>
    /// <param name="floor">The least variance of each dimension.</param>
    public (double[] Mean, double[] Variance) Moments(int k, IReadOnlyList<double> floor)
    {
        var old = MemoryMarshal.Cast<Vector256<double>, double>(_gaussians.Mean(k));
        var first = MemoryMarshal.Cast<Vector256<double>, double>(_first.AsSpan(k * _stride, _stride));
        var second = MemoryMarshal.Cast<Vector256<double>, double>(_second.AsSpan(k * _stride, _stride));
        var (mean, variance) = (new double[_gaussians.Dimensions], new double[_gaussians.Dimensions]);
        for (var d = 0; d < mean.Length; d++)
        {
            var shift = first[d] / _occupancy[k];
            mean[d] = old[d] + shift;
            variance[d] = Math.Max((second[d] / _occupancy[k]) - (shift * shift), floor[d]);
        }

        return (mean, variance);
    }
}
