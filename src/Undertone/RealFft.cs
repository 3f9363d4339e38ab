using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Undertone;

/// <summary>
/// The discrete Fourier transform of real numbers, of any length. An even length N costs one complex transform of
/// N/2 (Sorensen et al. 1987, doi:10.1109/TASSP.1987.1165220). A plan holds no state between calls and may be used by
/// several threads at once.
/// </summary>
public sealed class RealFft
{
    private readonly ComplexFft _complex;
    private readonly bool _even;
    private readonly float[] _cos;
    private readonly float[] _sin;

    /// <summary>Plans a transform.</summary>
    /// <param name="length">The number of values, at least 1. Fast where its prime factors are 2, 3 and 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public RealFft(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Length = length;
        _even = length % 2 == 0;
        _complex = new ComplexFft(_even ? length / 2 : length);
        var half = _even ? length / 2 : 0;
        _cos = new float[(half / 2) + 1];
        _sin = new float[(half / 2) + 1];
        for (var k = 0; k < _cos.Length; k++)
        {
            var (sin, cos) = Math.SinCos(-2 * Math.PI * k / length);
            (_cos[k], _sin[k]) = ((float)cos, (float)sin);
        }
    }

    /// <summary>The number of values transformed.</summary>
    public int Length { get; }

    /// <summary>The number of frequencies from 0 to half the sample rate: ⌊<see cref="Length"/> / 2⌋ + 1.</summary>
    public int Bins => (Length / 2) + 1;

    /// <summary>The number of lanes that each buffer of <see cref="Power"/> must hold.</summary>
    internal int BufferLanes => 2 * _complex.Length;

    /// <summary>What the input of <see cref="Power"/> is to be multiplied with beforehand (in a window, say, at no cost).</summary>
    internal float InputScale => _even ? 0.5f : 1f;

    /// <summary>Transforms: X[k] = Σ x[n] · e^(−2πikn/N).</summary>
    /// <param name="values"><see cref="Length"/> values.</param>
    /// <param name="real">Receives the real parts: <see cref="Bins"/> values.</param>
    /// <param name="imaginary">Receives the imaginary parts: <see cref="Bins"/> values.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public void Forward(ReadOnlySpan<float> values, Span<float> real, Span<float> imaginary)
    {
        if (values.Length != Length || real.Length < Bins || imaginary.Length < Bins)
        {
            throw new ArgumentException($"{values.Length} values into {real.Length} and {imaginary.Length}: expected {Length} into {Bins} each.");
        }

        var buffer = ArrayPool<float>.Shared.Rent(2 * BufferLanes);
        var first = MemoryMarshal.Cast<float, ScalarLane>(buffer.AsSpan(0, BufferLanes));
        var second = MemoryMarshal.Cast<float, ScalarLane>(buffer.AsSpan(BufferLanes, BufferLanes));
        for (var n = 0; n < Length; n++)
        {
            if (_even)
            {
                first[n] = new ScalarLane(values[n] * 0.5f);
            }
            else
            {
                first[2 * n] = new ScalarLane(values[n]);
                first[(2 * n) + 1] = default;
            }
        }

        _complex.Forward(first, second);
        var z = _complex.ResultInSecond ? second : first;
        if (_even)
        {
            var half = Length / 2;
            (real[0], imaginary[0]) = (2 * (z[0].Value + z[1].Value), 0);
            (real[half], imaginary[half]) = (2 * (z[0].Value - z[1].Value), 0);
            for (var k = 1; k <= half / 2; k++)
            {
                Split(z, k, half, out var pr, out var pi, out var mr, out var mi);
                (real[k], imaginary[k]) = (pr.Value, pi.Value);
                (real[half - k], imaginary[half - k]) = (mr.Value, mi.Value);
            }
        }
        else
        {
            for (var k = 0; k < Bins; k++)
            {
                (real[k], imaginary[k]) = (z[2 * k].Value, z[(2 * k) + 1].Value);
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>Transforms back: the real numbers whose transform by <see cref="Forward"/> is given.</summary>
    /// <param name="real">The real parts: <see cref="Bins"/> values.</param>
    /// <param name="imaginary">The imaginary parts: <see cref="Bins"/> values; those of frequency 0 and of half the sample rate count as zero.</param>
    /// <param name="values">Receives <see cref="Length"/> values.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public void Inverse(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> values)
    {
        if (values.Length != Length || real.Length < Bins || imaginary.Length < Bins)
        {
            throw new ArgumentException($"{real.Length} and {imaginary.Length} values into {values.Length}: expected {Bins} each into {Length}.");
        }

        var buffer = ArrayPool<float>.Shared.Rent(2 * BufferLanes);
        var first = MemoryMarshal.Cast<float, ScalarLane>(buffer.AsSpan(0, BufferLanes));
        var second = MemoryMarshal.Cast<float, ScalarLane>(buffer.AsSpan(BufferLanes, BufferLanes));
        if (_even)
        {
            Join(real, imaginary, first);
        }
        else
        {
            Set(first, 0, real[0], 0);
            for (var k = 1; k < Bins; k++)
            {
                Set(first, k, real[k], imaginary[k]);
                Set(first, Length - k, real[k], -imaginary[k]);
            }
        }

        // With real and imaginary parts exchanged before and after, the forward transform is the inverse one.
        _complex.Forward(first, second);
        var z = _complex.ResultInSecond ? second : first;
        var scale = 1f / _complex.Length;
        for (var n = 0; n < _complex.Length; n++)
        {
            if (_even)
            {
                (values[2 * n], values[(2 * n) + 1]) = (z[(2 * n) + 1].Value * scale, z[2 * n].Value * scale);
            }
            else
            {
                values[n] = z[(2 * n) + 1].Value * scale;
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>The power spectra |X[k]|² of as many frames as a lane holds.</summary>
    /// <param name="first">
    /// The frames, times <see cref="InputScale"/>; <see cref="BufferLanes"/> lanes: value n is at n for an even length,
    /// at 2n for an odd one with zeros between. Overwritten.
    /// </param>
    /// <param name="second">Room to work in: <see cref="BufferLanes"/> lanes.</param>
    /// <param name="power">Receives <see cref="Bins"/> lanes.</param>
    internal void Power<T>(Span<T> first, Span<T> second, Span<T> power)
        where T : struct, ILane<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(power.Length, Bins, nameof(power));
        _complex.Forward(first, second);
        var z = _complex.ResultInSecond ? second : first;
        if (!_even)
        {
            for (var k = 0; k < Bins; k++)
            {
                power[k] = (z[2 * k] * z[2 * k]) + (z[(2 * k) + 1] * z[(2 * k) + 1]);
            }

            return;
        }

        var half = Length / 2;
        var (sum, difference) = (z[0] + z[1], z[0] - z[1]);
        power[0] = sum * sum * 4f;
        power[half] = difference * difference * 4f;
        for (var k = 1; k <= half / 2; k++)
        {
            Split(z, k, half, out var pr, out var pi, out var mr, out var mi);
            power[k] = (pr * pr) + (pi * pi);
            power[half - k] = (mr * mr) + (mi * mi);
        }
    }

    /// <summary>The complex spectra of as many frames as a lane holds.</summary>
    /// <param name="first">The frames, as for <see cref="Power"/>. Overwritten.</param>
    /// <param name="second">Room to work in: <see cref="BufferLanes"/> lanes.</param>
    /// <param name="real">Receives the real parts: <see cref="Bins"/> lanes.</param>
    /// <param name="imaginary">Receives the imaginary parts: <see cref="Bins"/> lanes.</param>
    internal void Spectrum<T>(Span<T> first, Span<T> second, Span<T> real, Span<T> imaginary)
        where T : struct, ILane<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(real.Length, Bins, nameof(real));
        ArgumentOutOfRangeException.ThrowIfLessThan(imaginary.Length, Bins, nameof(imaginary));
        _complex.Forward(first, second);
        var z = _complex.ResultInSecond ? second : first;
        if (!_even)
        {
            for (var k = 0; k < Bins; k++)
            {
                (real[k], imaginary[k]) = (z[2 * k], z[(2 * k) + 1]);
            }

            return;
        }

        var half = Length / 2;
        (real[0], imaginary[0]) = ((z[0] + z[1]) * 2f, default);
        (real[half], imaginary[half]) = ((z[0] - z[1]) * 2f, default);
        for (var k = 1; k <= half / 2; k++)
        {
            Split(z, k, half, out var pr, out var pi, out var mr, out var mi);
            (real[k], imaginary[k]) = (pr, pi);
            (real[half - k], imaginary[half - k]) = (mr, mi);
        }
    }

    private static void Set(Span<ScalarLane> z, int k, float real, float imaginary) =>
        (z[2 * k], z[(2 * k) + 1]) = (new ScalarLane(imaginary), new ScalarLane(real));

    /// <summary>The transform of even + i·odd values from that of all of them: what <see cref="Split"/> undoes.</summary>
    private void Join(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<ScalarLane> z)
    {
        var half = Length / 2;
        Set(z, 0, 0.5f * (real[0] + real[half]), 0.5f * (real[0] - real[half]));
        for (var k = 1; k <= half / 2; k++)
        {
            var m = half - k;
            var (evenR, evenI) = (0.5f * (real[k] + real[m]), 0.5f * (imaginary[k] - imaginary[m]));
            var (turnedR, turnedI) = (0.5f * (real[k] - real[m]), 0.5f * (imaginary[k] + imaginary[m]));
            var (c, s) = (_cos[k], _sin[k]);
            var (oddR, oddI) = ((turnedR * c) + (turnedI * s), (turnedI * c) - (turnedR * s));
            Set(z, k, evenR - oddI, evenI + oddR);
            Set(z, m, evenR + oddI, oddR - evenI);
        }
    }

    /// <summary>From the transform of even + i·odd values: X[k] and X[half − k], the input having been halved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Split<T>(Span<T> z, int k, int half, out T real, out T imaginary, out T mirrorReal, out T mirrorImaginary)
        where T : struct, ILane<T>
    {
        var (ar, ai, br, bi) = (z[2 * k], z[(2 * k) + 1], z[2 * (half - k)], z[(2 * (half - k)) + 1]);
        var (evenR, evenI) = (ar + br, ai - bi);
        var (oddR, oddI) = (ai + bi, br - ar);
        var (c, s) = (_cos[k], _sin[k]);
        var turnedR = T.MultiplyAdd(oddI, -s, oddR * c);
        var turnedI = T.MultiplyAdd(oddI, c, oddR * s);
        (real, imaginary) = (evenR + turnedR, evenI + turnedI);
        (mirrorReal, mirrorImaginary) = (evenR - turnedR, turnedI - evenI);
    }
}
