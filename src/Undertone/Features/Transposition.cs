using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Undertone.Features;

/// <summary>Swaps the rows and columns of a matrix, in tiles of 8 × 8 within the processor's registers where it can.</summary>
internal static class Transposition
{
    private const int Tile = 8;

    /// <summary>to[c · toStride + r] = from[r · fromStride + c].</summary>
    public static void Apply(ReadOnlySpan<float> from, int rows, int columns, int fromStride, Span<float> to, int toStride)
    {
        if (rows == 0 || columns == 0)
        {
            return;
        }

        // The slices check both ends once, for all accesses below.
        ref var source = ref MemoryMarshal.GetReference(from[..(((rows - 1) * fromStride) + columns)]);
        ref var target = ref MemoryMarshal.GetReference(to[..(((columns - 1) * toStride) + rows)]);
        for (var row = 0; row < rows; row += Tile)
        {
            for (var column = 0; column < columns; column += Tile)
            {
                ref var a = ref Unsafe.Add(ref source, (row * fromStride) + column);
                ref var b = ref Unsafe.Add(ref target, (column * toStride) + row);
                var (height, width) = (Math.Min(Tile, rows - row), Math.Min(Tile, columns - column));
                if (Avx.IsSupported && height == Tile && width == Tile)
                {
                    Whole(ref a, fromStride, ref b, toStride);
                    continue;
                }

                for (var r = 0; r < height; r++)
                {
                    for (var c = 0; c < width; c++)
                    {
                        Unsafe.Add(ref b, (c * toStride) + r) = Unsafe.Add(ref a, (r * fromStride) + c);
                    }
                }
            }
        }
    }

    /// <summary>Eight rows of eight: pairs are interleaved, then pairs of pairs, then halves exchanged.</summary>
    private static void Whole(ref float from, int fromStride, ref float to, int toStride)
    {
        var r0 = Vector256.LoadUnsafe(ref from);
        var r1 = Vector256.LoadUnsafe(ref from, (nuint)fromStride);
        var r2 = Vector256.LoadUnsafe(ref from, (nuint)(2 * fromStride));
        var r3 = Vector256.LoadUnsafe(ref from, (nuint)(3 * fromStride));
        var r4 = Vector256.LoadUnsafe(ref from, (nuint)(4 * fromStride));
        var r5 = Vector256.LoadUnsafe(ref from, (nuint)(5 * fromStride));
        var r6 = Vector256.LoadUnsafe(ref from, (nuint)(6 * fromStride));
        var r7 = Vector256.LoadUnsafe(ref from, (nuint)(7 * fromStride));
        var (p0, p1) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        var (p2, p3) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        var (p4, p5) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5));
        var (p6, p7) = (Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));
        var (q0, q1) = (Avx.Shuffle(p0, p2, 0x44), Avx.Shuffle(p0, p2, 0xEE));
        var (q2, q3) = (Avx.Shuffle(p1, p3, 0x44), Avx.Shuffle(p1, p3, 0xEE));
        var (q4, q5) = (Avx.Shuffle(p4, p6, 0x44), Avx.Shuffle(p4, p6, 0xEE));
        var (q6, q7) = (Avx.Shuffle(p5, p7, 0x44), Avx.Shuffle(p5, p7, 0xEE));
        Avx.Permute2x128(q0, q4, 0x20).StoreUnsafe(ref to);
        Avx.Permute2x128(q1, q5, 0x20).StoreUnsafe(ref to, (nuint)toStride);
        Avx.Permute2x128(q2, q6, 0x20).StoreUnsafe(ref to, (nuint)(2 * toStride));
        Avx.Permute2x128(q3, q7, 0x20).StoreUnsafe(ref to, (nuint)(3 * toStride));
        Avx.Permute2x128(q0, q4, 0x31).StoreUnsafe(ref to, (nuint)(4 * toStride));
        Avx.Permute2x128(q1, q5, 0x31).StoreUnsafe(ref to, (nuint)(5 * toStride));
        Avx.Permute2x128(q2, q6, 0x31).StoreUnsafe(ref to, (nuint)(6 * toStride));
        Avx.Permute2x128(q3, q7, 0x31).StoreUnsafe(ref to, (nuint)(7 * toStride));
    }
}
