namespace Undertone.Torch.Kernels;

/// <summary>
/// One direction of one recurrent layer over packed sequences. The products with the input are one large matrix
/// product over all frames, forward and backward; only the product with the hidden state is taken step by step, and
/// everything between products is one fused loop. Derived classes know the cell.
/// </summary>
internal abstract class RecurrentPass
{
    private static readonly Operator Addmm = new("aten::addmm");
    private static readonly Operator AddmmInPlace = new("aten::addmm_");
    private static readonly Operator AddmmInto = new("aten::addmm.out");
    private static readonly Operator Mm = new("aten::mm");
    private static readonly Operator MmInto = new("aten::mm.out");
    private static readonly Operator Split = new("aten::split_with_sizes");
    private static readonly Operator Transpose = new("aten::t");
    private static readonly Operator SumRows = new("aten::sum.dim_IntList");
    private static readonly Operator Narrow = new("aten::narrow");
    private static readonly Operator Add = new("aten::add.Tensor");

    private readonly List<Tensor> _kept = [];

    /// <summary>Prepares a pass.</summary>
    protected RecurrentPass(PackedLayout layout, bool reverse, int hidden, int gates)
    {
        Layout = layout;
        Reverse = reverse;
        Hidden = hidden;
        Gates = gates;
    }

    /// <summary>Weights of the input, gates·H × inputs, and of the hidden state, gates·H × H; then their biases.</summary>
    public required Tensor[] Weights { get; init; }

    /// <summary>Which rows belong to which step.</summary>
    protected PackedLayout Layout { get; }

    /// <summary>Whether time runs backwards.</summary>
    protected bool Reverse { get; }

    /// <summary>Units.</summary>
    protected int Hidden { get; }

    /// <summary>Gates a unit: 4 of an LSTM, 3 of a GRU.</summary>
    protected int Gates { get; }

    /// <summary>What the forward pass leaves for the backward pass, <see cref="HiddenBefore"/> first.</summary>
    public IReadOnlyList<Tensor> Kept => _kept;

    /// <summary>The hidden state that each frame starts from, rows × H.</summary>
    protected Tensor HiddenBefore => Kept[0];

    /// <summary>Runs forward.</summary>
    /// <param name="x">Packed input, rows × inputs, contiguous.</param>
    /// <param name="y">Packed output, rows × <paramref name="stride"/>; this direction writes H of its columns.</param>
    /// <param name="column">The first of these columns.</param>
    /// <param name="stride">Columns of <paramref name="y"/>.</param>
    public unsafe void Forward(Tensor x, Tensor y, int column, int stride)
    {
        _kept.Clear();
        _kept.Add(Tensor.Zeros(Layout.Rows, Hidden));
        Start(x);
        var steps = HiddenSteps();
        var output = (float*)y.DataPointer + column;
        for (var s = 0; s < Layout.Steps; s++)
        {
            var t = Time(s);
            var next = s + 1 < Layout.Steps ? Time(s + 1) : Layout.Steps;
            var rowsNext = Math.Min(Layout.RowsAt[t], Layout.RowsAt[next]);
            Step(t, next, s == 0 ? null : steps[t], output + ((long)Layout.OffsetOf[t] * stride), stride, rowsNext);
        }
    }

    /// <summary>Puts back what was kept, which may be other handles of the same memory.</summary>
    /// <param name="kept">As many tensors as <see cref="Kept"/> has, in its order.</param>
    public void Restore(IEnumerable<Tensor> kept)
    {
        var tensors = kept.ToList();
        _kept.Clear();
        _kept.AddRange(tensors);
    }

    /// <summary>Runs backward.</summary>
    /// <param name="x">The input of the forward pass.</param>
    /// <param name="gradient">Gradient of the output, rows × <paramref name="stride"/>, contiguous.</param>
    /// <param name="column">This direction's first column.</param>
    /// <param name="stride">Columns of <paramref name="gradient"/>.</param>
    /// <param name="needInput">Whether the input's gradient is wanted.</param>
    /// <returns>Gradients of the input (null where not wanted) and of <see cref="Weights"/>.</returns>
    public unsafe (Tensor? Input, Tensor[] Weights) Backward(Tensor x, Tensor gradient, int column, int stride, bool needInput)
    {
        var toInput = Tensor.Empty([Layout.Rows, Gates * Hidden]);
        var toHidden = HiddenGradients(toInput);
        var hiddenGradient = Tensor.Zeros(Layout.Batch, Hidden);
        var steps = Split.CallMany(toHidden, Layout.StepSizes, 0);
        var views = new Dictionary<int, Tensor>();
        var dy = (float*)gradient.DataPointer + column;
        for (var s = Layout.Steps - 1; s >= 0; s--)
        {
            var t = Time(s);
            var rows = Layout.RowsAt[t];
            StepBack(t, dy + ((long)Layout.OffsetOf[t] * stride), stride, (float*)hiddenGradient.DataPointer);
            if (s > 0)
            {
                if (!views.TryGetValue(rows, out var view))
                {
                    view = Narrow.Call(hiddenGradient, 0, 0, rows);
                    views.Add(rows, view);
                }

                Propagate(view, steps[t]);
            }
        }

        var toInputT = Transpose.Call(toInput);
        var toHiddenT = ReferenceEquals(toInput, toHidden) ? toInputT : Transpose.Call(toHidden);
        var biasInput = SumRows.Call(toInput, new long[] { 0 });
        var biasHidden = ReferenceEquals(toInput, toHidden) ? biasInput : SumRows.Call(toHidden, new long[] { 0 });
        return (
            needInput ? Mm.Call(toInput, Weights[0]) : null,
            [Mm.Call(toInputT, x), Mm.Call(toHiddenT, HiddenBefore), biasInput, biasHidden]);
    }

    /// <summary>The step in time that is taken as the <paramref name="index"/>-th.</summary>
    protected int Time(int index) => Reverse ? Layout.Steps - 1 - index : index;

    /// <summary>The input's share of all gates: one product over all frames.</summary>
    protected void Project(Tensor x, Tensor bias, Tensor into) => AddmmInto.Call(bias, x, Transpose.Call(Weights[0]), (Scalar)1, (Scalar)1, into);

    /// <summary>The sum of two biases.</summary>
    protected static Tensor Sum(Tensor a, Tensor b) => Add.Call(a, b);

    /// <summary>The transposed weights of the hidden state, H × gates·H.</summary>
    protected Tensor HiddenWeights() => Transpose.Call(Weights[1]);

    /// <summary>target += a · b.</summary>
    protected static void Accumulate(Tensor target, Tensor a, Tensor b) => AddmmInPlace.CallInPlace(target, a, b);

    /// <summary>a · b + bias.</summary>
    protected static Tensor Affine(Tensor bias, Tensor a, Tensor b) => Addmm.Call(bias, a, b);

    /// <summary>target = a · b.</summary>
    protected static void Multiply(Tensor a, Tensor b, Tensor target) => MmInto.CallInPlace(a, b, target);

    /// <summary>Views of a packed tensor, one a step.</summary>
    protected Tensor[] SplitSteps(Tensor packed) => Split.CallMany(packed, Layout.StepSizes, 0);

    /// <summary>Adds a tensor to <see cref="Kept"/>.</summary>
    protected Tensor Keep(Tensor tensor)
    {
        _kept.Add(tensor);
        return tensor;
    }

    /// <summary>Computes the input's share and makes room for what the backward pass needs.</summary>
    protected abstract void Start(Tensor x);

    /// <summary>One time step forward.</summary>
    protected abstract unsafe void Step(int time, int next, Tensor? hiddenBefore, float* output, int stride, int rowsNext);

    /// <summary>Where the gradients of the hidden state's share go: the same tensor as the input's, unless the cell treats the two differently.</summary>
    protected abstract Tensor HiddenGradients(Tensor inputGradients);

    /// <summary>One time step backward.</summary>
    protected abstract unsafe void StepBack(int time, float* outputGradient, int stride, float* hiddenGradient);

    /// <summary>Carries gradients over to the hidden state of the step before.</summary>
    protected abstract void Propagate(Tensor hiddenGradient, Tensor gateGradients);

    private Tensor[] HiddenSteps() => SplitSteps(HiddenBefore);
}
