using System.Runtime.InteropServices;
using Undertone.Torch.Interop;

namespace Undertone.Torch;

/// <content>Making tensors.</content>
public partial class Tensor
{
    /// <summary>Zeros, in single precision on the processor.</summary>
    public static Tensor Zeros(params long[] shape) => Ops.Zeros.Call(shape);

    /// <summary>Zeros.</summary>
    public static Tensor Zeros(long[] shape, ScalarType dtype = ScalarType.Float32, Device? device = null) =>
        Ops.Zeros.Call(shape, dtype, Value.None, device);

    /// <summary>Ones, in single precision on the processor.</summary>
    public static Tensor Ones(params long[] shape) => Ops.Ones.Call(shape);

    /// <summary>Ones.</summary>
    public static Tensor Ones(long[] shape, ScalarType dtype = ScalarType.Float32, Device? device = null) =>
        Ops.Ones.Call(shape, dtype, Value.None, device);

    /// <summary>One number everywhere.</summary>
    public static Tensor Full(long[] shape, Scalar value, ScalarType dtype = ScalarType.Float32, Device? device = null) =>
        Ops.Full.Call(shape, value, dtype, Value.None, device);

    /// <summary>Uninitialised memory.</summary>
    public static Tensor Empty(long[] shape, ScalarType dtype = ScalarType.Float32, Device? device = null) =>
        Ops.Empty.Call(shape, dtype, Value.None, device);

    /// <summary>Normal random numbers of mean 0 and deviation 1, in single precision on the processor.</summary>
    public static Tensor Randn(params long[] shape) => Ops.Randn.Call(shape);

    /// <summary>Normal random numbers of mean 0 and deviation 1.</summary>
    public static Tensor Randn(long[] shape, ScalarType dtype = ScalarType.Float32, Device? device = null) =>
        Ops.Randn.Call(shape, dtype, Value.None, device);

    /// <summary>Random numbers uniform in [0, 1), in single precision on the processor.</summary>
    public static Tensor Rand(params long[] shape) => Ops.Rand.Call(shape);

    /// <summary>Random numbers uniform in [0, 1).</summary>
    public static Tensor Rand(long[] shape, ScalarType dtype = ScalarType.Float32, Device? device = null) =>
        Ops.Rand.Call(shape, dtype, Value.None, device);

    /// <summary>Random integers uniform in [low, high).</summary>
    public static Tensor RandInt(long low, long high, params long[] shape) => Ops.RandInt.Call(low, high, shape, ScalarType.Int64);

    /// <summary>The integers 0 to n - 1 in random order.</summary>
    public static Tensor RandPerm(long n) => Ops.RandPerm.Call(n);

    /// <summary>The numbers start, start + step, … below end; integers where all three are.</summary>
    public static Tensor Arange(Scalar start, Scalar end, Scalar step, ScalarType? dtype = null, Device? device = null) =>
        Ops.Arange.Call(start, end, step, dtype, Value.None, device);

    /// <summary>The integers 0 to n - 1.</summary>
    public static Tensor Arange(long n) => Ops.Arange.Call(0, n, 1);

    /// <summary>Evenly spaced numbers from start to end, both included.</summary>
    public static Tensor Linspace(double start, double end, long steps) => Ops.Linspace.Call((Scalar)start, (Scalar)end, steps);

    /// <summary>The identity matrix.</summary>
    public static Tensor Eye(long n) => Ops.Eye.Call(n);

    /// <summary>One number without dimensions.</summary>
    public static Tensor FromScalar(Scalar value, ScalarType? dtype = null, Device? device = null) =>
        Ops.ScalarTensor.Call(value, dtype ?? NaturalType(value), Value.None, device);

    /// <summary>A copy of an array; without a shape, a tensor of one dimension.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many elements.</exception>
    public static Tensor From<T>(T[] data, params long[] shape)
        where T : unmanaged => From((ReadOnlySpan<T>)data, shape);

    /// <summary>A copy of memory; without a shape, a tensor of one dimension.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many elements.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> data, params long[] shape)
        where T : unmanaged => FromBytes(
            MemoryMarshal.AsBytes(data), ScalarTypes.Of<T>(), shape.Length == 0 ? [data.Length] : shape);

    /// <summary>A copy of a matrix.</summary>
    public static Tensor From<T>(T[,] data)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        var span = data.Length == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref data[0, 0], data.Length);
        return From(span, data.GetLength(0), data.GetLength(1));
    }

    /// <summary>A copy of raw memory in native byte order.</summary>
    /// <exception cref="ArgumentException">The shape and kind need another number of bytes.</exception>
    public static unsafe Tensor FromBytes(ReadOnlySpan<byte> bytes, ScalarType dtype, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long count = dtype.Size();
        foreach (var size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            count = checked(count * size);
        }

        if (count != bytes.Length)
        {
            throw new ArgumentException(
                $"shape [{string.Join(", ", shape)}] of {dtype} holds {count / dtype.Size()} elements, the data has {bytes.Length / dtype.Size()}",
                nameof(shape));
        }

        var tensor = Empty(shape, dtype);
        bytes.CopyTo(new Span<byte>((void*)tensor.DataPointer, bytes.Length));
        return tensor;
    }

    /// <summary>A tensor over the memory of an array, without a copy: each sees what the other writes.</summary>
    /// <remarks>The array is pinned until no tensor uses it.</remarks>
    public static unsafe Tensor Over<T>(T[] data, params long[] shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Length == 0)
        {
            shape = [data.Length];
        }

        if (shape.Aggregate(1L, (a, b) => checked(a * b)) != data.Length)
        {
            throw new ArgumentException($"shape [{string.Join(", ", shape)}] does not hold {data.Length} elements", nameof(shape));
        }

        var type = ScalarTypes.Of<T>();
        var pin = GCHandle.Alloc(data, GCHandleType.Pinned);
        fixed (long* sizes = shape)
        {
            var handle = Native.ut_from_memory(
                (void*)pin.AddrOfPinnedObject(), (int)type, sizes, shape.Length, &Unpin, GCHandle.ToIntPtr(pin));
            if (handle == 0)
            {
                pin.Free();
                throw Native.Failure("from_blob");
            }

            return new Tensor(handle);
        }
    }

    /// <summary>Zeros in the shape, kind and place of this tensor.</summary>
    public Tensor ZerosLike() => Ops.ZerosLike.Call(this);

    /// <summary>Ones in the shape, kind and place of this tensor.</summary>
    public Tensor OnesLike() => Ops.OnesLike.Call(this);

    /// <summary>Uninitialised memory in the shape, kind and place of this tensor.</summary>
    public Tensor EmptyLike() => Ops.EmptyLike.Call(this);

    /// <summary>Normal random numbers in the shape, kind and place of this tensor.</summary>
    public Tensor RandnLike() => Ops.RandnLike.Call(this);

    /// <summary>Uniform random numbers in the shape, kind and place of this tensor.</summary>
    public Tensor RandLike() => Ops.RandLike.Call(this);

    private static ScalarType NaturalType(Scalar value) => value.Tag switch
    {
        ValueTag.Int => ScalarType.Int64,
        ValueTag.Bool => ScalarType.Bool,
        _ => ScalarType.Float32,
    };

    [UnmanagedCallersOnly]
    private static void Unpin(nint context) => GCHandle.FromIntPtr(context).Free();
}
