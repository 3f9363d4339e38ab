namespace Undertone.Torch;

/// <content>Reductions, order, and matrix products. Negative dimensions count from the last.</content>
public partial class Tensor
{
    /// <summary>Sum of all elements.</summary>
    public Tensor Sum() => Ops.Sum.Call(this);

    /// <summary>Sum along a dimension.</summary>
    public Tensor Sum(long dimension, bool keepDim = false) => Ops.SumDims.Call(this, new[] { dimension }, keepDim);

    /// <summary>Sum along dimensions.</summary>
    public Tensor Sum(long[] dimensions, bool keepDim = false) => Ops.SumDims.Call(this, dimensions, keepDim);

    /// <summary>Mean of all elements.</summary>
    public Tensor Mean() => Ops.Mean.Call(this);

    /// <summary>Mean along a dimension.</summary>
    public Tensor Mean(long dimension, bool keepDim = false) => Ops.MeanDims.Call(this, new[] { dimension }, keepDim);

    /// <summary>Mean along dimensions.</summary>
    public Tensor Mean(long[] dimensions, bool keepDim = false) => Ops.MeanDims.Call(this, dimensions, keepDim);

    /// <summary>Variance of all elements, divided by n - 1 where unbiased.</summary>
    public Tensor Var(bool unbiased = true) => Ops.Var.Call(this, unbiased);

    /// <summary>Variance along dimensions, divided by n - 1 where unbiased.</summary>
    public Tensor Var(long[] dimensions, bool unbiased = true, bool keepDim = false) =>
        Ops.VarDims.Call(this, dimensions, unbiased, keepDim);

    /// <summary>Standard deviation of all elements.</summary>
    public Tensor Std(bool unbiased = true) => Ops.Std.Call(this, unbiased);

    /// <summary>Standard deviation along dimensions.</summary>
    public Tensor Std(long[] dimensions, bool unbiased = true, bool keepDim = false) =>
        Ops.StdDims.Call(this, dimensions, unbiased, keepDim);

    /// <summary>Product of all elements.</summary>
    public Tensor Prod() => Ops.Prod.Call(this);

    /// <summary>Greatest element.</summary>
    public Tensor Max() => Ops.Max.Call(this);

    /// <summary>Greatest elements along a dimension, and where they are.</summary>
    public (Tensor Values, Tensor Indices) Max(long dimension, bool keepDim = false) => Ops.MaxDim.CallTwo(this, dimension, keepDim);

    /// <summary>Least element.</summary>
    public Tensor Min() => Ops.Min.Call(this);

    /// <summary>Least elements along a dimension, and where they are.</summary>
    public (Tensor Values, Tensor Indices) Min(long dimension, bool keepDim = false) => Ops.MinDim.CallTwo(this, dimension, keepDim);

    /// <summary>Greatest elements along dimensions; equal ones share the gradient.</summary>
    public Tensor AMax(long[] dimensions, bool keepDim = false) => Ops.Amax.Call(this, dimensions, keepDim);

    /// <summary>Least elements along dimensions; equal ones share the gradient.</summary>
    public Tensor AMin(long[] dimensions, bool keepDim = false) => Ops.Amin.Call(this, dimensions, keepDim);

    /// <summary>Whether all elements are true or not zero.</summary>
    public Tensor All() => Ops.All.Call(this);

    /// <summary>Whether any element is true or not zero.</summary>
    public Tensor Any() => Ops.Any.Call(this);

    /// <summary>The p-norm of all elements.</summary>
    public Tensor Norm(double p = 2) => Ops.Norm.Call(this, (Scalar)p);

    /// <summary>The p-norm along dimensions.</summary>
    public Tensor Norm(long[] dimensions, double p = 2, bool keepDim = false) => Ops.NormDims.Call(this, (Scalar)p, dimensions, keepDim);

    /// <summary>Logarithm of the sum of exponentials along dimensions, without overflow.</summary>
    public Tensor LogSumExp(long[] dimensions, bool keepDim = false) => Ops.LogSumExp.Call(this, dimensions, keepDim);

    /// <summary>Running sums along a dimension.</summary>
    public Tensor CumSum(long dimension) => Ops.CumSum.Call(this, dimension);

    /// <summary>Elements in order along a dimension, and where they were.</summary>
    public (Tensor Values, Tensor Indices) Sort(long dimension = -1, bool descending = false) =>
        Ops.Sort.CallTwo(this, dimension, descending);

    /// <summary>Where the elements in order are.</summary>
    public Tensor ArgSort(long dimension = -1, bool descending = false) => Ops.ArgSort.Call(this, dimension, descending);

    /// <summary>Where the greatest element is; without a dimension, in the flattened tensor.</summary>
    public Tensor ArgMax(long? dimension = null, bool keepDim = false) => Ops.ArgMax.Call(this, dimension, keepDim);

    /// <summary>Where the least element is; without a dimension, in the flattened tensor.</summary>
    public Tensor ArgMin(long? dimension = null, bool keepDim = false) => Ops.ArgMin.Call(this, dimension, keepDim);

    /// <summary>The k greatest (or least) elements along a dimension in order, and where they are.</summary>
    public (Tensor Values, Tensor Indices) TopK(long k, long dimension = -1, bool largest = true) =>
        Ops.TopK.CallTwo(this, k, dimension, largest);

    /// <summary>Matrix product, spread over leading dimensions.</summary>
    public Tensor MatMul(Tensor other) => Ops.MatMul.Call(this, other);

    /// <summary>Matrix products of a batch: (B, n, m) by (B, m, p).</summary>
    public Tensor Bmm(Tensor other) => Ops.Bmm.Call(this, other);

    /// <summary><paramref name="beta"/> · this + <paramref name="alpha"/> · a b.</summary>
    public Tensor AddMm(Tensor a, Tensor b, double beta = 1, double alpha = 1) => Ops.AddMm.Call(this, a, b, (Scalar)beta, (Scalar)alpha);

    /// <summary>Outer product of two vectors.</summary>
    public Tensor Outer(Tensor other) => Ops.Outer.Call(this, other);

    /// <summary>Einstein's summation: <c>Einsum("bij,bjk->bik", a, b)</c>.</summary>
    public static Tensor Einsum(string equation, params Tensor[] tensors) => Ops.Einsum.Call(equation, tensors);
}
