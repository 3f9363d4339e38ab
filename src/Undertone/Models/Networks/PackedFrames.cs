using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Undertone.Features;

namespace Undertone.Models.Networks;

/// <summary>
/// The frames of several sequences as rows of doubles, padded with zeros to whole vectors of four: what mixtures are
/// estimated on. Double precision keeps the likelihood of long sequences rising to the last digits.
/// </summary>
internal sealed class PackedFrames
{
    private readonly double[] _values;
    private readonly int[] _starts;

    private PackedFrames(double[] values, int[] starts, int dimensions)
    {
        _values = values;
        _starts = starts;
        Dimensions = dimensions;
        Stride = StrideOf(dimensions);
    }

    /// <summary>The number of frames.</summary>
    public int Count => _starts[^1];

    /// <summary>The number of values a frame.</summary>
    public int Dimensions { get; }

    /// <summary>The number of vectors a row.</summary>
    public int Stride { get; }

    /// <summary>The number of sequences.</summary>
    public int Sequences => _starts.Length - 1;

    /// <summary>One frame.</summary>
    /// <param name="frame">Its index over all sequences.</param>
    public ReadOnlySpan<Vector256<double>> this[int frame] =>
        MemoryMarshal.Cast<double, Vector256<double>>(_values.AsSpan(frame * Stride * Vector256<double>.Count, Stride * Vector256<double>.Count));

    /// <summary>Packs sequences.</summary>
    /// <param name="sequences">At least one, together with at least one frame.</param>
    /// <param name="dimensions">The expected number of values a frame; null for the first sequence's.</param>
    /// <exception cref="UndertoneException">There is no frame, the dimensions differ, or a value is not finite.</exception>
    public static PackedFrames From(IReadOnlyList<FeatureMatrix> sequences, int? dimensions = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var frames = sequences.Sum(s => (long)s.Frames);
        if (frames == 0)
        {
            throw new UndertoneException("a mixture cannot be learned from no frames; expected at least one.");
        }

        var width = dimensions ?? sequences[0].Dimensions;
        var padded = StrideOf(width) * Vector256<double>.Count;
        var values = new double[checked(frames * padded)];
        var starts = new int[sequences.Count + 1];
        for (var s = 0; s < sequences.Count; s++)
        {
            var sequence = sequences[s];
            if (sequence.Dimensions != width)
            {
                throw new UndertoneException($"sequence {s} has {sequence.Dimensions} values a frame; expected {width}.");
            }

            for (var f = 0; f < sequence.Frames; f++)
            {
                var target = values.AsSpan((starts[s] + f) * padded, width);
                var source = sequence[f];
                for (var d = 0; d < width; d++)
                {
                    target[d] = float.IsFinite(source[d])
                        ? source[d]
                        : throw new UndertoneException($"sequence {s} has the value {source[d]} in frame {f}, dimension {d}; expected finite numbers.");
                }
            }

            starts[s + 1] = starts[s] + sequence.Frames;
        }

        return new PackedFrames(values, starts, width);
    }

    /// <summary>The frames of one sequence: from the first to before the second.</summary>
    /// <param name="sequence">Its index.</param>
    public (int Start, int End) Range(int sequence) => (_starts[sequence], _starts[sequence + 1]);

    /// <summary>The mean of every dimension, padded.</summary>
    public double[] Mean()
    {
        var sums = new double[Stride * Vector256<double>.Count];
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(sums.AsSpan());
        for (var f = 0; f < Count; f++)
        {
            var frame = this[f];
            for (var v = 0; v < vectors.Length; v++)
            {
                vectors[v] += frame[v];
            }
        }

        return Array.ConvertAll(sums, s => s / Count);
    }

    /// <summary>
    /// The least variance that a Gaussian of these frames may have: a share of the frames' own, and in a dimension
    /// that does not vary a trifle, so that densities stay finite.
    /// </summary>
    /// <param name="share">The share, at least 0.</param>
    /// <returns>One value a dimension.</returns>
    public double[] VarianceFloor(double share)
    {
        var mean = Mean();
        var squares = new double[mean.Length];
        var centre = MemoryMarshal.Cast<double, Vector256<double>>(mean.AsSpan());
        var sums = MemoryMarshal.Cast<double, Vector256<double>>(squares.AsSpan());
        for (var f = 0; f < Count; f++)
        {
            var frame = this[f];
            for (var v = 0; v < sums.Length; v++)
            {
                var difference = frame[v] - centre[v];
                sums[v] += difference * difference;
            }
        }

        return [.. Enumerable.Range(0, Dimensions).Select(d => Math.Max(share * squares[d] / Count, 1e-9 * (1 + (mean[d] * mean[d]))))];
    }

    /// <summary>The number of vectors that hold a row.</summary>
    public static int StrideOf(int dimensions) => (dimensions + Vector256<double>.Count - 1) / Vector256<double>.Count;
}
