using System.Numerics;

namespace Undertone.Features;

/// <summary>Changes of features over time, estimated as <see cref="DeltaMethod"/> says; in units a frame.</summary>
public static class Deltas
{
    /// <summary>Puts deltas behind the features.</summary>
    /// <param name="features">F frames × D.</param>
    /// <param name="order">0, 1 (F × 2D) or 2 (F × 3D: features, deltas, deltas of second order).</param>
    /// <param name="method">How.</param>
    /// <param name="width">The number of frames looked at, odd, at least 3.</param>
    /// <returns>A new matrix.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order or the width is impossible.</exception>
    public static FeatureMatrix Append(FeatureMatrix features, int order = 1, DeltaMethod method = DeltaMethod.Regression, int width = 5)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 3);
        ArgumentOutOfRangeException.ThrowIfZero(width % 2, nameof(width));
        var dimensions = features.Dimensions * (1 + order);
        var values = new float[checked(features.Frames * dimensions)];
        for (var frame = 0; frame < features.Frames; frame++)
        {
            features[frame].CopyTo(values.AsSpan(frame * dimensions));
        }

        Fill(values, features.Frames, features.Dimensions, order, method, width);
        return new FeatureMatrix(values, features.Frames, dimensions);
    }

    /// <summary>Computes the deltas of frames that leave room for them.</summary>
    /// <param name="values">Frames of (1 + order) · base values, the first base of each being filled.</param>
    /// <param name="frames">The number of frames.</param>
    /// <param name="dimensions">The number of base values a frame.</param>
    /// <param name="order">0, 1 or 2.</param>
    /// <param name="method">How.</param>
    /// <param name="width">The number of frames looked at.</param>
    internal static void Fill(Span<float> values, int frames, int dimensions, int order, DeltaMethod method, int width)
    {
        var stride = dimensions * (1 + order);
        for (var level = 1; level <= order; level++)
        {
            if (method == DeltaMethod.Regression)
            {
                Convolve(values, frames, stride, (level - 1) * dimensions, level * dimensions, dimensions, Slope(width), repeatEnds: true);
                continue;
            }

            var fitting = Math.Min(width, frames % 2 == 1 ? frames : frames - 1);
            var weights = fitting < 3 ? new float[1] : level == 1 ? Slope(fitting) : Curvature(fitting);
            Convolve(values, frames, stride, 0, level * dimensions, dimensions, weights, repeatEnds: false);
        }
    }

    /// <summary>Weights of the slope of a straight line fitted by least squares: k / Σk².</summary>
    private static float[] Slope(int width)
    {
        var half = width / 2;
        var squares = half * (half + 1.0) * ((2 * half) + 1) / 3;
        return [.. Enumerable.Range(-half, width).Select(k => (float)(k / squares))];
    }

    /// <summary>Weights of the second derivative of a parabola fitted by least squares.</summary>
    private static float[] Curvature(int width)
    {
        var offsets = Enumerable.Range(-(width / 2), width).Select(k => (double)k * k).ToArray();
        var mean = offsets.Average();
        var squares = offsets.Sum(o => (o - mean) * (o - mean));
        return [.. offsets.Select(o => (float)(2 * (o - mean) / squares))];
    }

    private static void Convolve(Span<float> values, int frames, int stride, int from, int to, int dimensions, float[] weights, bool repeatEnds)
    {
        var half = weights.Length / 2;
        for (var frame = 0; frame < frames; frame++)
        {
            var centre = repeatEnds ? frame : Math.Clamp(frame, half, frames - 1 - half);
            var target = values.Slice((frame * stride) + to, dimensions);
            var d = 0;
            for (; d + Vector<float>.Count <= dimensions; d += Vector<float>.Count)
            {
                var sum = Vector<float>.Zero;
                for (var k = 0; k < weights.Length; k++)
                {
                    var row = Math.Clamp(centre + k - half, 0, frames - 1);
                    sum = Vector.FusedMultiplyAdd(new Vector<float>(values[((row * stride) + from + d)..]), new Vector<float>(weights[k]), sum);
                }

                sum.CopyTo(target[d..]);
            }

            for (; d < dimensions; d++)
            {
                var sum = 0f;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum = MathF.FusedMultiplyAdd(values[(Math.Clamp(centre + k - half, 0, frames - 1) * stride) + from + d], weights[k], sum);
                }

                target[d] = sum;
            }
        }
    }
}
