using System.Globalization;

namespace Undertone.Torch;

/// <summary>Convolution over time: (batch, in, length) to (batch, out, length').</summary>
public sealed class Conv1d : Layer
{
    /// <summary>As padding: as much as keeps the length (stride 1 only).</summary>
    public const long Same = -1;

    private readonly long stride;
    private readonly long padding;
    private readonly long dilation;
    private readonly long groups;

    /// <summary>Makes the layer with PyTorch's initial weights.</summary>
    public Conv1d(
        long inChannels, long outChannels, long kernel, long stride = 1, long padding = 0, long dilation = 1, long groups = 1, bool bias = true)
    {
        ConvolutionShapes.Check(inChannels, outChannels, groups);
        (this.stride, this.padding, this.dilation, this.groups) = (stride, padding, dilation, groups);
        Weight = RegisterParameter("weight", Tensor.Empty([outChannels, inChannels / groups, kernel]));
        Bias = bias ? RegisterParameter("bias", Tensor.Empty([outChannels])) : null;
        Init.Default(Weight, Bias);
    }

    /// <summary>(out, in / groups, kernel).</summary>
    public Parameter Weight { get; }

    /// <summary>(out), or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string Details => ConvolutionShapes.Details(
        Weight.Shape[1] * groups,
        Weight.Shape[0],
        $"({Weight.Shape[2]},)",
        $"({stride},)",
        padding == Same ? "same" : padding == 0 ? null : $"({padding},)",
        dilation == 1 ? null : $"({dilation},)",
        groups,
        Bias is not null);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => padding == Same
        ? LayerOps.Conv1dPadded.Call(input, Weight, Bias, new[] { stride }, "same", new[] { dilation }, groups)
        : LayerOps.Conv1d.Call(input, Weight, Bias, new[] { stride }, new[] { padding }, new[] { dilation }, groups);
}

/// <summary>Convolution over height and width: (batch, in, height, width) to (batch, out, height', width').</summary>
/// <remarks>Faster on the processor when the input is in <see cref="MemoryFormat.ChannelsLast"/> order.</remarks>
public sealed class Conv2d : Layer
{
    private readonly Size2 kernel;
    private readonly Size2 strideSize;
    private readonly Size2 paddingSize;
    private readonly long[] stride;
    private readonly long[] padding;
    private readonly long[] dilation;
    private readonly long groups;

    /// <summary>Makes the layer with PyTorch's initial weights.</summary>
    public Conv2d(
        long inChannels,
        long outChannels,
        Size2 kernel,
        Size2? stride = null,
        Size2? padding = null,
        Size2? dilation = null,
        long groups = 1,
        bool bias = true)
    {
        ConvolutionShapes.Check(inChannels, outChannels, groups);
        this.kernel = kernel;
        strideSize = stride ?? 1;
        paddingSize = padding ?? 0;
        this.stride = strideSize.ToArray();
        this.padding = paddingSize.ToArray();
        this.dilation = (dilation ?? 1).ToArray();
        this.groups = groups;
        Weight = RegisterParameter("weight", Tensor.Empty([outChannels, inChannels / groups, kernel.Height, kernel.Width]));
        Bias = bias ? RegisterParameter("bias", Tensor.Empty([outChannels])) : null;
        Init.Default(Weight, Bias);
    }

    /// <summary>(out, in / groups, kernel height, kernel width).</summary>
    public Parameter Weight { get; }

    /// <summary>(out), or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string Details => ConvolutionShapes.Details(
        Weight.Shape[1] * groups,
        Weight.Shape[0],
        kernel.ToString(),
        strideSize.ToString(),
        paddingSize == 0 ? null : paddingSize.ToString(),
        dilation is [1, 1] ? null : $"({dilation[0]}, {dilation[1]})",
        groups,
        Bias is not null);

    /// <summary>Whether it walks the width alone, a step at a time, by an odd kernel of at most so many taps with zeros at both edges.</summary>
    internal bool IsPlainOverWidth(int mostTaps) =>
        kernel.Height == 1 && kernel.Width % 2 == 1 && kernel.Width <= mostTaps && strideSize == 1 && dilation is [1, 1] && groups == 1
        && (paddingSize == new Size2(0, kernel.Width / 2) || paddingSize == Size2.Same);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (paddingSize != Size2.Same)
        {
            return LayerOps.Conv2d.Call(input, Weight, Bias, stride, padding, dilation, groups);
        }

        var (high, wide) = (dilation[0] * (kernel.Height - 1), dilation[1] * (kernel.Width - 1));
        if (high % 2 == 0 && wide % 2 == 0)
        {
            return LayerOps.Conv2dPadded.Call(input, Weight, Bias, stride, "same", dilation, groups);
        }

        // One more at the end than at the beginning. libtorch does the same, and writes a warning into every process.
        using var scope = new DisposeScope();
        var padded = input.Pad([wide / 2, wide - (wide / 2), high / 2, high - (high / 2)]);
        return scope.MoveToOuter(LayerOps.Conv2d.Call(padded, Weight, Bias, stride, new long[] { 0, 0 }, dilation, groups));
    }
}

internal static class ConvolutionShapes
{
    internal static void Check(long inChannels, long outChannels, long groups)
    {
        if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0)
        {
            throw new ArgumentException(
                $"{groups} group(s) do not divide {inChannels} input and {outChannels} output channels", nameof(groups));
        }
    }

    internal static string Details(
        long inChannels, long outChannels, string kernel, string stride, string? padding, string? dilation, long groups, bool bias)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{inChannels}, {outChannels}, kernel_size={kernel}, stride={stride}");
        text += padding is null ? "" : $", padding={padding}";
        text += dilation is null ? "" : $", dilation={dilation}";
        text += groups == 1 ? "" : $", groups={groups}";
        return bias ? text : text + ", bias=False";
    }
}
