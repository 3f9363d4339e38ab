using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Undertone.Torch.Interop;

namespace Undertone.Torch;

/// <summary>One operator of libtorch, found by its name when first called: <c>new Operator("aten::add.Tensor")</c>.</summary>
/// <remarks>
/// Arguments follow the operator's schema in order, keyword arguments included; those left out take the
/// schema's defaults. Keep operators in static fields: finding one costs microseconds, calling it about one.
/// Thread-safe.
/// </remarks>
public sealed unsafe class Operator
{
    private const int ScratchLength = 96;
    private readonly string name;
    private readonly string overload;
    private nint handle;

    /// <summary>Names an operator; nothing is loaded yet.</summary>
    /// <param name="name">Name with its overload after a dot: <c>aten::add.Tensor</c>, <c>aten::relu</c>.</param>
    public Operator(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        this.name = dot < 0 ? name : name[..dot];
        overload = dot < 0 ? "" : name[(dot + 1)..];
    }

    /// <summary>Name with overload.</summary>
    public string Name => overload.Length == 0 ? name : $"{name}.{overload}";

    /// <summary>The operator's signature as libtorch declares it.</summary>
    public string Schema => Marshal.PtrToStringUTF8(Native.ut_schema(Resolve())) ?? throw Native.Failure(Name);

    /// <summary>Calls the operator and returns its one tensor.</summary>
    /// <exception cref="TorchException">libtorch refuses the arguments.</exception>
    public Tensor Call(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        var count = Invoke(arguments, &result, 1);
        return count == 1 && result.Tag == (int)ValueTag.Tensor
            ? new Tensor((nint)result.Bits)
            : throw Unexpected(count, "one tensor", new ReadOnlySpan<NativeValue>(&result, Math.Min(count, 1)));
    }

    /// <summary>Calls the operator and returns its two tensors.</summary>
    public (Tensor First, Tensor Second) CallTwo(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[2];
        var count = Invoke(arguments, results, 2);
        return count == 2
            ? (Wrap(results[0])!, Wrap(results[1])!)
            : throw Unexpected(count, "two tensors", new ReadOnlySpan<NativeValue>(results, Math.Min(count, 2)));
    }

    /// <summary>Calls the operator and returns its three tensors.</summary>
    public (Tensor First, Tensor Second, Tensor Third) CallThree(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[3];
        var count = Invoke(arguments, results, 3);
        return count == 3
            ? (Wrap(results[0])!, Wrap(results[1])!, Wrap(results[2])!)
            : throw Unexpected(count, "three tensors", new ReadOnlySpan<NativeValue>(results, Math.Min(count, 3)));
    }

    /// <summary>Calls the operator and returns all its tensors, lists flattened; an undefined one is null.</summary>
    public Tensor[] CallMany(params ReadOnlySpan<Value> arguments)
    {
        const int near = 8;
        var results = stackalloc NativeValue[near];
        var count = Invoke(arguments, results, near);
        var tensors = new Tensor[count];
        for (var i = 0; i < Math.Min(count, near); i++)
        {
            tensors[i] = Wrap(results[i])!;
        }

        if (count > near)
        {
            var rest = new NativeValue[count - near];
            fixed (NativeValue* pointer = rest)
            {
                Native.Check(Native.ut_overflow(pointer), Name);
            }

            for (var i = near; i < count; i++)
            {
                tensors[i] = Wrap(rest[i - near])!;
            }
        }

        return tensors;
    }

    /// <summary>Calls an operator that works in place or returns nothing of interest.</summary>
    public void CallInPlace(params ReadOnlySpan<Value> arguments) => Invoke(arguments, null, 0);

    /// <summary>Calls an operator that returns a number or truth value; integers and truth values are converted.</summary>
    public double CallNumber(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        var count = Invoke(arguments, &result, 1);
        return (count, (ValueTag)result.Tag) switch
        {
            (1, ValueTag.Double) => BitConverter.Int64BitsToDouble(result.Bits),
            (1, ValueTag.Int or ValueTag.Bool) => result.Bits,
            _ => throw Unexpected(count, "a number", new ReadOnlySpan<NativeValue>(&result, Math.Min(count, 1))),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Tensor? Wrap(NativeValue value) => (ValueTag)value.Tag switch
    {
        ValueTag.Tensor => new Tensor((nint)value.Bits),
        ValueTag.None => null,
        _ => throw new TorchException("the operator returned a number where a tensor was expected"),
    };

    private TorchException Unexpected(int count, string expected, ReadOnlySpan<NativeValue> got)
    {
        foreach (var value in got)
        {
            if (value.Tag == (int)ValueTag.Tensor)
            {
                Native.ut_free((nint)value.Bits);
            }
        }

        return new TorchException($"{Name}: expected {expected} as the result, got {count} value(s)");
    }

    [SkipLocalsInit]
    private int Invoke(ReadOnlySpan<Value> arguments, NativeValue* results, int capacity)
    {
        var op = handle;
        if (op == 0)
        {
            op = Resolve();
        }

        MultiplyAdds.Observe(name, arguments);

        var room = 0;
        foreach (ref readonly var argument in arguments)
        {
            if (argument.Tag >= ValueTag.IntList && argument.Reference is { } reference)
            {
                room += reference is string text ? text.Length : Unsafe.As<Array>(reference).Length;
            }
        }

        var native = stackalloc NativeValue[Math.Max(arguments.Length, 1)];
        var near = stackalloc long[ScratchLength];
        var far = room > ScratchLength ? ArrayPool<long>.Shared.Rent(room) : null;
        int count;
        fixed (long* farPointer = far)
        {
            var space = far is null ? near : farPointer;
            for (var i = 0; i < arguments.Length; i++)
            {
                space += Write(in arguments[i], native + i, space);
            }

            count = Native.ut_call(op, native, arguments.Length, results, capacity);
        }

        if (far is not null)
        {
            ArrayPool<long>.Shared.Return(far);
        }

        return count >= 0 ? count : throw Failure(arguments);
    }

    /// <summary>Writes one argument; lists are copied to <paramref name="space"/>. Returns how much of it was used.</summary>
    private static int Write(in Value argument, NativeValue* target, long* space)
    {
        target->Tag = (int)argument.Tag;
        target->Count = 0;
        target->Bits = argument.Bits;
        switch (argument.Tag)
        {
            case ValueTag.Tensor:
                target->Bits = Unsafe.As<Tensor>(argument.Reference!).Handle;
                return 0;
            case ValueTag.IntList:
            case ValueTag.DoubleList:
                {
                    ReadOnlySpan<long> source = argument.Tag == ValueTag.IntList
                        ? (long[])argument.Reference!
                        : MemoryMarshal.Cast<double, long>(((double[])argument.Reference!).AsSpan());
                    source.CopyTo(new Span<long>(space, source.Length));
                    return Point(target, space, source.Length, source.Length);
                }

            case ValueTag.BoolList:
                {
                    var source = (bool[])argument.Reference!;
                    source.CopyTo(new Span<bool>(space, source.Length));
                    return Point(target, space, source.Length, source.Length);
                }

            case ValueTag.TensorList:
            case ValueTag.OptionalTensorList:
                {
                    var source = (Tensor?[])argument.Reference!;
                    for (var i = 0; i < source.Length; i++)
                    {
                        space[i] = source[i] is { } tensor ? tensor.Handle : 0;
                    }

                    return Point(target, space, source.Length, source.Length);
                }

            case ValueTag.String:
                {
                    var text = (string)argument.Reference!;
                    var bytes = Encoding.UTF8.GetBytes(text, new Span<byte>(space, text.Length * sizeof(long)));
                    return Point(target, space, bytes, text.Length);
                }

            default:
                return 0;
        }
    }

    private static int Point(NativeValue* target, long* space, int count, int used)
    {
        target->Count = count;
        target->Bits = (long)space;
        return used;
    }

    private TorchException Failure(ReadOnlySpan<Value> arguments)
    {
        var error = Native.LastError();
        var text = new StringBuilder(Name).Append('(');
        for (var i = 0; i < arguments.Length; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(arguments[i].ToString());
        }

        return TorchException.Create(text.Append(')').ToString(), error);
    }

    private nint Resolve()
    {
        if (handle == 0)
        {
            var found = Native.ut_find(name, overload);
            handle = found != 0 ? found : throw Native.Failure(Name);
        }

        return handle;
    }
}
