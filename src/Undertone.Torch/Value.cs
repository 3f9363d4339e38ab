using System.Globalization;

namespace Undertone.Torch;

/// <summary>Kinds of arguments, numbered as in the bridge.</summary>
internal enum ValueTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    IntList = 5,
    DoubleList = 6,
    BoolList = 7,
    TensorList = 8,
    OptionalTensorList = 9,
    String = 10,
    Device = 11,
}

/// <summary>One argument of an <see cref="Operator"/>: converts by itself from tensors, numbers, lists, and null.</summary>
/// <remarks>Integers stay integers and floating numbers stay floating: an operator whose schema says <c>float</c> wants 1.0, not 1.</remarks>
public readonly struct Value
{
    internal readonly object? Reference;
    internal readonly long Bits;
    internal readonly ValueTag Tag;

    private Value(ValueTag tag, long bits, object? reference = null)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
    }

    /// <summary>The absent optional argument.</summary>
    public static Value None => default;

    /// <summary>A list in which tensors may be absent (indices).</summary>
    public static Value OptionalTensors(Tensor?[] tensors) => new(ValueTag.OptionalTensorList, 0, tensors);

    /// <summary>A tensor, or none for null.</summary>
    public static implicit operator Value(Tensor? tensor) => tensor is null ? default : new(ValueTag.Tensor, 0, tensor);

    /// <summary>An integer.</summary>
    public static implicit operator Value(int value) => new(ValueTag.Int, value);

    /// <summary>An integer.</summary>
    public static implicit operator Value(long value) => new(ValueTag.Int, value);

    /// <summary>A floating number.</summary>
    public static implicit operator Value(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Value(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    /// <summary>An integer, or none.</summary>
    public static implicit operator Value(long? value) => value is { } v ? v : default(Value);

    /// <summary>A floating number, or none.</summary>
    public static implicit operator Value(double? value) => value is { } v ? v : default(Value);

    /// <summary>A number of any kind.</summary>
    public static implicit operator Value(Scalar value) => new(value.Tag, value.Bits);

    /// <summary>A number of any kind, or none.</summary>
    public static implicit operator Value(Scalar? value) => value is { } v ? v : default(Value);

    /// <summary>Integers.</summary>
    public static implicit operator Value(long[]? values) => values is null ? default : new(ValueTag.IntList, 0, values);

    /// <summary>Floating numbers.</summary>
    public static implicit operator Value(double[]? values) => values is null ? default : new(ValueTag.DoubleList, 0, values);

    /// <summary>Truth values.</summary>
    public static implicit operator Value(bool[]? values) => values is null ? default : new(ValueTag.BoolList, 0, values);

    /// <summary>Tensors.</summary>
    public static implicit operator Value(Tensor[]? tensors) => tensors is null ? default : new(ValueTag.TensorList, 0, tensors);

    /// <summary>Text.</summary>
    public static implicit operator Value(string? text) => text is null ? default : new(ValueTag.String, 0, text);

    /// <summary>A kind of element.</summary>
    public static implicit operator Value(ScalarType type) => new(ValueTag.Int, (long)type);

    /// <summary>A kind of element, or none.</summary>
    public static implicit operator Value(ScalarType? type) => type is { } v ? v : default(Value);

    /// <summary>An order of elements.</summary>
    public static implicit operator Value(MemoryFormat format) => new(ValueTag.Int, (long)format);

    /// <summary>A device.</summary>
    public static implicit operator Value(Device device) => new(ValueTag.Device, device.Pack());

    /// <summary>A device, or none.</summary>
    public static implicit operator Value(Device? device) => device is { } v ? v : default(Value);

    /// <summary>The argument as an error shows it: <c>Float32[2, 3]</c>, <c>[1, 1]</c>, <c>none</c>.</summary>
    public override string ToString() => Tag switch
    {
        ValueTag.Tensor => Describe((Tensor)Reference!),
        ValueTag.Int => Bits.ToString(CultureInfo.InvariantCulture),
        ValueTag.Double => BitConverter.Int64BitsToDouble(Bits).ToString(CultureInfo.InvariantCulture),
        ValueTag.Bool => Bits != 0 ? "true" : "false",
        ValueTag.IntList => List((long[])Reference!, v => v.ToString(CultureInfo.InvariantCulture)),
        ValueTag.DoubleList => List((double[])Reference!, v => v.ToString(CultureInfo.InvariantCulture)),
        ValueTag.BoolList => List((bool[])Reference!, v => v ? "true" : "false"),
        ValueTag.TensorList or ValueTag.OptionalTensorList => List((Tensor?[])Reference!, Describe),
        ValueTag.String => $"'{Reference}'",
        ValueTag.Device => new Device((DeviceType)(Bits >> 8), (sbyte)(Bits & 0xff)).ToString(),
        _ => "none",
    };

    private static string Describe(Tensor? tensor) => tensor?.Summary() ?? "none";

    private static string List<T>(T[] items, Func<T, string> show)
    {
        const int shown = 8;
        var text = string.Join(", ", items.Take(shown).Select(show));
        return items.Length > shown ? $"[{text}, … {items.Length} in all]" : $"[{text}]";
    }
}

/// <summary>A number given to an operator: integer, floating or truth value, which decides the kind of the result.</summary>
public readonly struct Scalar
{
    internal readonly long Bits;
    internal readonly ValueTag Tag;

    private Scalar(ValueTag tag, long bits)
    {
        Tag = tag;
        Bits = bits;
    }

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => new(ValueTag.Int, value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => new(ValueTag.Int, value);

    /// <summary>A floating number.</summary>
    public static implicit operator Scalar(float value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A floating number.</summary>
    public static implicit operator Scalar(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    /// <inheritdoc/>
    public override string ToString() => ((Value)this).ToString();
}
