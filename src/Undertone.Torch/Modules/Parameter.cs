namespace Undertone.Torch;

/// <summary>A tensor that is learned. It belongs to no dispose scope: it lives as long as its module.</summary>
public sealed class Parameter : Tensor
{
    /// <summary>Makes a parameter over the memory of a tensor, cut off from its history.</summary>
    public Parameter(Tensor data, bool requiresGrad = true)
        : base(Leaf(data))
    {
        Keep();
        RequiresGrad = requiresGrad;
    }

    private static nint Leaf(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var leaf = data.Detach();
        return leaf.Alias();
    }
}
