namespace Undertone.Torch;

/// <summary>The operators that tensors and layers use, each found once.</summary>
internal static class Ops
{
    // Creation.
    internal static readonly Operator Zeros = new("aten::zeros");
    internal static readonly Operator Ones = new("aten::ones");
    internal static readonly Operator Full = new("aten::full");
    internal static readonly Operator Empty = new("aten::empty.memory_format");
    internal static readonly Operator Randn = new("aten::randn");
    internal static readonly Operator Rand = new("aten::rand");
    internal static readonly Operator RandInt = new("aten::randint.low");
    internal static readonly Operator RandPerm = new("aten::randperm");
    internal static readonly Operator Arange = new("aten::arange.start_step");
    internal static readonly Operator Linspace = new("aten::linspace");
    internal static readonly Operator Eye = new("aten::eye");
    internal static readonly Operator ScalarTensor = new("aten::scalar_tensor");
    internal static readonly Operator ZerosLike = new("aten::zeros_like");
    internal static readonly Operator OnesLike = new("aten::ones_like");
    internal static readonly Operator EmptyLike = new("aten::empty_like");
    internal static readonly Operator RandnLike = new("aten::randn_like");
    internal static readonly Operator RandLike = new("aten::rand_like");

    // Reading, moving, converting.
    internal static readonly Operator CopyInPlace = new("aten::copy_");
    internal static readonly Operator Item = new("aten::item");
    internal static readonly Operator ToDtype = new("aten::to.dtype");
    internal static readonly Operator ToDevice = new("aten::to.device");
    internal static readonly Operator Contiguous = new("aten::contiguous");
    internal static readonly Operator Clone = new("aten::clone");
    internal static readonly Operator Detach = new("aten::detach");

    // Arithmetic.
    internal static readonly Operator Add = new("aten::add.Tensor");
    internal static readonly Operator AddScalar = new("aten::add.Scalar");
    internal static readonly Operator AddInPlace = new("aten::add_.Tensor");
    internal static readonly Operator AddScalarInPlace = new("aten::add_.Scalar");
    internal static readonly Operator Sub = new("aten::sub.Tensor");
    internal static readonly Operator SubScalar = new("aten::sub.Scalar");
    internal static readonly Operator SubInPlace = new("aten::sub_.Tensor");
    internal static readonly Operator RsubScalar = new("aten::rsub.Scalar");
    internal static readonly Operator Mul = new("aten::mul.Tensor");
    internal static readonly Operator MulScalar = new("aten::mul.Scalar");
    internal static readonly Operator MulInPlace = new("aten::mul_.Tensor");
    internal static readonly Operator MulScalarInPlace = new("aten::mul_.Scalar");
    internal static readonly Operator Div = new("aten::div.Tensor");
    internal static readonly Operator DivScalar = new("aten::div.Scalar");
    internal static readonly Operator DivInPlace = new("aten::div_.Tensor");
    internal static readonly Operator DivScalarInPlace = new("aten::div_.Scalar");
    internal static readonly Operator FloorDivide = new("aten::floor_divide");
    internal static readonly Operator Remainder = new("aten::remainder.Scalar");
    internal static readonly Operator Neg = new("aten::neg");
    internal static readonly Operator Reciprocal = new("aten::reciprocal");
    internal static readonly Operator PowScalar = new("aten::pow.Tensor_Scalar");
    internal static readonly Operator PowTensor = new("aten::pow.Tensor_Tensor");
    internal static readonly Operator Fill = new("aten::fill_.Scalar");
    internal static readonly Operator ZeroInPlace = new("aten::zero_");
    internal static readonly Operator UniformInPlace = new("aten::uniform_");
    internal static readonly Operator NormalInPlace = new("aten::normal_");
    internal static readonly Operator BernoulliInPlace = new("aten::bernoulli_.float");
    internal static readonly Operator LerpInPlace = new("aten::lerp_.Scalar");
    internal static readonly Operator Addcmul = new("aten::addcmul");

    // Functions of each element.
    internal static readonly Operator Exp = new("aten::exp");
    internal static readonly Operator Log = new("aten::log");
    internal static readonly Operator Log1p = new("aten::log1p");
    internal static readonly Operator Sqrt = new("aten::sqrt");
    internal static readonly Operator Rsqrt = new("aten::rsqrt");
    internal static readonly Operator Abs = new("aten::abs");
    internal static readonly Operator Sign = new("aten::sign");
    internal static readonly Operator Sin = new("aten::sin");
    internal static readonly Operator Cos = new("aten::cos");
    internal static readonly Operator Floor = new("aten::floor");
    internal static readonly Operator Round = new("aten::round");
    internal static readonly Operator Erf = new("aten::erf");
    internal static readonly Operator Clamp = new("aten::clamp");
    internal static readonly Operator ClampInPlace = new("aten::clamp_");
    internal static readonly Operator Relu = new("aten::relu");
    internal static readonly Operator Sigmoid = new("aten::sigmoid");
    internal static readonly Operator Tanh = new("aten::tanh");
    internal static readonly Operator Elu = new("aten::elu");
    internal static readonly Operator Gelu = new("aten::gelu");
    internal static readonly Operator LeakyRelu = new("aten::leaky_relu");
    internal static readonly Operator Silu = new("aten::silu");
    internal static readonly Operator Softplus = new("aten::softplus");
    internal static readonly Operator Softmax = new("aten::softmax.int");
    internal static readonly Operator LogSoftmax = new("aten::log_softmax.int");

    // Comparison and choice.
    internal static readonly Operator Eq = new("aten::eq.Tensor");
    internal static readonly Operator EqScalar = new("aten::eq.Scalar");
    internal static readonly Operator Ne = new("aten::ne.Tensor");
    internal static readonly Operator NeScalar = new("aten::ne.Scalar");
    internal static readonly Operator Lt = new("aten::lt.Tensor");
    internal static readonly Operator LtScalar = new("aten::lt.Scalar");
    internal static readonly Operator Le = new("aten::le.Tensor");
    internal static readonly Operator LeScalar = new("aten::le.Scalar");
    internal static readonly Operator Gt = new("aten::gt.Tensor");
    internal static readonly Operator GtScalar = new("aten::gt.Scalar");
    internal static readonly Operator Ge = new("aten::ge.Tensor");
    internal static readonly Operator GeScalar = new("aten::ge.Scalar");
    internal static readonly Operator LogicalNot = new("aten::logical_not");
    internal static readonly Operator LogicalAnd = new("aten::logical_and");
    internal static readonly Operator LogicalOr = new("aten::logical_or");
    internal static readonly Operator IsNan = new("aten::isnan");
    internal static readonly Operator IsFinite = new("aten::isfinite");
    internal static readonly Operator Where = new("aten::where.self");
    internal static readonly Operator MaskedFill = new("aten::masked_fill.Scalar");
    internal static readonly Operator MaskedFillInPlace = new("aten::masked_fill_.Scalar");
    internal static readonly Operator MaskedSelect = new("aten::masked_select");
    internal static readonly Operator Nonzero = new("aten::nonzero");
    internal static readonly Operator Maximum = new("aten::maximum");
    internal static readonly Operator Minimum = new("aten::minimum");

    // Reductions and order.
    internal static readonly Operator Sum = new("aten::sum");
    internal static readonly Operator SumDims = new("aten::sum.dim_IntList");
    internal static readonly Operator Mean = new("aten::mean");
    internal static readonly Operator MeanDims = new("aten::mean.dim");
    internal static readonly Operator Var = new("aten::var");
    internal static readonly Operator VarDims = new("aten::var.dim");
    internal static readonly Operator Std = new("aten::std");
    internal static readonly Operator StdDims = new("aten::std.dim");
    internal static readonly Operator Prod = new("aten::prod");
    internal static readonly Operator Max = new("aten::max");
    internal static readonly Operator MaxDim = new("aten::max.dim");
    internal static readonly Operator Min = new("aten::min");
    internal static readonly Operator MinDim = new("aten::min.dim");
    internal static readonly Operator Amax = new("aten::amax");
    internal static readonly Operator Amin = new("aten::amin");
    internal static readonly Operator All = new("aten::all");
    internal static readonly Operator Any = new("aten::any");
    internal static readonly Operator Norm = new("aten::norm.Scalar");
    internal static readonly Operator NormDims = new("aten::norm.ScalarOpt_dim");
    internal static readonly Operator LogSumExp = new("aten::logsumexp");
    internal static readonly Operator CumSum = new("aten::cumsum");
    internal static readonly Operator Sort = new("aten::sort");
    internal static readonly Operator ArgSort = new("aten::argsort");
    internal static readonly Operator ArgMax = new("aten::argmax");
    internal static readonly Operator ArgMin = new("aten::argmin");
    internal static readonly Operator TopK = new("aten::topk");

    // Products.
    internal static readonly Operator MatMul = new("aten::matmul");
    internal static readonly Operator Bmm = new("aten::bmm");
    internal static readonly Operator AddMm = new("aten::addmm");
    internal static readonly Operator Einsum = new("aten::einsum");
    internal static readonly Operator Outer = new("aten::outer");

    // Shape.
    internal static readonly Operator View = new("aten::view");
    internal static readonly Operator Reshape = new("aten::reshape");
    internal static readonly Operator Permute = new("aten::permute");
    internal static readonly Operator Transpose = new("aten::transpose.int");
    internal static readonly Operator NumpyT = new("aten::t");
    internal static readonly Operator Squeeze = new("aten::squeeze");
    internal static readonly Operator SqueezeDim = new("aten::squeeze.dim");
    internal static readonly Operator Unsqueeze = new("aten::unsqueeze");
    internal static readonly Operator Flatten = new("aten::flatten.using_ints");
    internal static readonly Operator Expand = new("aten::expand");
    internal static readonly Operator Repeat = new("aten::repeat");
    internal static readonly Operator RepeatInterleave = new("aten::repeat_interleave.self_int");
    internal static readonly Operator Narrow = new("aten::narrow");
    internal static readonly Operator Select = new("aten::select.int");
    internal static readonly Operator Slice = new("aten::slice.Tensor");
    internal static readonly Operator IndexSelect = new("aten::index_select");
    internal static readonly Operator Gather = new("aten::gather");
    internal static readonly Operator ScatterAdd = new("aten::scatter_add");
    internal static readonly Operator Scatter = new("aten::scatter.value");
    internal static readonly Operator Index = new("aten::index.Tensor");
    internal static readonly Operator IndexPut = new("aten::index_put_");
    internal static readonly Operator Flip = new("aten::flip");
    internal static readonly Operator Roll = new("aten::roll");
    internal static readonly Operator Cat = new("aten::cat");
    internal static readonly Operator Stack = new("aten::stack");
    internal static readonly Operator SplitSize = new("aten::split.Tensor");
    internal static readonly Operator SplitSizes = new("aten::split_with_sizes");
    internal static readonly Operator Chunk = new("aten::chunk");
    internal static readonly Operator Unbind = new("aten::unbind.int");
    internal static readonly Operator ConstantPad = new("aten::constant_pad_nd");
    internal static readonly Operator Tril = new("aten::tril");
    internal static readonly Operator Triu = new("aten::triu");
    internal static readonly Operator OneHot = new("aten::one_hot");
}
