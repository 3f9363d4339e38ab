using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Undertone.Torch.Kernels.VectorMath;

namespace Undertone.Torch.Kernels;

/// <summary>
/// Batch normalisation, rectifier (or none) and max-pooling in one walk over a channels-last tensor. Taken one by one these
/// three read and write the largest tensors of a CNN seven times and cost more than its convolutions. Frames beyond
/// an utterance's length are neither counted in the statistics nor written: they come out as zero, so a padded batch
/// gives what each utterance alone would give.
/// </summary>
/// <remarks>
/// Memory order: utterance, frame, band, channel. Nothing but the input is kept for the backward pass: which element
/// of a window was the maximum is found again by computing the same expression on the same numbers.
/// </remarks>
internal readonly unsafe struct NormReluPool
{
    /// <summary>Utterances in the batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Frames, padding included.</summary>
    public required int Frames { get; init; }

    /// <summary>Bands.</summary>
    public required int Bands { get; init; }

    /// <summary>Channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Frames of a pooling window; windows do not overlap and an incomplete one is dropped.</summary>
    public required int PoolFrames { get; init; }

    /// <summary>Bands of a pooling window.</summary>
    public required int PoolBands { get; init; }

    /// <summary>Valid frames of each utterance.</summary>
    public required int[] Lengths { get; init; }

    /// <summary>Smaller values become this and pass no gradient on: 0 rectifies, the default; negative infinity leaves all as they are.</summary>
    public float Floor { get; init; }

    /// <summary>Frames that come out, padding included.</summary>
    public int OutputFrames => Frames / PoolFrames;

    /// <summary>Bands that come out.</summary>
    public int OutputBands => Bands / PoolBands;

    /// <summary>Channels filled up to whole vectors: the size of sums over positions.</summary>
    public int PaddedChannels => (Channels + 15) & ~15;

    /// <summary>Positions that the statistics are taken over.</summary>
    public long Positions => Lengths.Sum(l => (long)l) * Bands;

    /// <summary>Mean and biased variance of each channel over the valid frames.</summary>
    /// <param name="x">Input.</param>
    /// <param name="mean">Channels, written.</param>
    /// <param name="variance">Channels, written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Statistics(float* x, float[] mean, float[] variance)
    {
        var sums = new double[PaddedChannels];
        var squares = new double[PaddedChannels];
        var rowLength = (long)Bands * Channels;
        // Sums are taken around the first position's values, so that a large mean does not eat the variance's digits.
        var origin = new float[Channels];
        fixed (float* o = origin)
        fixed (double* total = sums, squared = squares)
        {
            new ReadOnlySpan<float>(x, Channels).CopyTo(origin);
            for (var n = 0; n < Batch; n++)
            {
                for (var t = 0; t < Lengths[n]; t++)
                {
                    var row = x + ((((long)n * Frames) + t) * rowLength);
                    for (var c = 0; c < Channels; c += 16)
                    {
                        var left = Channels - c;
                        var shift = Load(o + c, left);
                        Vector512<float> s = default, q = default;
                        for (var b = 0; b < Bands; b++)
                        {
                            var d = Load(row + ((long)b * Channels) + c, left) - shift;
                            s += d;
                            q = Vector512.FusedMultiplyAdd(d, d, q);
                        }

                        Accumulate(s, total + c);
                        Accumulate(q, squared + c);
                    }
                }
            }
        }

        double count = Math.Max(1, Positions);
        for (var c = 0; c < Channels; c++)
        {
            var m = sums[c] / count;
            mean[c] = (float)(origin[c] + m);
            variance[c] = (float)Math.Max(0, (squares[c] / count) - (m * m));
        }
    }

    /// <summary>max over the window of max(floor, scale · x + shift).</summary>
    /// <param name="x">Input.</param>
    /// <param name="scale">Channels.</param>
    /// <param name="shift">Channels.</param>
    /// <param name="y">Output, every element written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float* x, float* scale, float* shift, float* y)
    {
        var floor = Vector512.Create(Floor);
        var outputRow = (long)OutputBands * Channels;
        for (var n = 0; n < Batch; n++)
        {
            var valid = Lengths[n] / PoolFrames;
            for (var t = 0; t < valid; t++)
            {
                var output = y + ((((long)n * OutputFrames) + t) * outputRow);
                var window = x + ((((long)n * Frames) + ((long)t * PoolFrames)) * Bands * Channels);
                for (var c = 0; c < Channels; c += 16)
                {
                    var left = Channels - c;
                    var a = Load(scale + c, left);
                    var s = Load(shift + c, left);
                    for (var b = 0; b < OutputBands; b++)
                    {
                        var best = floor;
                        for (var i = 0; i < PoolFrames; i++)
                        {
                            var row = window + ((((long)i * Bands) + ((long)b * PoolBands)) * Channels) + c;
                            for (var j = 0; j < PoolBands; j++)
                            {
                                best = Vector512.Max(best, Vector512.FusedMultiplyAdd(Load(row + ((long)j * Channels), left), a, s));
                            }
                        }

                        Store(best, output + ((long)b * Channels) + c, left);
                    }
                }
            }

            new Span<float>(y + ((((long)n * OutputFrames) + valid) * outputRow), (int)((OutputFrames - valid) * outputRow)).Clear();
        }
    }

    /// <summary>Per channel: the sum of the gradients that pass, and of these times the input they came from.</summary>
    /// <param name="x">Input.</param>
    /// <param name="scale">Channels.</param>
    /// <param name="shift">Channels.</param>
    /// <param name="y">What <see cref="Forward"/> wrote.</param>
    /// <param name="gradient">Gradient of <paramref name="y"/>.</param>
    /// <param name="mean">Channels: subtracted from the input.</param>
    /// <param name="sum"><see cref="PaddedChannels"/>, written.</param>
    /// <param name="sumInput"><see cref="PaddedChannels"/>, written: Σ gradient · (x - mean).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BackwardSums(float* x, float* scale, float* shift, float* y, float* gradient, float* mean, double* sum, double* sumInput)
    {
        var outputRow = (long)OutputBands * Channels;
        var floor = Vector512.Create(Floor);
        new Span<double>(sum, PaddedChannels).Clear();
        new Span<double>(sumInput, PaddedChannels).Clear();
        for (var n = 0; n < Batch; n++)
        {
            var valid = Lengths[n] / PoolFrames;
            for (var t = 0; t < valid; t++)
            {
                var at = (((long)n * OutputFrames) + t) * outputRow;
                var window = x + ((((long)n * Frames) + ((long)t * PoolFrames)) * Bands * Channels);
                for (var c = 0; c < Channels; c += 16)
                {
                    var left = Channels - c;
                    var a = Load(scale + c, left);
                    var s = Load(shift + c, left);
                    var m = Load(mean + c, left);
                    Vector512<float> total = default, weighted = default;
                    for (var b = 0; b < OutputBands; b++)
                    {
                        var z = Load(y + at + ((long)b * Channels) + c, left);
                        var g = Load(gradient + at + ((long)b * Channels) + c, left);
                        var open = Vector512.GreaterThan(z, floor);
                        g &= open;
                        total += g;
                        for (var i = 0; i < PoolFrames; i++)
                        {
                            var row = window + ((((long)i * Bands) + ((long)b * PoolBands)) * Channels) + c;
                            for (var j = 0; j < PoolBands; j++)
                            {
                                var value = Load(row + ((long)j * Channels), left);
                                var taken = open & Vector512.Equals(Vector512.FusedMultiplyAdd(value, a, s), z);
                                weighted = Vector512.FusedMultiplyAdd(g & taken, value - m, weighted);
                                // The first maximum takes the gradient, as in PyTorch.
                                open = Vector512.AndNot(open, taken);
                            }
                        }
                    }

                    Accumulate(total, sum + c);
                    Accumulate(weighted, sumInput + c);
                }
            }
        }
    }

    /// <summary>Gradient of the input: scale · gradient where it passes, plus slope · x + offset everywhere valid.</summary>
    /// <param name="x">Input.</param>
    /// <param name="scale">Channels.</param>
    /// <param name="shift">Channels.</param>
    /// <param name="y">What <see cref="Forward"/> wrote.</param>
    /// <param name="gradient">Gradient of <paramref name="y"/>.</param>
    /// <param name="slope">Channels; zero in evaluation mode.</param>
    /// <param name="offset">Channels; zero in evaluation mode.</param>
    /// <param name="dx">Written, every element.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(float* x, float* scale, float* shift, float* y, float* gradient, float* slope, float* offset, float* dx)
    {
        var outputRow = (long)OutputBands * Channels;
        var row = (long)Bands * Channels;
        var floor = Vector512.Create(Floor);
        for (var n = 0; n < Batch; n++)
        {
            var length = Lengths[n];
            var valid = length / PoolFrames;
            var start = (long)n * Frames * row;
            for (var t = 0; t < valid; t++)
            {
                var at = (((long)n * OutputFrames) + t) * outputRow;
                var window = start + ((long)t * PoolFrames * row);
                for (var c = 0; c < Channels; c += 16)
                {
                    var left = Channels - c;
                    var a = Load(scale + c, left);
                    var s = Load(shift + c, left);
                    var p = Load(slope + c, left);
                    var q = Load(offset + c, left);
                    for (var b = 0; b < OutputBands; b++)
                    {
                        var z = Load(y + at + ((long)b * Channels) + c, left);
                        var g = Load(gradient + at + ((long)b * Channels) + c, left) * a;
                        var open = Vector512.GreaterThan(z, floor);
                        for (var i = 0; i < PoolFrames; i++)
                        {
                            var position = window + ((((long)i * Bands) + ((long)b * PoolBands)) * Channels) + c;
                            for (var j = 0; j < PoolBands; j++, position += Channels)
                            {
                                var value = Load(x + position, left);
                                var taken = open & Vector512.Equals(Vector512.FusedMultiplyAdd(value, a, s), z);
                                Store(Vector512.FusedMultiplyAdd(value, p, q) + (g & taken), dx + position, left);
                                open = Vector512.AndNot(open, taken);
                            }
                        }
                    }
                }

                // Bands that no window covers.
                for (var i = 0; i < PoolFrames; i++)
                {
                    Linear(x, slope, offset, dx, window + (i * row) + ((long)OutputBands * PoolBands * Channels), Bands - (OutputBands * PoolBands));
                }
            }

            // Frames that no window covers, then padding.
            Linear(x, slope, offset, dx, start + ((long)valid * PoolFrames * row), (length - (valid * PoolFrames)) * Bands);
            new Span<float>(dx + start + (length * row), (int)((Frames - length) * row)).Clear();
        }
    }

    // Sixteen sums of double precision: of one band only, as over time, every frame ends a partial sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(Vector512<float> value, double* sums)
    {
        (Vector512.Load(sums) + Vector512.WidenLower(value)).Store(sums);
        (Vector512.Load(sums + 8) + Vector512.WidenUpper(value)).Store(sums + 8);
    }

    private void Linear(float* x, float* slope, float* offset, float* dx, long from, int positions)
    {
        for (var b = 0; b < positions; b++, from += Channels)
        {
            for (var c = 0; c < Channels; c += 16)
            {
                var left = Channels - c;
                var value = Vector512.FusedMultiplyAdd(Load(x + from + c, left), Load(slope + c, left), Load(offset + c, left));
                Store(value, dx + from + c, left);
            }
        }
    }
}
