using System.Globalization;

namespace Undertone.Torch;

/// <summary>Where tensors live and are computed.</summary>
public enum DeviceType : sbyte
{
    /// <summary>The processor.</summary>
    Cpu = 0,

    /// <summary>An NVIDIA graphics card.</summary>
    Cuda = 1,
}

/// <summary>A device: the processor, or one graphics card.</summary>
/// <param name="Type">Kind of device.</param>
/// <param name="Index">Number of the card; -1 for the current one and for the processor.</param>
public readonly record struct Device(DeviceType Type, int Index = -1)
{
    /// <summary>The processor.</summary>
    public static Device Cpu => new(DeviceType.Cpu);

    /// <summary>The first graphics card.</summary>
    public static Device Cuda => new(DeviceType.Cuda, 0);

    /// <summary>Reads <c>auto</c> (a card where there is one), <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    /// <exception cref="TorchException">A card is asked for that this libtorch cannot use.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = text.Trim().ToLowerInvariant();
        if (name == "cpu")
        {
            return Cpu;
        }

        if (name == "auto")
        {
            return Engine.CudaDevices > 0 ? Cuda : Cpu;
        }

        var index = 0;
        if (name != "cuda" && !(name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new FormatException($"Unknown device '{text}'; expected auto, cpu, cuda or cuda:<number>.");
        }

        var found = Engine.CudaDevices;
        return index < found
            ? new Device(DeviceType.Cuda, index)
            : throw new TorchException(
                $"device '{text}' is not there: this libtorch sees {found} CUDA device(s). Use 'auto' or 'cpu', or build the "
                + "bridge against a CUDA libtorch (CMAKE_PREFIX_PATH).");
    }

    /// <inheritdoc/>
    public override string ToString() => Type == DeviceType.Cpu ? "cpu" : $"cuda:{Math.Max(Index, 0)}";

    internal long Pack() => ((long)Type << 8) | (byte)(sbyte)Index;
}
