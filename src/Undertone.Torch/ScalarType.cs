namespace Undertone.Torch;

/// <summary>The kind of a tensor's elements, numbered as in libtorch.</summary>
public enum ScalarType : sbyte
{
    /// <summary>Unsigned 8-bit integer.</summary>
    Byte = 0,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,

    /// <summary>16-bit integer.</summary>
    Int16 = 2,

    /// <summary>32-bit integer.</summary>
    Int32 = 3,

    /// <summary>64-bit integer: the kind of indices and class labels.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision.</summary>
    Float16 = 5,

    /// <summary>Single precision: the default.</summary>
    Float32 = 6,

    /// <summary>Double precision.</summary>
    Float64 = 7,

    /// <summary>Complex number of two singles.</summary>
    ComplexFloat32 = 9,

    /// <summary>Complex number of two doubles.</summary>
    ComplexFloat64 = 10,

    /// <summary>Truth value, one byte.</summary>
    Bool = 11,

    /// <summary>Brain float: 8 bits of exponent, 7 of mantissa.</summary>
    BFloat16 = 15,
}

/// <summary>The order of a tensor's elements in memory, numbered as in libtorch.</summary>
public enum MemoryFormat : sbyte
{
    /// <summary>Last dimension fastest.</summary>
    Contiguous = 0,

    /// <summary>As the input has it.</summary>
    Preserve = 1,

    /// <summary>Four dimensions (batch, channels, height, width) with channels fastest: faster 2-D convolutions.</summary>
    ChannelsLast = 2,
}

internal static class ScalarTypes
{
    /// <summary>The scalar type of a .NET element type.</summary>
    internal static ScalarType Of<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return ScalarType.Float32;
        }

        if (typeof(T) == typeof(double))
        {
            return ScalarType.Float64;
        }

        if (typeof(T) == typeof(long))
        {
            return ScalarType.Int64;
        }

        if (typeof(T) == typeof(int))
        {
            return ScalarType.Int32;
        }

        if (typeof(T) == typeof(bool))
        {
            return ScalarType.Bool;
        }

        if (typeof(T) == typeof(byte))
        {
            return ScalarType.Byte;
        }

        if (typeof(T) == typeof(short))
        {
            return ScalarType.Int16;
        }

        if (typeof(T) == typeof(sbyte))
        {
            return ScalarType.Int8;
        }

        return typeof(T) == typeof(Half)
            ? ScalarType.Float16
            : throw new NotSupportedException(
                $"A tensor cannot hold elements of type {typeof(T).Name}; use float, double, long, int, short, sbyte, byte, bool or Half.");
    }

    /// <summary>Bytes of one element.</summary>
    internal static int Size(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown scalar type"),
    };

    internal static bool IsFloating(this ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
}
