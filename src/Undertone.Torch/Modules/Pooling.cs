namespace Undertone.Torch;

/// <summary>Greatest value of each window over time.</summary>
public sealed class MaxPool1d(long kernel, long? stride = null, long padding = 0) : Layer
{
    /// <inheritdoc/>
    protected override string Details => $"kernel_size={kernel}, stride={stride ?? kernel}, padding={padding}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        LayerOps.MaxPool1d.Call(input, new[] { kernel }, new[] { stride ?? kernel }, new[] { padding });
}

/// <summary>Greatest value of each window over height and width.</summary>
public sealed class MaxPool2d(Size2 kernel, Size2? stride = null, Size2? padding = null) : Layer
{
    private readonly long[] kernelSizes = kernel.ToArray();
    private readonly long[] strides = (stride ?? kernel).ToArray();
    private readonly long[] paddings = (padding ?? 0).ToArray();

    /// <inheritdoc/>
    protected override string Details => $"kernel_size={kernel}, stride={stride ?? kernel}, padding={padding ?? 0}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => LayerOps.MaxPool2d.Call(input, kernelSizes, strides, paddings);
}

/// <summary>Mean of each window over time; padding counts as zeros.</summary>
public sealed class AvgPool1d(long kernel, long? stride = null, long padding = 0) : Layer
{
    /// <inheritdoc/>
    protected override string Details => $"kernel_size={kernel}, stride={stride ?? kernel}, padding={padding}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        LayerOps.AvgPool1d.Call(input, new[] { kernel }, new[] { stride ?? kernel }, new[] { padding });
}

/// <summary>Mean of each window over height and width; padding counts as zeros.</summary>
public sealed class AvgPool2d(Size2 kernel, Size2? stride = null, Size2? padding = null) : Layer
{
    private readonly long[] kernelSizes = kernel.ToArray();
    private readonly long[] strides = (stride ?? kernel).ToArray();
    private readonly long[] paddings = (padding ?? 0).ToArray();

    /// <inheritdoc/>
    protected override string Details => $"kernel_size={kernel}, stride={stride ?? kernel}, padding={padding ?? 0}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => LayerOps.AvgPool2d.Call(input, kernelSizes, strides, paddings);
}

/// <summary>Means over as many windows as the output shall be long.</summary>
public sealed class AdaptiveAvgPool1d(long output) : Layer
{
    /// <inheritdoc/>
    protected override string Details => $"output_size={output}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => LayerOps.AdaptiveAvgPool1d.Call(input, new[] { output });
}

/// <summary>Means over as many windows as the output shall be high and wide.</summary>
public sealed class AdaptiveAvgPool2d(Size2 output) : Layer
{
    private readonly long[] sizes = output.ToArray();

    /// <inheritdoc/>
    protected override string Details => $"output_size={output}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => LayerOps.AdaptiveAvgPool2d.Call(input, sizes);
}

/// <summary>Greatest values over as many windows as the output shall be long.</summary>
public sealed class AdaptiveMaxPool1d(long output) : Layer
{
    /// <inheritdoc/>
    protected override string Details => $"output_size={output}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var (values, indices) = LayerOps.AdaptiveMaxPool1d.CallTwo(input, new[] { output });
        indices.Dispose();
        return values;
    }
}

/// <summary>Greatest values over as many windows as the output shall be high and wide.</summary>
public sealed class AdaptiveMaxPool2d(Size2 output) : Layer
{
    private readonly long[] sizes = output.ToArray();

    /// <inheritdoc/>
    protected override string Details => $"output_size={output}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var (values, indices) = LayerOps.AdaptiveMaxPool2d.CallTwo(input, sizes);
        indices.Dispose();
        return values;
    }
}
