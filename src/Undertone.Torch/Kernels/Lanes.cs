using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Undertone.Torch.Kernels;

/// <summary>
/// Numbers side by side, as many as a vector of the processor holds. Kernels are written once over them and compiled for each
/// width: vectors of 512 bits that the processor lacks would be pairs of halves put together by calls, several times slower
/// than its own. No lane sees another but in <see cref="Sum"/>, so that the width changes no other value.
/// </summary>
internal unsafe interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>How many.</summary>
    static abstract int Count { get; }

    /// <summary>The mask that holds everywhere.</summary>
    static abstract T Everywhere { get; }

    /// <summary>The same number in each lane.</summary>
    static abstract T All(float value);

    /// <summary>Loads <see cref="Count"/> numbers.</summary>
    static abstract T Load(float* source);

    /// <summary>Loads half as many; the upper lanes are zero.</summary>
    static abstract T LoadHalf(float* source);

    /// <summary>Loads the lower lanes from one place and the upper ones from another.</summary>
    static abstract T LoadHalves(float* lower, float* upper);

    /// <summary>Stores <see cref="Count"/> numbers.</summary>
    static abstract void Store(T value, float* target);

    /// <summary>Stores the lower half.</summary>
    static abstract void StoreHalf(T value, float* target);

    /// <summary>Stores the lower half at one place and the upper one at another.</summary>
    static abstract void StoreHalves(T value, float* lower, float* upper);

    /// <summary>Adds each lane to a sum of double precision.</summary>
    static abstract void AddTo(double* sums, T value);

    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    static abstract T operator /(T left, T right);

    /// <summary>Bit by bit: where <paramref name="right"/> is a mask, the lanes it holds for, zero elsewhere.</summary>
    static abstract T operator &(T left, T right);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary>The greater of two; NaN where either is.</summary>
    static abstract T Max(T left, T right);

    /// <summary>The logistic function 1 / (1 + e^-x).</summary>
    static abstract T Sigmoid(T value);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract T Tanh(T value);

    /// <summary>A mask of the lanes where left is greater.</summary>
    static abstract T GreaterThan(T left, T right);

    /// <summary>A mask of the lanes that are equal.</summary>
    static abstract T EqualTo(T left, T right);

    /// <summary>The lanes of a mask that are not in another.</summary>
    static abstract T Without(T mask, T other);

    /// <summary>The sum of all lanes.</summary>
    static abstract float Sum(T value);
}

/// <summary>Which lanes the processor has.</summary>
internal static class Lanes
{
    /// <summary>Whether <see cref="WideLanes"/> are the processor's own; else <see cref="ProcessorLanes"/> are faster.</summary>
    public static bool AreWide => Vector512.IsHardwareAccelerated;
}

/// <summary>Sixteen numbers: vectors of 512 bits.</summary>
internal readonly unsafe struct WideLanes(Vector512<float> value) : ILanes<WideLanes>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static WideLanes Everywhere => new(Vector512<float>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes All(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes LoadHalf(float* source) => new(Vector512.Create(Vector256.Load(source), Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes LoadHalves(float* lower, float* upper) => new(Vector512.Create(Vector256.Load(lower), Vector256.Load(upper)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(WideLanes value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalf(WideLanes value, float* target) => value._value.GetLower().Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(WideLanes value, float* lower, float* upper)
    {
        value._value.GetLower().Store(lower);
        value._value.GetUpper().Store(upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(double* sums, WideLanes value)
    {
        (Vector512.Load(sums) + Vector512.WidenLower(value._value)).Store(sums);
        (Vector512.Load(sums + 8) + Vector512.WidenUpper(value._value)).Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator +(WideLanes left, WideLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator -(WideLanes left, WideLanes right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator *(WideLanes left, WideLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator /(WideLanes left, WideLanes right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator &(WideLanes left, WideLanes right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes MultiplyAdd(WideLanes a, WideLanes b, WideLanes c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Max(WideLanes left, WideLanes right) => new(Vector512.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Sigmoid(WideLanes value) => new(VectorMath.Sigmoid(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Tanh(WideLanes value) => new(VectorMath.Tanh(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes GreaterThan(WideLanes left, WideLanes right) => new(Vector512.GreaterThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes EqualTo(WideLanes left, WideLanes right) => new(Vector512.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Without(WideLanes mask, WideLanes other) => new(Vector512.AndNot(mask._value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(WideLanes value) => Vector512.Sum(value._value);
}

/// <summary>As many numbers as .NET takes for the processor's vector: eight with AVX2, four with NEON.</summary>
internal readonly unsafe struct ProcessorLanes(Vector<float> value) : ILanes<ProcessorLanes>
{
    private readonly Vector<float> _value = value;

    public static int Count => Vector<float>.Count;

    public static ProcessorLanes Everywhere => new(Vector<float>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes All(float value) => new(new Vector<float>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes Load(float* source) => new(Vector.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes LoadHalf(float* source) => Count switch
    {
        4 => new(Vector128.Create(Vector64.Load(source), Vector64<float>.Zero).AsVector()),
        8 => new(Vector256.Create(Vector128.Load(source), Vector128<float>.Zero).AsVector()),
        _ => new(Vector512.Create(Vector256.Load(source), Vector256<float>.Zero).AsVector()),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes LoadHalves(float* lower, float* upper) => Count switch
    {
        4 => new(Vector128.Create(Vector64.Load(lower), Vector64.Load(upper)).AsVector()),
        8 => new(Vector256.Create(Vector128.Load(lower), Vector128.Load(upper)).AsVector()),
        _ => new(Vector512.Create(Vector256.Load(lower), Vector256.Load(upper)).AsVector()),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ProcessorLanes value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalf(ProcessorLanes value, float* target)
    {
        switch (Count)
        {
            case 4: value._value.AsVector128().GetLower().Store(target); break;
            case 8: value._value.AsVector256().GetLower().Store(target); break;
            default: value._value.AsVector512().GetLower().Store(target); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(ProcessorLanes value, float* lower, float* upper)
    {
        StoreHalf(value, lower);
        switch (Count)
        {
            case 4: value._value.AsVector128().GetUpper().Store(upper); break;
            case 8: value._value.AsVector256().GetUpper().Store(upper); break;
            default: value._value.AsVector512().GetUpper().Store(upper); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(double* sums, ProcessorLanes value)
    {
        Vector.Widen(value._value, out var lower, out var upper);
        (Vector.Load(sums) + lower).Store(sums);
        (Vector.Load(sums + Vector<double>.Count) + upper).Store(sums + Vector<double>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes operator +(ProcessorLanes left, ProcessorLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes operator -(ProcessorLanes left, ProcessorLanes right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes operator *(ProcessorLanes left, ProcessorLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes operator /(ProcessorLanes left, ProcessorLanes right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes operator &(ProcessorLanes left, ProcessorLanes right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes MultiplyAdd(ProcessorLanes a, ProcessorLanes b, ProcessorLanes c) => new(Vector.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes Max(ProcessorLanes left, ProcessorLanes right) => new(Vector.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes Sigmoid(ProcessorLanes value) => new(VectorMath.Sigmoid(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes Tanh(ProcessorLanes value) => new(VectorMath.Tanh(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes GreaterThan(ProcessorLanes left, ProcessorLanes right) => new(Vector.AsVectorSingle(Vector.GreaterThan(left._value, right._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes EqualTo(ProcessorLanes left, ProcessorLanes right) => new(Vector.AsVectorSingle(Vector.Equals(left._value, right._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProcessorLanes Without(ProcessorLanes mask, ProcessorLanes other) => new(Vector.AndNot(mask._value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(ProcessorLanes value) => Vector.Sum(value._value);
}
