using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Undertone.Features.Functionals;

/// <summary>
/// The covariance of frames as one point (Tuzel, Porikli &amp; Meer 2006, doi:10.1007/11744047_45), by its matrix logarithm,
/// in which distances and means are those of a plane (Arsigny et al. 2006, doi:10.1002/mrm.20965). Each frame is stacked
/// with later ones first, so that the covariance says how descriptors follow each other too.
/// </summary>
public static class LogEuclideanCovariance
{
    /// <summary>Where the method is described.</summary>
    public const string Source = "Tuzel, Porikli & Meer 2006, doi:10.1007/11744047_45; Arsigny et al. 2006, doi:10.1002/mrm.20965";

    /// <summary>The number of values that a covariance of so many descriptors has: its upper triangle.</summary>
    /// <param name="width">The number of stacked descriptors.</param>
    public static int Count(int width) => width * (width + 1) / 2;

    /// <summary>Computes the logarithm.</summary>
    /// <param name="frames">F frames × D, finite. They are taken as a loop, so that each stands as often at each lag.</param>
    /// <param name="lags">L lags that each frame is stacked with, 0 for the frame itself.</param>
    /// <param name="floor">What is added to every variance, above 0: it bounds the logarithm where descriptors depend on each other.</param>
    /// <param name="to">Receives the upper triangle row by row, <see cref="Count"/> values of L · D.</param>
    public static void Of(FeatureMatrix frames, IReadOnlyList<int> lags, double floor, Span<float> to)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(lags);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(floor);
        var (count, depth) = (frames.Frames, frames.Dimensions);
        var width = depth * lags.Count;
        ArgumentOutOfRangeException.ThrowIfNotEqual(to.Length, Count(width), nameof(to));

        var centred = Centred(frames);
        var covariance = new double[width * width];
        var stacked = new double[width];
        for (var frame = 0; frame < count; frame++)
        {
            for (var l = 0; l < lags.Count; l++)
            {
                Array.Copy(centred, (frame + lags[l]) % count * depth, stacked, l * depth, depth);
            }

            for (var i = 0; i < width; i++)
            {
                var value = stacked[i];
                var row = covariance.AsSpan(i * width, width);
                for (var j = i; j < width; j++)
                {
                    row[j] += value * stacked[j];
                }
            }
        }

        var matrix = Matrix<double>.Build.Dense(
            width, width, (i, j) => (covariance[(Math.Min(i, j) * width) + Math.Max(i, j)] / count) + (i == j ? floor : 0));
        var eigen = matrix.Evd(Symmetricity.Symmetric);
        var vectors = eigen.EigenVectors.AsColumnMajorArray() ?? eigen.EigenVectors.ToColumnMajorArray();

        // What rounding leaves below the floor is the floor.
        double[] logs = [.. eigen.EigenValues.Select(v => Math.Log(Math.Max(v.Real, floor)))];
        var sums = new double[to.Length];
        for (var k = 0; k < width; k++)
        {
            var vector = vectors.AsSpan(k * width, width);
            var at = 0;
            for (var i = 0; i < width; i++)
            {
                var factor = logs[k] * vector[i];
                for (var j = i; j < width; j++)
                {
                    sums[at++] += factor * vector[j];
                }
            }
        }

        for (var i = 0; i < sums.Length; i++)
        {
            to[i] = (float)sums[i];
        }
    }

    private static double[] Centred(FeatureMatrix frames)
    {
        var (count, depth) = (frames.Frames, frames.Dimensions);
        var centred = new double[count * depth];
        for (var d = 0; d < depth; d++)
        {
            var mean = 0.0;
            for (var frame = 0; frame < count; frame++)
            {
                mean += frames.Values[(frame * depth) + d];
            }

            mean /= count;
            for (var frame = 0; frame < count; frame++)
            {
                centred[(frame * depth) + d] = frames.Values[(frame * depth) + d] - mean;
            }
        }

        return centred;
    }
}
