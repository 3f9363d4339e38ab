using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Undertone.Models.Networks;

namespace Undertone.Models.Mixtures;

/// <summary>
/// Several Gaussians with diagonal covariance, laid out so that a frame's densities under all of them are computed four
/// dimensions at a time. Immutable.
/// </summary>
internal sealed class DiagonalGaussians
{
    private readonly Vector256<double>[] _means;
    private readonly Vector256<double>[] _precisions;
    private readonly double[] _constants;
    private readonly int _stride;

    /// <summary>Makes the Gaussians.</summary>
    /// <param name="means">K × D.</param>
    /// <param name="variances">K × D, each above 0.</param>
    public DiagonalGaussians(IReadOnlyList<double[]> means, IReadOnlyList<double[]> variances)
    {
        Count = means.Count;
        Dimensions = means[0].Length;
        _stride = PackedFrames.StrideOf(Dimensions);
        _means = new Vector256<double>[Count * _stride];
        _precisions = new Vector256<double>[Count * _stride];
        _constants = new double[Count];
        for (var k = 0; k < Count; k++)
        {
            var mean = MemoryMarshal.Cast<Vector256<double>, double>(_means.AsSpan(k * _stride, _stride));
            var precision = MemoryMarshal.Cast<Vector256<double>, double>(_precisions.AsSpan(k * _stride, _stride));
            var logs = 0.0;
            for (var d = 0; d < Dimensions; d++)
            {
                mean[d] = means[k][d];
                precision[d] = 1 / variances[k][d];
                logs += Math.Log(2 * Math.PI * variances[k][d]);
            }

            _constants[k] = -0.5 * logs;
        }
    }

    /// <summary>The number of Gaussians, K.</summary>
    public int Count { get; }

    /// <summary>The number of dimensions, D.</summary>
    public int Dimensions { get; }

    /// <summary>The mean of one Gaussian, padded.</summary>
    /// <param name="k">Its index.</param>
    public ReadOnlySpan<Vector256<double>> Mean(int k) => _means.AsSpan(k * _stride, _stride);

    /// <summary>The logarithms of a frame's densities.</summary>
    /// <param name="frame">The frame, padded.</param>
    /// <param name="target">K values.</param>
    public void LogDensities(ReadOnlySpan<Vector256<double>> frame, Span<double> target)
    {
        var k = 0;
        for (; k + 4 <= target.Length; k += 4)
        {
            Four(frame, k, target.Slice(k, 4));
        }

        for (; k < target.Length; k++)
        {
            var mean = _means.AsSpan(k * _stride, frame.Length);
            var precision = _precisions.AsSpan(k * _stride, frame.Length);
            var sum = Vector256<double>.Zero;
            for (var v = 0; v < frame.Length; v++)
            {
                var difference = frame[v] - mean[v];
                sum += difference * difference * precision[v];
            }

            target[k] = _constants[k] - (0.5 * Vector256.Sum(sum));
        }
    }

    /// <summary>Four sums at once: each alone would wait for its last addition.</summary>
    private void Four(ReadOnlySpan<Vector256<double>> frame, int k, Span<double> target)
    {
        var means = _means.AsSpan(k * _stride, 4 * _stride);
        var precisions = _precisions.AsSpan(k * _stride, 4 * _stride);
        ReadOnlySpan<Vector256<double>> m0 = means[..frame.Length], m1 = means.Slice(_stride, frame.Length);
        ReadOnlySpan<Vector256<double>> m2 = means.Slice(2 * _stride, frame.Length), m3 = means.Slice(3 * _stride, frame.Length);
        ReadOnlySpan<Vector256<double>> p0 = precisions[..frame.Length], p1 = precisions.Slice(_stride, frame.Length);
        ReadOnlySpan<Vector256<double>> p2 = precisions.Slice(2 * _stride, frame.Length), p3 = precisions.Slice(3 * _stride, frame.Length);
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (var v = 0; v < frame.Length; v++)
        {
            var x = frame[v];
            Vector256<double> d0 = x - m0[v], d1 = x - m1[v], d2 = x - m2[v], d3 = x - m3[v];
            s0 += d0 * d0 * p0[v];
            s1 += d1 * d1 * p1[v];
            s2 += d2 * d2 * p2[v];
            s3 += d3 * d3 * p3[v];
        }

        target[0] = _constants[k] - (0.5 * Vector256.Sum(s0));
        target[1] = _constants[k + 1] - (0.5 * Vector256.Sum(s1));
        target[2] = _constants[k + 2] - (0.5 * Vector256.Sum(s2));
        target[3] = _constants[k + 3] - (0.5 * Vector256.Sum(s3));
    }
}
