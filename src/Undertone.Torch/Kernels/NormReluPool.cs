using System.Runtime.CompilerServices;
using static Undertone.Torch.Kernels.VectorMath;

namespace Undertone.Torch.Kernels;

/// <summary>
/// Batch normalisation, rectifier (or none) and max-pooling in one walk over a channels-last tensor. Taken one by one these
/// three read and write the largest tensors of a CNN seven times and cost more than its convolutions. Frames beyond
/// an utterance's length are neither counted in the statistics nor written: they come out as zero, so a padded batch
/// gives what each utterance alone would give.
/// </summary>
/// <remarks>
/// Memory order: utterance, frame, band, channel, and in this order every walk goes, though it reads a channel's numbers anew at
/// each band: channel by channel, each walk would pass through the caches once for every vector of channels. Nothing but the input is kept for the backward pass: which element
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
    public void Statistics(float* x, float[] mean, float[] variance)
    {
        if (Lanes.AreWide)
        {
            Statistics<WideLanes>(x, mean, variance);
        }
        else
        {
            Statistics<ProcessorLanes>(x, mean, variance);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Statistics<V>(float* x, float[] mean, float[] variance)
        where V : struct, ILanes<V>
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
                    for (var c = 0; c < Channels; c += V.Count)
                    {
                        var left = Channels - c;
                        var shift = Load<V>(o + c, left);
                        V s = default, q = default;
                        for (var b = 0; b < Bands; b++)
                        {
                            var d = Load<V>(row + ((long)b * Channels) + c, left) - shift;
                            s += d;
                            q = V.MultiplyAdd(d, d, q);
                        }

                        V.AddTo(total + c, s);
                        V.AddTo(squared + c, q);
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
    public void Forward(float* x, float* scale, float* shift, float* y)
    {
        if (Lanes.AreWide)
        {
            Forward<WideLanes>(x, scale, shift, y);
        }
        else
        {
            Forward<ProcessorLanes>(x, scale, shift, y);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward<V>(float* x, float* scale, float* shift, float* y)
        where V : struct, ILanes<V>
    {
        var floor = V.All(Floor);
        var outputRow = (long)OutputBands * Channels;
        for (var n = 0; n < Batch; n++)
        {
            var valid = Lengths[n] / PoolFrames;
            for (var t = 0; t < valid; t++)
            {
                var output = y + ((((long)n * OutputFrames) + t) * outputRow);
                var window = x + ((((long)n * Frames) + ((long)t * PoolFrames)) * Bands * Channels);
                for (var b = 0; b < OutputBands; b++)
                {
                    for (var c = 0; c < Channels; c += V.Count)
                    {
                        var left = Channels - c;
                        var a = Load<V>(scale + c, left);
                        var s = Load<V>(shift + c, left);
                        var best = floor;
                        for (var i = 0; i < PoolFrames; i++)
                        {
                            var row = window + ((((long)i * Bands) + ((long)b * PoolBands)) * Channels) + c;
                            for (var j = 0; j < PoolBands; j++)
                            {
                                best = V.Max(best, V.MultiplyAdd(Load<V>(row + ((long)j * Channels), left), a, s));
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
    public void BackwardSums(float* x, float* scale, float* shift, float* y, float* gradient, float* mean, double* sum, double* sumInput)
    {
        if (Lanes.AreWide)
        {
            BackwardSums<WideLanes>(x, scale, shift, y, gradient, mean, sum, sumInput);
        }
        else
        {
            BackwardSums<ProcessorLanes>(x, scale, shift, y, gradient, mean, sum, sumInput);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BackwardSums<V>(float* x, float* scale, float* shift, float* y, float* gradient, float* mean, double* sum, double* sumInput)
        where V : struct, ILanes<V>
    {
        var outputRow = (long)OutputBands * Channels;
        var floor = V.All(Floor);
        new Span<double>(sum, PaddedChannels).Clear();
        new Span<double>(sumInput, PaddedChannels).Clear();
        // Sums of single precision, over the bands of one row of windows.
        var parts = new float[2 * PaddedChannels];
        fixed (float* total = parts)
        {
            var weighted = total + PaddedChannels;
            for (var n = 0; n < Batch; n++)
            {
                var valid = Lengths[n] / PoolFrames;
                for (var t = 0; t < valid; t++)
                {
                    var at = (((long)n * OutputFrames) + t) * outputRow;
                    var window = x + ((((long)n * Frames) + ((long)t * PoolFrames)) * Bands * Channels);
                    Array.Clear(parts);
                    for (var b = 0; b < OutputBands; b++)
                    {
                        for (var c = 0; c < Channels; c += V.Count)
                        {
                            var left = Channels - c;
                            var a = Load<V>(scale + c, left);
                            var s = Load<V>(shift + c, left);
                            var m = Load<V>(mean + c, left);
                            var z = Load<V>(y + at + ((long)b * Channels) + c, left);
                            var g = Load<V>(gradient + at + ((long)b * Channels) + c, left);
                            var open = V.GreaterThan(z, floor);
                            g &= open;
                            V.Store(V.Load(total + c) + g, total + c);
                            var seen = V.Load(weighted + c);
                            for (var i = 0; i < PoolFrames; i++)
                            {
                                var row = window + ((((long)i * Bands) + ((long)b * PoolBands)) * Channels) + c;
                                for (var j = 0; j < PoolBands; j++)
                                {
                                    var value = Load<V>(row + ((long)j * Channels), left);
                                    var taken = open & V.EqualTo(V.MultiplyAdd(value, a, s), z);
                                    seen = V.MultiplyAdd(g & taken, value - m, seen);
                                    // The first maximum takes the gradient, as in PyTorch.
                                    open = V.Without(open, taken);
                                }
                            }

                            V.Store(seen, weighted + c);
                        }
                    }

                    for (var c = 0; c < Channels; c += V.Count)
                    {
                        V.AddTo(sum + c, V.Load(total + c));
                        V.AddTo(sumInput + c, V.Load(weighted + c));
                    }
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
    public void Backward(float* x, float* scale, float* shift, float* y, float* gradient, float* slope, float* offset, float* dx)
    {
        if (Lanes.AreWide)
        {
            Backward<WideLanes>(x, scale, shift, y, gradient, slope, offset, dx);
        }
        else
        {
            Backward<ProcessorLanes>(x, scale, shift, y, gradient, slope, offset, dx);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward<V>(float* x, float* scale, float* shift, float* y, float* gradient, float* slope, float* offset, float* dx)
        where V : struct, ILanes<V>
    {
        var outputRow = (long)OutputBands * Channels;
        var row = (long)Bands * Channels;
        var floor = V.All(Floor);
        for (var n = 0; n < Batch; n++)
        {
            var length = Lengths[n];
            var valid = length / PoolFrames;
            var start = (long)n * Frames * row;
            for (var t = 0; t < valid; t++)
            {
                var at = (((long)n * OutputFrames) + t) * outputRow;
                var window = start + ((long)t * PoolFrames * row);
                for (var b = 0; b < OutputBands; b++)
                {
                    for (var c = 0; c < Channels; c += V.Count)
                    {
                        var left = Channels - c;
                        var a = Load<V>(scale + c, left);
                        var s = Load<V>(shift + c, left);
                        var p = Load<V>(slope + c, left);
                        var q = Load<V>(offset + c, left);
                        var z = Load<V>(y + at + ((long)b * Channels) + c, left);
                        var g = Load<V>(gradient + at + ((long)b * Channels) + c, left) * a;
                        var open = V.GreaterThan(z, floor);
                        for (var i = 0; i < PoolFrames; i++)
                        {
                            var position = window + ((((long)i * Bands) + ((long)b * PoolBands)) * Channels) + c;
                            for (var j = 0; j < PoolBands; j++, position += Channels)
                            {
                                var value = Load<V>(x + position, left);
                                var taken = open & V.EqualTo(V.MultiplyAdd(value, a, s), z);
                                Store(V.MultiplyAdd(value, p, q) + (g & taken), dx + position, left);
                                open = V.Without(open, taken);
                            }
                        }
                    }
                }

                // Bands that no window covers.
                for (var i = 0; i < PoolFrames; i++)
                {
                    Linear<V>(x, slope, offset, dx, window + (i * row) + ((long)OutputBands * PoolBands * Channels), Bands - (OutputBands * PoolBands));
                }
            }

            // Frames that no window covers, then padding.
            Linear<V>(x, slope, offset, dx, start + ((long)valid * PoolFrames * row), (length - (valid * PoolFrames)) * Bands);
            new Span<float>(dx + start + (length * row), (int)((Frames - length) * row)).Clear();
        }
    }

    private void Linear<V>(float* x, float* slope, float* offset, float* dx, long from, int positions)
        where V : struct, ILanes<V>
    {
        for (var b = 0; b < positions; b++, from += Channels)
        {
            for (var c = 0; c < Channels; c += V.Count)
            {
                var left = Channels - c;
                var value = V.MultiplyAdd(Load<V>(x + from + c, left), Load<V>(slope + c, left), Load<V>(offset + c, left));
                Store(value, dx + from + c, left);
            }
        }
    }
}
