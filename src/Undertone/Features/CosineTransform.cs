using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Undertone.Features;

/// <summary>
/// The first coefficients of the orthonormal DCT-II of many frames, times the lifter: a matrix product, four frames by
/// two vectors of coefficients at a time, so that every number loaded serves several multiplications.
/// </summary>
internal sealed class CosineTransform
{
    private const int Together = 4;

    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _width;
    private readonly float[] _matrix;

    public CosineTransform(int inputs, int outputs, int lifter)
    {
        (_inputs, _outputs) = (inputs, outputs);
        var tile = 2 * Vector<float>.Count;
        _width = (outputs + tile - 1) / tile * tile;
        _matrix = new float[inputs * _width];
        for (var i = 0; i < inputs; i++)
        {
            for (var o = 0; o < outputs; o++)
            {
                var scale = Math.Sqrt((o == 0 ? 1.0 : 2.0) / inputs);
                var lift = lifter == 0 ? 1 : 1 + (lifter / 2.0 * Math.Sin(Math.PI * (o + 1) / lifter));
                _matrix[(i * _width) + o] = (float)(scale * lift * Math.Cos(Math.PI * o * ((2 * i) + 1) / (2.0 * inputs)));
            }
        }
    }

    /// <summary>Transforms.</summary>
    /// <param name="from">Frames of inputs, one behind the other.</param>
    /// <param name="frames">How many.</param>
    /// <param name="to">Receives frame f's outputs at f · stride.</param>
    /// <param name="stride">At least the number of outputs.</param>
    public void Apply(ReadOnlySpan<float> from, int frames, Span<float> to, int stride)
    {
        from = from[..(frames * _inputs)];
        for (var frame = 0; frame < frames; frame += Together)
        {
            for (var first = 0; first < _outputs; first += 2 * Vector<float>.Count)
            {
                Tile(from, frame, Math.Min(Together, frames - frame), first, to, stride);
            }
        }
    }

    private void Tile(ReadOnlySpan<float> from, int frame, int count, int first, Span<float> to, int stride)
    {
        // Fewer than four frames are left at the end: the last one is computed again in their place.
        ref var start = ref MemoryMarshal.GetReference(from);
        ref var x0 = ref Unsafe.Add(ref start, frame * _inputs);
        ref var x1 = ref Unsafe.Add(ref x0, Math.Min(1, count - 1) * _inputs);
        ref var x2 = ref Unsafe.Add(ref x0, Math.Min(2, count - 1) * _inputs);
        ref var x3 = ref Unsafe.Add(ref x0, Math.Min(3, count - 1) * _inputs);
        ref var row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_matrix), first);
        Vector<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector<float> b0 = default, b1 = default, b2 = default, b3 = default;
        for (nint i = 0; i < _inputs; i++)
        {
            var a = Vector.LoadUnsafe(ref row);
            var b = Vector.LoadUnsafe(ref row, (nuint)Vector<float>.Count);
            row = ref Unsafe.Add(ref row, _width);
            var y0 = new Vector<float>(Unsafe.Add(ref x0, i));
            var y1 = new Vector<float>(Unsafe.Add(ref x1, i));
            var y2 = new Vector<float>(Unsafe.Add(ref x2, i));
            var y3 = new Vector<float>(Unsafe.Add(ref x3, i));
            a0 = Vector.FusedMultiplyAdd(a, y0, a0);
            b0 = Vector.FusedMultiplyAdd(b, y0, b0);
            a1 = Vector.FusedMultiplyAdd(a, y1, a1);
            b1 = Vector.FusedMultiplyAdd(b, y1, b1);
            a2 = Vector.FusedMultiplyAdd(a, y2, a2);
            b2 = Vector.FusedMultiplyAdd(b, y2, b2);
            a3 = Vector.FusedMultiplyAdd(a, y3, a3);
            b3 = Vector.FusedMultiplyAdd(b, y3, b3);
        }

        Store(to, (frame * stride) + first, first, a0, b0);
        if (count > 1)
        {
            Store(to, ((frame + 1) * stride) + first, first, a1, b1);
        }

        if (count > 2)
        {
            Store(to, ((frame + 2) * stride) + first, first, a2, b2);
        }

        if (count > 3)
        {
            Store(to, ((frame + 3) * stride) + first, first, a3, b3);
        }
    }

    private void Store(Span<float> to, int at, int first, Vector<float> a, Vector<float> b)
    {
        var lanes = Vector<float>.Count;
        if (first + (2 * lanes) <= _outputs)
        {
            a.CopyTo(to[at..]);
            b.CopyTo(to[(at + lanes)..]);
            return;
        }

        for (var i = 0; i < _outputs - first; i++)
        {
            to[at + i] = i < lanes ? a[i] : b[i - lanes];
        }
    }
}
