namespace Undertone.Torch;

/// <content>Shape, parts, and joining. Negative dimensions count from the last.</content>
public partial class Tensor
{
    /// <summary>The transposed matrix.</summary>
    public Tensor T => Ops.NumpyT.Call(this);

    /// <summary>The same elements in another shape, over the same memory; -1 stands for what remains.</summary>
    /// <exception cref="TorchException">The memory is not in an order that allows it; see <see cref="Reshape"/>.</exception>
    public Tensor View(params long[] shape) => Ops.View.Call(this, shape);

    /// <summary>The same elements in another shape, copied where needed; -1 stands for what remains.</summary>
    public Tensor Reshape(params long[] shape) => Ops.Reshape.Call(this, shape);

    /// <summary>Dimensions in another order.</summary>
    public Tensor Permute(params long[] dimensions) => Ops.Permute.Call(this, dimensions);

    /// <summary>Two dimensions exchanged.</summary>
    public Tensor Transpose(long a, long b) => Ops.Transpose.Call(this, a, b);

    /// <summary>Without dimensions of size 1.</summary>
    public Tensor Squeeze() => Ops.Squeeze.Call(this);

    /// <summary>Without one dimension, if it is of size 1.</summary>
    public Tensor Squeeze(long dimension) => Ops.SqueezeDim.Call(this, dimension);

    /// <summary>With a new dimension of size 1.</summary>
    public Tensor Unsqueeze(long dimension) => Ops.Unsqueeze.Call(this, dimension);

    /// <summary>Dimensions from <paramref name="start"/> to <paramref name="end"/>, both included, made one.</summary>
    public Tensor Flatten(long start = 0, long end = -1) => Ops.Flatten.Call(this, start, end);

    /// <summary>Dimensions of size 1 repeated without a copy; -1 leaves a dimension as it is.</summary>
    public Tensor Expand(params long[] shape) => Ops.Expand.Call(this, shape);

    /// <summary>The whole tensor repeated along each dimension.</summary>
    public Tensor Repeat(params long[] times) => Ops.Repeat.Call(this, times);

    /// <summary>Each element repeated along a dimension.</summary>
    public Tensor RepeatInterleave(long times, long dimension) => Ops.RepeatInterleave.Call(this, times, dimension);

    /// <summary>A part of a dimension, over the same memory.</summary>
    public Tensor Narrow(long dimension, long start, long length) => Ops.Narrow.Call(this, dimension, start, length);

    /// <summary>One index of a dimension, which goes away.</summary>
    public Tensor Select(long dimension, long index) => Ops.Select.Call(this, dimension, index);

    /// <summary>A part of a dimension from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public Tensor Slice(long dimension, long? start = null, long? end = null, long step = 1) =>
        Ops.Slice.Call(this, dimension, start, end, step);

    /// <summary>Chosen indices of a dimension.</summary>
    public Tensor IndexSelect(long dimension, Tensor indices) => Ops.IndexSelect.Call(this, dimension, indices);

    /// <summary>For each place of <paramref name="indices"/>, the element at that index of the dimension.</summary>
    public Tensor Gather(long dimension, Tensor indices) => Ops.Gather.Call(this, dimension, indices);

    /// <summary>This tensor with the source added at the indices of a dimension.</summary>
    public Tensor ScatterAdd(long dimension, Tensor indices, Tensor source) => Ops.ScatterAdd.Call(this, dimension, indices, source);

    /// <summary>This tensor with a number written at the indices of a dimension.</summary>
    public Tensor Scatter(long dimension, Tensor indices, Scalar value) => Ops.Scatter.Call(this, dimension, indices, value);

    /// <summary>Dimensions in reverse order of elements.</summary>
    public Tensor Flip(params long[] dimensions) => Ops.Flip.Call(this, dimensions);

    /// <summary>Elements moved along a dimension, those at the end coming back at the start.</summary>
    public Tensor Roll(long shift, long dimension) => Ops.Roll.Call(this, new[] { shift }, new[] { dimension });

    /// <summary>With a number added around: (left, right) of the last dimension, then of the one before, ….</summary>
    public Tensor Pad(long[] amounts, double value = 0) => Ops.ConstantPad.Call(this, amounts, (Scalar)value);

    /// <summary>Zero above a diagonal.</summary>
    public Tensor Tril(long diagonal = 0) => Ops.Tril.Call(this, diagonal);

    /// <summary>Zero below a diagonal.</summary>
    public Tensor Triu(long diagonal = 0) => Ops.Triu.Call(this, diagonal);

    /// <summary>Indices of the elements that are not zero: (n, dimensions).</summary>
    public Tensor Nonzero() => Ops.Nonzero.Call(this);

    /// <summary>Class labels as rows with a single one.</summary>
    public Tensor OneHot(long classes) => Ops.OneHot.Call(this, classes);

    /// <summary>Parts of a size along a dimension; the last may be smaller.</summary>
    public Tensor[] Split(long size, long dimension = 0) => Ops.SplitSize.CallMany(this, size, dimension);

    /// <summary>Parts of given sizes along a dimension.</summary>
    public Tensor[] Split(long[] sizes, long dimension = 0) => Ops.SplitSizes.CallMany(this, sizes, dimension);

    /// <summary>A number of parts along a dimension, as equal as can be.</summary>
    public Tensor[] Chunk(long parts, long dimension = 0) => Ops.Chunk.CallMany(this, parts, dimension);

    /// <summary>Every index of a dimension.</summary>
    public Tensor[] Unbind(long dimension = 0) => Ops.Unbind.CallMany(this, dimension);

    /// <summary>Tensors joined along a dimension they have.</summary>
    public static Tensor Cat(Tensor[] tensors, long dimension = 0) => Ops.Cat.Call(tensors, dimension);

    /// <summary>Tensors of equal shape joined along a new dimension.</summary>
    public static Tensor Stack(Tensor[] tensors, long dimension = 0) => Ops.Stack.Call(tensors, dimension);
}
