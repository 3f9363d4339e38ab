namespace Undertone.Torch;

/// <summary>y = x Wᵀ + b: (…, in) to (…, out).</summary>
public sealed class Linear : Layer
{
    private readonly long inFeatures;
    private readonly long outFeatures;

    /// <summary>Makes the layer with PyTorch's initial weights.</summary>
    public Linear(long inFeatures, long outFeatures, bool bias = true)
    {
        (this.inFeatures, this.outFeatures) = (inFeatures, outFeatures);
        Weight = RegisterParameter("weight", Tensor.Empty([outFeatures, inFeatures]));
        Bias = bias ? RegisterParameter("bias", Tensor.Empty([outFeatures])) : null;
        Init.Default(Weight, Bias);
    }

    /// <summary>(out, in).</summary>
    public Parameter Weight { get; }

    /// <summary>(out), or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string Details => $"in_features={inFeatures}, out_features={outFeatures}, bias={(Bias is null ? "False" : "True")}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Functional.Linear(input, Weight, Bias);
}

/// <summary>A table of vectors: (…) of Int64 to (…, dimension).</summary>
public sealed class Embedding : Layer
{
    private readonly long count;
    private readonly long dimension;
    private readonly long? paddingIndex;

    /// <summary>Makes the table of normal random numbers; the padding index, if any, is zero and not learned.</summary>
    public Embedding(long count, long dimension, long? paddingIndex = null)
    {
        (this.count, this.dimension, this.paddingIndex) = (count, dimension, paddingIndex);
        Weight = RegisterParameter("weight", Tensor.Empty([count, dimension]));
        Init.Normal(Weight);
        if (paddingIndex is { } index)
        {
            using var noGrad = new NoGrad();
            using var row = Weight.Select(0, index);
            row.Zero();
        }
    }

    /// <summary>(count, dimension).</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override string Details => paddingIndex is { } index ? $"{count}, {dimension}, padding_idx={index}" : $"{count}, {dimension}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => LayerOps.Embedding.Call(Weight, input, paddingIndex ?? -1);
}

/// <summary>Dimensions from <c>start</c> to <c>end</c> made one; by default all but the batch.</summary>
public sealed class Flatten(long start = 1, long end = -1) : Layer
{
    /// <inheritdoc/>
    protected override string Details => $"start_dim={start}, end_dim={end}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Flatten(start, end);
}
