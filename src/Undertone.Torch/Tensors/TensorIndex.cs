namespace Undertone.Torch;

/// <summary>One place of a tensor's indexer: an index, a range, a tensor of indices or truth values, a new axis, or "the rest".</summary>
public readonly struct TensorIndex
{
    internal readonly IndexKind Kind;
    internal readonly Index Start;
    internal readonly Index End;
    internal readonly long Step;
    internal readonly Tensor? Chosen;

    private TensorIndex(IndexKind kind, Index start = default, Index end = default, long step = 1, Tensor? chosen = null)
    {
        Kind = kind;
        Start = start;
        End = end;
        Step = step;
        Chosen = chosen;
    }

    /// <summary>A new dimension of size 1.</summary>
    public static TensorIndex NewAxis => new(IndexKind.NewAxis);

    /// <summary>All dimensions that are not named.</summary>
    public static TensorIndex Ellipsis => new(IndexKind.Ellipsis);

    /// <summary>Every <paramref name="step"/>-th element of a range.</summary>
    public static TensorIndex Every(Range range, long step) => new(IndexKind.Range, range.Start, range.End, step);

    /// <summary>One index; negative counts from the end.</summary>
    public static implicit operator TensorIndex(int index) => index < 0 ? new(IndexKind.Single, ^-index) : new(IndexKind.Single, index);

    /// <summary>One index; negative counts from the end.</summary>
    public static implicit operator TensorIndex(long index) => checked((int)index);

    /// <summary>One index.</summary>
    public static implicit operator TensorIndex(Index index) => new(IndexKind.Single, index);

    /// <summary>A part of the dimension.</summary>
    public static implicit operator TensorIndex(Range range) => new(IndexKind.Range, range.Start, range.End);

    /// <summary>Chosen indices (Int64), or those where a mask (Bool) is true.</summary>
    public static implicit operator TensorIndex(Tensor chosen) => new(IndexKind.Tensor, chosen: chosen);
}

internal enum IndexKind
{
    Single,
    Range,
    NewAxis,
    Ellipsis,
    Tensor,
}
