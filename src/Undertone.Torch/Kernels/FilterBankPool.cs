using System.Runtime.CompilerServices;
using static Undertone.Torch.Kernels.VectorMath;

namespace Undertone.Torch.Kernels;

/// <summary>
/// A convolution of a signal of one channel, an affine map of each filter's output, and max-pooling over time, in one walk
/// over the signal. What the filters give is never stored: it is as many times the signal as there are filters, hundreds of
/// megabytes for a batch of raw audio, while a value takes but a few multiply-adds.
/// </summary>
/// <remarks>Order of outputs in memory: utterance, window, channel. The signal stands between zeros that the kernel reaches over.</remarks>
internal sealed unsafe class FilterBankPool
{
    private const int Chunk = 1024;

    private readonly float[] _signal;
    private readonly float[] _filtered;

    /// <summary>Prepares walks.</summary>
    /// <param name="batch">Utterances.</param>
    /// <param name="samples">Samples of each, padding included.</param>
    /// <param name="channels">Filters.</param>
    /// <param name="kernel">Taps of a filter, odd; the edges are filled up with zeros.</param>
    /// <param name="pool">Outputs of a window; windows do not overlap, an incomplete one is dropped.</param>
    /// <param name="lengths">Valid samples of each utterance.</param>
    public FilterBankPool(int batch, int samples, int channels, int kernel, int pool, int[] lengths)
    {
        (Batch, Samples, Channels, Kernel, Pool, Lengths) = (batch, samples, channels, kernel, pool, lengths);
        _signal = new float[samples + kernel + 16];
        _filtered = new float[pool * 16];
    }

    /// <summary>Utterances.</summary>
    public int Batch { get; }

    /// <summary>Samples, padding included.</summary>
    public int Samples { get; }

    /// <summary>Filters.</summary>
    public int Channels { get; }

    /// <summary>Taps of a filter.</summary>
    public int Kernel { get; }

    /// <summary>Outputs of a window.</summary>
    public int Pool { get; }

    /// <summary>Valid samples of each utterance.</summary>
    public int[] Lengths { get; }

    /// <summary>Windows that come out, padding included.</summary>
    public int Windows => Samples / Pool;

    /// <summary>Channels filled up to whole vectors: the size of a tap's weights.</summary>
    public int PaddedChannels => (Channels + 15) & ~15;

    /// <summary>Outputs of a filter over all utterances.</summary>
    public long Positions => Lengths.Sum(l => (long)l);

    /// <summary>Sums of what each tap sees, and of each pair of taps: mean and variance of every filter follow from them.</summary>
    /// <param name="x">Batch × samples.</param>
    /// <returns>Kernel sums, and kernel × kernel sums of products.</returns>
    public (double[] Sums, double[,] Products) Moments(float* x) =>
        Lanes.AreWide ? Moments<WideLanes>(x) : Moments<ProcessorLanes>(x);

    /// <summary>The same on lanes of a given kind.</summary>
    public (double[] Sums, double[,] Products) Moments<V>(float* x)
        where V : struct, ILanes<V>
    {
        var (sums, products) = (new double[Kernel], new double[Kernel, Kernel]);
        fixed (float* signal = _signal)
        {
            for (var n = 0; n < Batch; n++)
            {
                Place(x, n);
                for (var from = 0; from < Lengths[n]; from += Chunk)
                {
                    var count = Math.Min(Chunk, Lengths[n] - from);
                    for (var j = 0; j < Kernel; j++)
                    {
                        sums[j] += Sum<V>(signal + from + j, count);
                        for (var k = j; k < Kernel; k++)
                        {
                            products[j, k] += Dot<V>(signal + from + j, signal + from + k, count);
                        }
                    }
                }
            }
        }

        for (var j = 0; j < Kernel; j++)
        {
            for (var k = 0; k < j; k++)
            {
                products[j, k] = products[k, j];
            }
        }

        return (sums, products);
    }

    /// <summary>The maximum over each window of shift + Σ weight · signal.</summary>
    /// <param name="x">Batch × samples.</param>
    /// <param name="weights">Kernel × <see cref="PaddedChannels"/>.</param>
    /// <param name="shift"><see cref="PaddedChannels"/>.</param>
    /// <param name="y">Batch × windows × channels; every element written, zero beyond each length.</param>
    public void Forward(float* x, float* weights, float* shift, float* y)
    {
        if (Lanes.AreWide)
        {
            Forward<WideLanes>(x, weights, shift, y);
        }
        else
        {
            Forward<ProcessorLanes>(x, weights, shift, y);
        }
    }

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward<V>(float* x, float* weights, float* shift, float* y)
        where V : struct, ILanes<V>
    {
        var (kernel, pool, channels, padded) = (Kernel, Pool, Channels, PaddedChannels);
        fixed (float* signal = _signal)
        {
            for (var n = 0; n < Batch; n++)
            {
                Place(x, n);
                var valid = Lengths[n] / pool;
                var output = y + ((long)n * Windows * channels);
                for (var t = 0; t < valid; t++, output += channels)
                {
                    var window = signal + ((long)t * pool);
                    for (var c = 0; c < channels; c += V.Count)
                    {
                        var best = V.All(float.NegativeInfinity);
                        var s = V.Load(shift + c);
                        var i = 0;
                        for (; i + 4 <= pool; i += 4)
                        {
                            Filter(window + i, weights + c, s, kernel, padded, out var f0, out var f1, out var f2, out var f3);
                            best = V.Max(V.Max(V.Max(V.Max(best, f0), f1), f2), f3);
                        }

                        for (; i < pool; i++)
                        {
                            best = V.Max(best, Filter(window + i, weights + c, s, kernel, padded));
                        }

                        Store(best, output + c, channels - c);
                    }
                }

                new Span<float>(output, (Windows - valid) * channels).Clear();
            }
        }
    }

    /// <summary>For each filter the sum of its gradients, and of these times what each tap saw where the maximum was.</summary>
    /// <param name="x">Batch × samples.</param>
    /// <param name="weights">As in <see cref="Forward"/>.</param>
    /// <param name="shift">As in <see cref="Forward"/>.</param>
    /// <param name="y">What <see cref="Forward"/> wrote.</param>
    /// <param name="gradient">Gradient of <paramref name="y"/>.</param>
    /// <returns><see cref="PaddedChannels"/> sums, and kernel × <see cref="PaddedChannels"/>.</returns>
    public (double[] Sum, double[] Seen) Backward(float* x, float* weights, float* shift, float* y, float* gradient) =>
        Lanes.AreWide ? Backward<WideLanes>(x, weights, shift, y, gradient) : Backward<ProcessorLanes>(x, weights, shift, y, gradient);

    /// <summary>The same on lanes of a given kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double[] Sum, double[] Seen) Backward<V>(float* x, float* weights, float* shift, float* y, float* gradient)
        where V : struct, ILanes<V>
    {
        var (kernel, pool, channels, padded) = (Kernel, Pool, Channels, PaddedChannels);
        var (sum, seen) = (new double[padded], new double[kernel * padded]);
        // One row of sums more than taps: that of the gradients alone.
        var part = new float[(kernel + 1) * padded];
        fixed (float* signal = _signal, filtered = _filtered, parts = part)
        {
            for (var n = 0; n < Batch; n++)
            {
                Place(x, n);
                var valid = Lengths[n] / pool;
                var at = (long)n * Windows * channels;
                for (var t = 0; t < valid; t++, at += channels)
                {
                    var window = signal + ((long)t * pool);
                    for (var c = 0; c < channels; c += V.Count)
                    {
                        var s = V.Load(shift + c);
                        var z = Load<V>(y + at + c, channels - c);
                        var g = Load<V>(gradient + at + c, channels - c);
                        var i = 0;
                        for (; i + 4 <= pool; i += 4)
                        {
                            Filter(window + i, weights + c, s, kernel, padded, out var f0, out var f1, out var f2, out var f3);
                            V.Store(f0, filtered + (i * V.Count));
                            V.Store(f1, filtered + ((i + 1) * V.Count));
                            V.Store(f2, filtered + ((i + 2) * V.Count));
                            V.Store(f3, filtered + ((i + 3) * V.Count));
                        }

                        for (; i < pool; i++)
                        {
                            V.Store(Filter(window + i, weights + c, s, kernel, padded), filtered + (i * V.Count));
                        }

                        // The first maximum takes the gradient, as in PyTorch.
                        var open = V.Everywhere;
                        for (i = 0; i < pool; i++)
                        {
                            var taken = open & V.EqualTo(V.Load(filtered + (i * V.Count)), z);
                            open = V.Without(open, taken);
                            V.Store(g & taken, filtered + (i * V.Count));
                        }

                        for (var k = 0; k < kernel; k++)
                        {
                            var total = V.Load(parts + (k * padded) + c);
                            for (i = 0; i < pool; i++)
                            {
                                total = V.MultiplyAdd(V.Load(filtered + (i * V.Count)), V.All(window[i + k]), total);
                            }

                            V.Store(total, parts + (k * padded) + c);
                        }

                        var alone = parts + (kernel * padded) + c;
                        V.Store(V.Load(alone) + g, alone);
                    }

                    // Sums of single precision stay short.
                    if ((t & 63) == 63 || t == valid - 1)
                    {
                        for (var i = 0; i < seen.Length; i++)
                        {
                            seen[i] += part[i];
                        }

                        for (var c = 0; c < padded; c++)
                        {
                            sum[c] += part[seen.Length + c];
                        }

                        Array.Clear(part);
                    }
                }
            }
        }

        return (sum, seen);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Filter<V>(float* window, float* weights, V shift, int kernel, int stride)
        where V : struct, ILanes<V>
    {
        for (var k = 0; k < kernel; k++, weights += stride)
        {
            shift = V.MultiplyAdd(V.All(window[k]), V.Load(weights), shift);
        }

        return shift;
    }

    // Four neighbours at once: each weight is loaded once for them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Filter<V>(float* window, float* weights, V shift, int kernel, int stride, out V f0, out V f1, out V f2, out V f3)
        where V : struct, ILanes<V>
    {
        V a0 = shift, a1 = shift, a2 = shift, a3 = shift;
        for (var k = 0; k < kernel; k++, window++, weights += stride)
        {
            var weight = V.Load(weights);
            a0 = V.MultiplyAdd(V.All(window[0]), weight, a0);
            a1 = V.MultiplyAdd(V.All(window[1]), weight, a1);
            a2 = V.MultiplyAdd(V.All(window[2]), weight, a2);
            a3 = V.MultiplyAdd(V.All(window[3]), weight, a3);
        }

        (f0, f1, f2, f3) = (a0, a1, a2, a3);
    }

    private static float Sum<V>(float* a, int count)
        where V : struct, ILanes<V>
    {
        var total = V.All(0f);
        for (var i = 0; i < count; i += V.Count)
        {
            total += Load<V>(a + i, count - i);
        }

        return V.Sum(total);
    }

    private static float Dot<V>(float* a, float* b, int count)
        where V : struct, ILanes<V>
    {
        var total = V.All(0f);
        for (var i = 0; i < count; i += V.Count)
        {
            total = V.MultiplyAdd(Load<V>(a + i, count - i), Load<V>(b + i, count - i), total);
        }

        return V.Sum(total);
    }

    // Half a kernel of zeros before the valid samples, zeros behind them.
    private void Place(float* x, int utterance)
    {
        var signal = _signal.AsSpan();
        signal.Clear();
        new ReadOnlySpan<float>(x + ((long)utterance * Samples), Lengths[utterance]).CopyTo(signal[(Kernel / 2)..]);
    }
}
