using System.Numerics;
using System.Runtime.CompilerServices;

namespace Undertone;

/// <summary>
/// A number, or several side by side: the transform is written once and works on one frame, or on as many frames at
/// a time as the processor's vectors hold.
/// </summary>
internal interface ILane<T>
    where T : struct, ILane<T>
{
    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    static abstract T operator *(T left, float right);

    /// <summary>left · right + addend, rounded once where the processor can.</summary>
    static abstract T MultiplyAdd(T left, float right, T addend);
}

/// <summary>One frame.</summary>
internal readonly struct ScalarLane(float value) : ILane<ScalarLane>
{
    public readonly float Value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator +(ScalarLane left, ScalarLane right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator -(ScalarLane left, ScalarLane right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator *(ScalarLane left, ScalarLane right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator *(ScalarLane left, float right) => new(left.Value * right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane MultiplyAdd(ScalarLane left, float right, ScalarLane addend) =>
        new(MathF.FusedMultiplyAdd(left.Value, right, addend.Value));
}

/// <summary>As many frames as a vector of the processor holds.</summary>
internal readonly struct VectorLane(Vector<float> value) : ILane<VectorLane>
{
    public readonly Vector<float> Value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane operator +(VectorLane left, VectorLane right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane operator -(VectorLane left, VectorLane right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane operator *(VectorLane left, VectorLane right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane operator *(VectorLane left, float right) => new(left.Value * new Vector<float>(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane MultiplyAdd(VectorLane left, float right, VectorLane addend) =>
        new(Vector.FusedMultiplyAdd(left.Value, new Vector<float>(right), addend.Value));
}
