using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Undertone.Torch.Kernels;

/// <summary>
/// Elementary functions a vector at a time. The exponential is Cephes' single-precision polynomial
/// (S. L. Moshier, Cephes Mathematical Library, expf) after range reduction by ln 2; the error stays below two
/// units in the last place, which the tests hold against <see cref="MathF"/>. It is written out for either kind of vector, not
/// once for <see cref="ILanes{T}"/>: a kernel of five such functions would have more steps than the compiler puts in line.
/// </summary>
internal static unsafe class VectorMath
{
    /// <summary>e to the power of x; saturates at the ends of the finite range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(-87.33654f)), Vector512.Create(88.37626f));
        var n = Vector512.Floor(Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504088896341f), Vector512.Create(0.5f)));
        // ln 2 in two parts, so that the reduced argument keeps all its bits.
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        var p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r + Vector512<float>.One);
        var power = (Vector512.ConvertToInt32(n) + Vector512.Create(127)) << 23;
        return p * power.AsSingle();
    }

    /// <summary>The logistic function 1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Exp(-x));

    /// <summary>The hyperbolic tangent, as 2 σ(2x) - 1: absolute error below 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Vector512.FusedMultiplyAdd(Vector512.Create(2f), Sigmoid(x + x), Vector512.Create(-1f));

    /// <summary>e to the power of x; saturates at the ends of the finite range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        x = Vector.Min(Vector.Max(x, Vector.Create(-87.33654f)), Vector.Create(88.37626f));
        var n = Vector.Floor(Vector.FusedMultiplyAdd(x, Vector.Create(1.44269504088896341f), Vector.Create(0.5f)));
        // ln 2 in two parts, so that the reduced argument keeps all its bits.
        var r = Vector.FusedMultiplyAdd(n, Vector.Create(-0.693359375f), x);
        r = Vector.FusedMultiplyAdd(n, Vector.Create(2.12194440e-4f), r);
        var p = Vector.Create(1.9875691500e-4f);
        p = Vector.FusedMultiplyAdd(p, r, Vector.Create(1.3981999507e-3f));
        p = Vector.FusedMultiplyAdd(p, r, Vector.Create(8.3334519073e-3f));
        p = Vector.FusedMultiplyAdd(p, r, Vector.Create(4.1665795894e-2f));
        p = Vector.FusedMultiplyAdd(p, r, Vector.Create(1.6666665459e-1f));
        p = Vector.FusedMultiplyAdd(p, r, Vector.Create(5.0000001201e-1f));
        p = Vector.FusedMultiplyAdd(p, r * r, r + Vector<float>.One);
        var power = (Vector.ConvertToInt32(n) + Vector.Create(127)) << 23;
        return p * Vector.AsVectorSingle(power);
    }

    /// <summary>The logistic function 1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Exp(-x));

    /// <summary>The hyperbolic tangent, as 2 σ(2x) - 1: absolute error below 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x) => Vector.FusedMultiplyAdd(Vector.Create(2f), Sigmoid(x + x), Vector.Create(-1f));

    /// <summary>Loads the first <paramref name="count"/> numbers, at most a vector of them; the rest are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* source, int count)
        where V : struct, ILanes<V> =>
        count >= V.Count ? V.Load(source)
        : 2 * count == V.Count ? V.LoadHalf(source)
        : LoadTail<V>(source, count);

    /// <summary>Stores the first <paramref name="count"/> numbers, at most a vector of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, float* target, int count)
        where V : struct, ILanes<V>
    {
        if (count >= V.Count)
        {
            V.Store(value, target);
        }
        else if (2 * count == V.Count)
        {
            V.StoreHalf(value, target);
        }
        else
        {
            StoreTail(value, target, count);
        }
    }

    // Apart from the common cases, which are inlined; a method with a stack buffer would not be.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LoadTail<V>(float* source, int count)
        where V : struct, ILanes<V>
    {
        var buffer = stackalloc float[V.Count];
        for (var i = 0; i < V.Count; i++)
        {
            buffer[i] = i < count ? source[i] : 0f;
        }

        return V.Load(buffer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreTail<V>(V value, float* target, int count)
        where V : struct, ILanes<V>
    {
        var buffer = stackalloc float[V.Count];
        V.Store(value, buffer);
        for (var i = 0; i < count; i++)
        {
            target[i] = buffer[i];
        }
    }
}
