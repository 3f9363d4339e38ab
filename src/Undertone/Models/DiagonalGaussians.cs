using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Undertone.Models;

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
        for (var k = 0; k < target.Length; k++)
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
}
