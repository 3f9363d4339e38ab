using System.Runtime.InteropServices;
using Undertone.Torch.Interop;

namespace Undertone.Torch;

/// <content>Reading and writing elements, moving and converting.</content>
public partial class Tensor
{
    /// <summary>Address of the first element. Valid as long as the tensor; on a CUDA device not to be read from here.</summary>
    public nint DataPointer
    {
        get
        {
            var pointer = Native.ut_data(Handle);
            GC.KeepAlive(this);
            return pointer != 0 || ElementCount == 0 ? pointer : throw Native.Failure($"data of {Summary()}");
        }
    }

    /// <summary>Whether the elements lie in order without gaps, last dimension fastest.</summary>
    public bool IsContiguous
    {
        get
        {
            var (sizes, strides) = (Shape, Strides);
            long expected = 1;
            for (var i = sizes.Length - 1; i >= 0; i--)
            {
                if (sizes[i] != 1 && strides[i] != expected)
                {
                    return ElementCount == 0;
                }

                expected *= sizes[i];
            }

            return true;
        }
    }

    /// <summary>The elements themselves, without a copy: valid only while the tensor is (keep a reference to it, or a scope open).</summary>
    /// <exception cref="TorchException">The tensor is not on the processor, not contiguous, or not of this kind.</exception>
    public unsafe Span<T> AsSpan<T>()
        where T : unmanaged
    {
        Require<T>();
        if (Device.Type != DeviceType.Cpu || !IsContiguous)
        {
            throw new TorchException(
                $"AsSpan: {Summary()} is not contiguous memory of the processor; use ToArray, CopyTo, or Contiguous().");
        }

        return new Span<T>((void*)DataPointer, checked((int)ElementCount));
    }

    /// <summary>A copy of the elements in order, last dimension fastest.</summary>
    /// <exception cref="TorchException">The elements are of another kind.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(checked((int)ElementCount));
        CopyTo<T>(array);
        return array;
    }

    /// <summary>Copies the elements in order to memory of the same length.</summary>
    /// <exception cref="TorchException">The elements are of another kind.</exception>
    public void CopyTo<T>(Span<T> target)
        where T : unmanaged
    {
        Require<T>();
        RequireLength(target.Length);
        if (Device.Type == DeviceType.Cpu && IsContiguous)
        {
            AsSpan<T>().CopyTo(target);
            GC.KeepAlive(this);
            return;
        }

        using var noGrad = new NoGrad();
        using var scope = new DisposeScope();
        var plain = To(Device.Cpu).Contiguous();
        plain.AsSpan<T>().CopyTo(target);
        GC.KeepAlive(plain);
    }

    /// <summary>Overwrites the elements, in order, from memory of the same length.</summary>
    /// <exception cref="TorchException">The elements are of another kind.</exception>
    public Tensor CopyFrom<T>(ReadOnlySpan<T> source)
        where T : unmanaged
    {
        Require<T>();
        RequireLength(source.Length);
        if (Device.Type == DeviceType.Cpu && IsContiguous)
        {
            source.CopyTo(AsSpan<T>());
            GC.KeepAlive(this);
            return this;
        }

        using var noGrad = new NoGrad();
        using var scope = new DisposeScope();
        return CopyFrom(FromBytes(MemoryMarshal.AsBytes(source), Dtype, Shape));
    }

    /// <summary>Overwrites the elements from memory of the same length.</summary>
    public Tensor CopyFrom<T>(T[] source)
        where T : unmanaged => CopyFrom((ReadOnlySpan<T>)source);

    /// <summary>Overwrites the elements from another tensor, which is spread and converted as needed.</summary>
    public Tensor CopyFrom(Tensor source)
    {
        Ops.CopyInPlace.CallInPlace(this, source);
        return this;
    }

    /// <summary>The only element.</summary>
    /// <exception cref="TorchException">There is not exactly one.</exception>
    public double Item() => Ops.Item.CallNumber(this);

    /// <summary>The only element as an integer, exactly.</summary>
    /// <exception cref="TorchException">There is not exactly one, or it is not an integer.</exception>
    public long ItemInt64()
    {
        using var scope = new DisposeScope();
        var whole = Dtype.IsFloating() ? throw new TorchException($"ItemInt64: {Summary()} holds floating numbers; use Item().") : To(ScalarType.Int64);
        return whole.ElementCount == 1
            ? whole.ToArray<long>()[0]
            : throw new TorchException($"ItemInt64: {Summary()} has {ElementCount} elements; one was expected.");
    }

    /// <summary>This tensor with elements of another kind; another handle of the same when they already are.</summary>
    public Tensor To(ScalarType type) => type == Dtype ? new Tensor(Alias()) : Ops.ToDtype.Call(this, type);

    /// <summary>This tensor on a device; another handle of the same when it already is there.</summary>
    public Tensor To(Device target) => target.Type == Device.Type && (target.Type == DeviceType.Cpu || target.Index < 0 || target.Index == Device.Index)
        ? new Tensor(Alias())
        : Ops.ToDevice.Call(this, target, Dtype);

    /// <summary>A copy with elements in order, or another handle of the same when they already are.</summary>
    public Tensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous) => Ops.Contiguous.Call(this, format);

    /// <summary>A copy of its own, part of the history.</summary>
    public Tensor Clone() => Ops.Clone.Call(this);

    /// <summary>This tensor cut off from its history, over the same memory.</summary>
    public Tensor Detach() => Ops.Detach.Call(this);

    private void Require<T>()
        where T : unmanaged
    {
        var wanted = ScalarTypes.Of<T>();
        if (Dtype != wanted)
        {
            throw new TorchException($"{Summary()} holds no {wanted} elements; convert it with To(ScalarType.{wanted}).");
        }
    }

    private void RequireLength(int length)
    {
        if (length != ElementCount)
        {
            throw new ArgumentException($"{Summary()} has {ElementCount} elements, the memory {length}.");
        }
    }
}
