using System.Globalization;
using System.Runtime.CompilerServices;
using Undertone.Torch.Interop;

namespace Undertone.Torch;

/// <summary>An array of numbers of any number of dimensions, on a device, that can remember how it was computed.</summary>
/// <remarks>
/// <para>
/// A tensor owns native memory. Dispose it, or compute inside a <see cref="DisposeScope"/>, which frees every
/// tensor that was made in it; one that is made outside every scope is freed by the garbage collector at the latest.
/// </para>
/// <para>Names, shapes and semantics are those of PyTorch. Any operator without a method here is one
/// <see cref="Operator"/> away.</para>
/// </remarks>
public partial class Tensor : IDisposable
{
    private const int MaxDimensions = 16;
    private nint handle;
    private Guard? guard;
    private long[]? shape;
    private ScalarType dtype;
    private Device device;

    /// <summary>Takes over a handle.</summary>
    internal Tensor(nint handle)
    {
        this.handle = handle;
        if (DisposeScope.Current is { } scope)
        {
            scope.Add(this);
        }
        else
        {
            Watch();
        }
    }

    /// <summary>How many tensors C# holds at this moment, in the whole process.</summary>
    public static long LiveCount => Native.ut_live();

    /// <summary>Sizes of the dimensions. Not to be written to.</summary>
    public long[] Shape
    {
        get
        {
            LoadFacts();
            return shape!;
        }
    }

    /// <summary>Number of dimensions.</summary>
    public int Dimensions => Shape.Length;

    /// <summary>Kind of the elements.</summary>
    public ScalarType Dtype
    {
        get
        {
            LoadFacts();
            return dtype;
        }
    }

    /// <summary>Where the tensor lives.</summary>
    public Device Device
    {
        get
        {
            LoadFacts();
            return device;
        }
    }

    /// <summary>Number of elements.</summary>
    public long ElementCount
    {
        get
        {
            long count = 1;
            foreach (var size in Shape)
            {
                count *= size;
            }

            return count;
        }
    }

    /// <summary>Steps between neighbours of each dimension, in elements.</summary>
    public unsafe long[] Strides
    {
        get
        {
            var info = stackalloc long[10 + (2 * MaxDimensions)];
            LoadInfo(info);
            return new ReadOnlySpan<long>(info + 10 + MaxDimensions, (int)info[3]).ToArray();
        }
    }

    /// <summary>Whether the tensor was freed.</summary>
    public bool IsDisposed => handle == 0;

    /// <summary>The scope that will free this tensor.</summary>
    internal DisposeScope? Scope { get; set; }

    /// <summary>Place in the scope's list.</summary>
    internal int ScopeIndex { get; set; }

    internal nint Handle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => handle != 0 ? handle : throw new ObjectDisposedException(
            nameof(Tensor),
            "This tensor was freed (by Dispose, or by the scope it was made in; MoveToOuter keeps a tensor beyond its scope).");
    }

    /// <summary>Size of one dimension; negative counts from the last.</summary>
    public long Size(int dimension) => Shape[dimension < 0 ? dimension + Shape.Length : dimension];

    /// <summary>Frees the tensor; more than once does no harm.</summary>
    public void Dispose()
    {
        Scope?.Remove(this);
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes this tensor out of its scope and gives it to the scope around it, or to the collector.</summary>
    public Tensor MoveToOuter()
    {
        var scope = Scope;
        if (scope is not null)
        {
            scope.Remove(this);
            if (scope.Outer is { } outer)
            {
                outer.Add(this);
            }
            else
            {
                Watch();
            }
        }

        return this;
    }

    /// <summary>Takes this tensor out of every scope: it lives until disposed or collected.</summary>
    public Tensor Keep()
    {
        if (Scope is { } scope)
        {
            scope.Remove(this);
            Watch();
        }

        return this;
    }

    /// <summary>Kind, shape, device, and the values of a small tensor.</summary>
    public override string ToString()
    {
        if (IsDisposed)
        {
            return "Tensor (freed)";
        }

        if (ElementCount > 20 || !(Dtype.IsFloating() || Dtype is ScalarType.Int64 or ScalarType.Int32 or ScalarType.Bool))
        {
            return Summary();
        }

        using var noGrad = new NoGrad();
        using var scope = new DisposeScope();
        var values = Detach().To(ScalarType.Float64).ToArray<double>();
        return $"{Summary()} {{{string.Join(", ", values.Select(v => v.ToString("G6", CultureInfo.InvariantCulture)))}}}";
    }

    /// <summary>Kind and shape: <c>Float32[2, 3]</c>.</summary>
    internal string Summary()
    {
        if (IsDisposed)
        {
            return "freed";
        }

        var sizes = string.Join(", ", Shape.Select(s => s.ToString(CultureInfo.InvariantCulture)));
        return Device.Type == DeviceType.Cpu ? $"{Dtype}[{sizes}]" : $"{Dtype}[{sizes}]@{Device}";
    }

    /// <summary>Frees the native tensor without touching the scope's list.</summary>
    internal void Free()
    {
        var owned = Interlocked.Exchange(ref handle, 0);
        if (owned == 0)
        {
            return;
        }

        if (guard is { } watched)
        {
            guard = null;
            watched.Release();
        }

        Native.ut_free(owned);
    }

    /// <summary>Puts another native tensor in this one's place (a parameter that moves to a device).</summary>
    internal void Replace(nint newHandle)
    {
        var old = Handle;
        guard?.Release();
        guard = null;
        handle = newHandle;
        shape = null;
        if (Scope is null)
        {
            Watch();
        }

        Native.ut_free(old);
    }

    /// <summary>A second owned handle of the same native tensor.</summary>
    internal nint Alias()
    {
        var alias = Native.ut_alias(Handle);
        GC.KeepAlive(this);
        return alias != 0 ? alias : throw Native.Failure("alias");
    }

    /// <summary>A scope takes the tensor: the collector need not watch it.</summary>
    internal void Unwatch()
    {
        guard?.Release();
        guard = null;
    }

    private unsafe void Watch()
    {
        if (handle == 0 || guard is not null)
        {
            return;
        }

        var info = stackalloc long[10 + (2 * MaxDimensions)];
        LoadInfo(info);
        guard = new Guard(handle, info[9]);
    }

    private unsafe void LoadFacts()
    {
        if (shape is not null)
        {
            return;
        }

        var info = stackalloc long[10 + (2 * MaxDimensions)];
        LoadInfo(info);
        dtype = (ScalarType)info[0];
        device = new Device((DeviceType)info[1], (int)info[2]);
        shape = new ReadOnlySpan<long>(info + 10, (int)info[3]).ToArray();
    }

    private unsafe void LoadInfo(long* info)
    {
        Native.Check(Native.ut_info(Handle, info, MaxDimensions), "tensor");
        GC.KeepAlive(this);
        if (info[3] > MaxDimensions)
        {
            throw new TorchException($"a tensor of {info[3]} dimensions; at most {MaxDimensions} are supported");
        }
    }

    /// <summary>Frees a tensor that nobody disposed; only tensors outside every scope have one, so that the others cost no finaliser.</summary>
    private sealed class Guard
    {
        // Below this the collector's own pace is enough.
        private const long NoteworthyBytes = 1 << 16;
        private readonly nint handle;
        private readonly long pressure;

        internal Guard(nint handle, long bytes)
        {
            this.handle = handle;
            pressure = bytes >= NoteworthyBytes ? bytes : 0;
            if (pressure > 0)
            {
                GC.AddMemoryPressure(pressure);
            }
        }

        ~Guard()
        {
            Native.ut_free(handle);
            if (pressure > 0)
            {
                GC.RemoveMemoryPressure(pressure);
            }
        }

        internal void Release()
        {
            GC.SuppressFinalize(this);
            if (pressure > 0)
            {
                GC.RemoveMemoryPressure(pressure);
            }
        }
    }
}
