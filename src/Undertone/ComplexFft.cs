using System.Runtime.CompilerServices;

namespace Undertone;

/// <summary>
/// The complex discrete Fourier transform of any length by Stockham's self-sorting algorithm with mixed radices
/// (Van Loan, Computational Frameworks for the Fast Fourier Transform, SIAM 1992, section 1.7). Lengths whose prime
/// factors are 2, 3 and 5 are fast; any other factor p costs p² operations.
/// </summary>
internal sealed class ComplexFft
{
    private static readonly float HalfRoot3 = (float)(Math.Sqrt(3) / 2);
    private static readonly float Cos72 = (float)Math.Cos(2 * Math.PI / 5);
    private static readonly float Cos144 = (float)Math.Cos(4 * Math.PI / 5);
    private static readonly float Sin72 = (float)Math.Sin(2 * Math.PI / 5);
    private static readonly float Sin144 = (float)Math.Sin(4 * Math.PI / 5);

    private readonly Stage[] _stages;

    /// <summary>Plans a transform.</summary>
    /// <param name="length">The number of complex values, at least 1.</param>
    public ComplexFft(int length)
    {
        Length = length;
        var stages = new List<Stage>();
        for (int rest = length, stride = 1; rest > 1;)
        {
            var radix = Radix(rest);
            stages.Add(new Stage(radix, rest, stride));
            rest /= radix;
            stride *= radix;
        }

        _stages = [.. stages];
    }

    /// <summary>The number of complex values.</summary>
    public int Length { get; }

    /// <summary>Whether <see cref="Forward"/> leaves its result in the second buffer rather than in the first.</summary>
    public bool ResultInSecond => _stages.Length % 2 == 1;

    /// <summary>Transforms; each buffer holds 2 · <see cref="Length"/> lanes, real and imaginary parts in turn.</summary>
    /// <param name="first">The input; overwritten.</param>
    /// <param name="second">Room to work in.</param>
    public void Forward<T>(Span<T> first, Span<T> second)
        where T : struct, ILane<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first.Length, 2 * Length, nameof(first));
        ArgumentOutOfRangeException.ThrowIfLessThan(second.Length, 2 * Length, nameof(second));
        ref var from = ref first[0];
        ref var to = ref second[0];
        foreach (var stage in _stages)
        {
            switch (stage.Radix)
            {
                case 2:
                    Radix2(ref from, ref to, stage);
                    break;
                case 3:
                    Radix3(ref from, ref to, stage);
                    break;
                case 4:
                    Radix4(ref from, ref to, stage);
                    break;
                case 5:
                    Radix5(ref from, ref to, stage);
                    break;
                default:
                    AnyRadix(ref from, ref to, stage);
                    break;
            }

            ref var swap = ref from;
            from = ref to;
            to = ref swap;
        }
    }

    private static int Radix(int rest)
    {
        foreach (var radix in (ReadOnlySpan<int>)[4, 2, 5, 3])
        {
            if (rest % radix == 0)
            {
                return radix;
            }
        }

        for (var divisor = 7; (long)divisor * divisor <= rest; divisor += 2)
        {
            if (rest % divisor == 0)
            {
                return divisor;
            }
        }

        return rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T At<T>(ref T start, int complexIndex) => ref Unsafe.Add(ref start, (nint)(uint)(2 * complexIndex));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(ref T to, T real, T imaginary)
    {
        to = real;
        Unsafe.Add(ref to, 1) = imaginary;
    }

    /// <summary>Stores a value turned by a twiddle factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTurned<T>(ref T to, T real, T imaginary, float cos, float sin)
        where T : struct, ILane<T>
    {
        to = T.MultiplyAdd(imaginary, -sin, real * cos);
        Unsafe.Add(ref to, 1) = T.MultiplyAdd(imaginary, cos, real * sin);
    }

    private static void Radix2<T>(ref T from, ref T to, Stage stage)
        where T : struct, ILane<T>
    {
        var (stride, rows, apart) = (stage.Stride, stage.Rows, stage.Stride * stage.Rows);
        for (var j = 0; j < rows; j++)
        {
            var (c, s) = (stage.Cos[j], stage.Sin[j]);
            for (var q = 0; q < stride; q++)
            {
                ref var a = ref At(ref from, q + (stride * j));
                ref var b = ref Unsafe.Add(ref a, (nint)(2 * apart));
                ref var y = ref At(ref to, q + (stride * 2 * j));
                var (ar, ai, br, bi) = (a, Unsafe.Add(ref a, 1), b, Unsafe.Add(ref b, 1));
                Store(ref y, ar + br, ai + bi);
                StoreTurned(ref At(ref y, stride), ar - br, ai - bi, c, s);
            }
        }
    }

    private static void Radix3<T>(ref T from, ref T to, Stage stage)
        where T : struct, ILane<T>
    {
        var (stride, rows, apart) = (stage.Stride, stage.Rows, stage.Stride * stage.Rows);
        for (var j = 0; j < rows; j++)
        {
            var (c1, s1, c2, s2) = (stage.Cos[2 * j], stage.Sin[2 * j], stage.Cos[(2 * j) + 1], stage.Sin[(2 * j) + 1]);
            for (var q = 0; q < stride; q++)
            {
                ref var a = ref At(ref from, q + (stride * j));
                ref var b = ref At(ref a, apart);
                ref var c = ref At(ref a, 2 * apart);
                ref var y = ref At(ref to, q + (stride * 3 * j));
                var (sumR, sumI) = (b + c, Unsafe.Add(ref b, 1) + Unsafe.Add(ref c, 1));
                var (difR, difI) = ((b - c) * HalfRoot3, (Unsafe.Add(ref b, 1) - Unsafe.Add(ref c, 1)) * HalfRoot3);
                var (ar, ai) = (a, Unsafe.Add(ref a, 1));
                var (midR, midI) = (T.MultiplyAdd(sumR, -0.5f, ar), T.MultiplyAdd(sumI, -0.5f, ai));
                Store(ref y, ar + sumR, ai + sumI);
                StoreTurned(ref At(ref y, stride), midR + difI, midI - difR, c1, s1);
                StoreTurned(ref At(ref y, 2 * stride), midR - difI, midI + difR, c2, s2);
            }
        }
    }

    private static void Radix4<T>(ref T from, ref T to, Stage stage)
        where T : struct, ILane<T>
    {
        var (stride, rows, apart) = (stage.Stride, stage.Rows, stage.Stride * stage.Rows);
        for (var j = 0; j < rows; j++)
        {
            var (c1, c2, c3) = (stage.Cos[3 * j], stage.Cos[(3 * j) + 1], stage.Cos[(3 * j) + 2]);
            var (s1, s2, s3) = (stage.Sin[3 * j], stage.Sin[(3 * j) + 1], stage.Sin[(3 * j) + 2]);
            for (var q = 0; q < stride; q++)
            {
                ref var a = ref At(ref from, q + (stride * j));
                ref var b = ref At(ref a, apart);
                ref var c = ref At(ref a, 2 * apart);
                ref var d = ref At(ref a, 3 * apart);
                ref var y = ref At(ref to, q + (stride * 4 * j));
                var (acR, acI) = (a + c, Unsafe.Add(ref a, 1) + Unsafe.Add(ref c, 1));
                var (amR, amI) = (a - c, Unsafe.Add(ref a, 1) - Unsafe.Add(ref c, 1));
                var (bdR, bdI) = (b + d, Unsafe.Add(ref b, 1) + Unsafe.Add(ref d, 1));
                var (bmR, bmI) = (b - d, Unsafe.Add(ref b, 1) - Unsafe.Add(ref d, 1));
                Store(ref y, acR + bdR, acI + bdI);
                StoreTurned(ref At(ref y, stride), amR + bmI, amI - bmR, c1, s1);
                StoreTurned(ref At(ref y, 2 * stride), acR - bdR, acI - bdI, c2, s2);
                StoreTurned(ref At(ref y, 3 * stride), amR - bmI, amI + bmR, c3, s3);
            }
        }
    }

    private static void Radix5<T>(ref T from, ref T to, Stage stage)
        where T : struct, ILane<T>
    {
        var (stride, rows, apart) = (stage.Stride, stage.Rows, stage.Stride * stage.Rows);
        for (var j = 0; j < rows; j++)
        {
            var cos = stage.Cos.AsSpan(4 * j, 4);
            var sin = stage.Sin.AsSpan(4 * j, 4);
            for (var q = 0; q < stride; q++)
            {
                ref var a = ref At(ref from, q + (stride * j));
                ref var b = ref At(ref a, apart);
                ref var c = ref At(ref a, 2 * apart);
                ref var d = ref At(ref a, 3 * apart);
                ref var e = ref At(ref a, 4 * apart);
                ref var y = ref At(ref to, q + (stride * 5 * j));
                var (ar, ai) = (a, Unsafe.Add(ref a, 1));
                var (beR, beI) = (b + e, Unsafe.Add(ref b, 1) + Unsafe.Add(ref e, 1));
                var (bmR, bmI) = (b - e, Unsafe.Add(ref b, 1) - Unsafe.Add(ref e, 1));
                var (cdR, cdI) = (c + d, Unsafe.Add(ref c, 1) + Unsafe.Add(ref d, 1));
                var (cmR, cmI) = (c - d, Unsafe.Add(ref c, 1) - Unsafe.Add(ref d, 1));
                var (oneR, oneI) = (T.MultiplyAdd(cdR, Cos144, T.MultiplyAdd(beR, Cos72, ar)), T.MultiplyAdd(cdI, Cos144, T.MultiplyAdd(beI, Cos72, ai)));
                var (twoR, twoI) = (T.MultiplyAdd(cdR, Cos72, T.MultiplyAdd(beR, Cos144, ar)), T.MultiplyAdd(cdI, Cos72, T.MultiplyAdd(beI, Cos144, ai)));
                var (turnR, turnI) = (T.MultiplyAdd(cmR, Sin144, bmR * Sin72), T.MultiplyAdd(cmI, Sin144, bmI * Sin72));
                var (backR, backI) = (T.MultiplyAdd(cmR, -Sin72, bmR * Sin144), T.MultiplyAdd(cmI, -Sin72, bmI * Sin144));
                Store(ref y, ar + beR + cdR, ai + beI + cdI);
                StoreTurned(ref At(ref y, stride), oneR + turnI, oneI - turnR, cos[0], sin[0]);
                StoreTurned(ref At(ref y, 2 * stride), twoR + backI, twoI - backR, cos[1], sin[1]);
                StoreTurned(ref At(ref y, 3 * stride), twoR - backI, twoI + backR, cos[2], sin[2]);
                StoreTurned(ref At(ref y, 4 * stride), oneR - turnI, oneI + turnR, cos[3], sin[3]);
            }
        }
    }

    private static void AnyRadix<T>(ref T from, ref T to, Stage stage)
        where T : struct, ILane<T>
    {
        var (radix, stride, rows, apart) = (stage.Radix, stage.Stride, stage.Rows, stage.Stride * stage.Rows);
        for (var j = 0; j < rows; j++)
        {
            for (var q = 0; q < stride; q++)
            {
                ref var a = ref At(ref from, q + (stride * j));
                ref var y = ref At(ref to, q + (stride * radix * j));
                for (var i = 0; i < radix; i++)
                {
                    var (real, imaginary) = (a, Unsafe.Add(ref a, 1));
                    for (var k = 1; k < radix; k++)
                    {
                        ref var x = ref At(ref a, k * apart);
                        var turn = (int)((long)i * k % radix);
                        var (c, s) = (stage.RootCos[turn], stage.RootSin[turn]);
                        var (xr, xi) = (x, Unsafe.Add(ref x, 1));
                        real = T.MultiplyAdd(xi, -s, T.MultiplyAdd(xr, c, real));
                        imaginary = T.MultiplyAdd(xi, c, T.MultiplyAdd(xr, s, imaginary));
                    }

                    if (i == 0)
                    {
                        Store(ref y, real, imaginary);
                    }
                    else
                    {
                        var at = ((radix - 1) * j) + i - 1;
                        StoreTurned(ref At(ref y, i * stride), real, imaginary, stage.Cos[at], stage.Sin[at]);
                    }
                }
            }
        }
    }

    /// <summary>One pass: <see cref="Rows"/> × <see cref="Stride"/> butterflies of <see cref="Radix"/> values.</summary>
    private sealed class Stage
    {
        public Stage(int radix, int length, int stride)
        {
            (Radix, Stride, Rows) = (radix, stride, length / radix);
            Cos = new float[(radix - 1) * Rows];
            Sin = new float[(radix - 1) * Rows];
            for (var j = 0; j < Rows; j++)
            {
                for (var i = 1; i < radix; i++)
                {
                    var (sin, cos) = Math.SinCos(-2 * Math.PI * ((long)j * i % length) / length);
                    Cos[((radix - 1) * j) + i - 1] = (float)cos;
                    Sin[((radix - 1) * j) + i - 1] = (float)sin;
                }
            }

            RootCos = new float[radix];
            RootSin = new float[radix];
            for (var i = 0; i < radix; i++)
            {
                var (sin, cos) = Math.SinCos(-2 * Math.PI * i / radix);
                (RootCos[i], RootSin[i]) = ((float)cos, (float)sin);
            }
        }

        public int Radix { get; }

        public int Stride { get; }

        public int Rows { get; }

        /// <summary>Twiddle factors e^(−2πi·row·i/length) for i from 1 to radix − 1.</summary>
        public float[] Cos { get; }

        public float[] Sin { get; }

        public float[] RootCos { get; }

        public float[] RootSin { get; }
    }
}
