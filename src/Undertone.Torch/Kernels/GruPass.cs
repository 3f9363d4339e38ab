namespace Undertone.Torch.Kernels;

/// <summary>One direction of a GRU layer.</summary>
internal sealed unsafe class GruPass(PackedLayout layout, bool reverse, int hidden) : RecurrentPass(layout, reverse, hidden, 3)
{
    private static readonly Operator Expand = new("aten::expand");
    private static readonly Operator Contiguous = new("aten::contiguous");
    private Tensor _hiddenWeights = null!;
    private Tensor _inputGradients = null!;
    private Tensor _hiddenGradients = null!;

    private Tensor Activated => Kept[1];

    private Tensor RecurrentNew => Kept[2];

    /// <inheritdoc/>
    protected override void Start(Tensor x)
    {
        var gates = Keep(Tensor.Empty([Layout.Rows, 3 * Hidden]));
        Keep(Tensor.Empty([Layout.Rows, Hidden]));
        Project(x, Weights[2], gates);
        _hiddenWeights = HiddenWeights();
    }

    /// <inheritdoc/>
    protected override void Step(int time, int next, Tensor? hiddenBefore, float* output, int stride, int rowsNext)
    {
        var rows = Layout.RowsAt[time];
        // At rest the hidden state's share is its bias alone.
        using var recurrent = hiddenBefore is null
            ? Contiguous.Call(Expand.Call(Weights[3], new long[] { rows, 3 * Hidden }))
            : Affine(Weights[3], hiddenBefore, _hiddenWeights);
        long from = Layout.OffsetOf[time];
        GruCell.Forward(
            (float*)Activated.DataPointer + (from * 3 * Hidden),
            (float*)recurrent.DataPointer,
            (float*)RecurrentNew.DataPointer + (from * Hidden),
            (float*)HiddenBefore.DataPointer + (from * Hidden),
            output,
            stride,
            (float*)HiddenBefore.DataPointer + ((long)Layout.OffsetOf[next] * Hidden),
            rows,
            rowsNext,
            Hidden);
    }

    /// <inheritdoc/>
    protected override Tensor HiddenGradients(Tensor inputGradients)
    {
        _inputGradients = inputGradients;
        _hiddenGradients = Tensor.Empty([Layout.Rows, 3 * Hidden]);
        return _hiddenGradients;
    }

    /// <inheritdoc/>
    protected override void StepBack(int time, float* outputGradient, int stride, float* hiddenGradient)
    {
        long from = Layout.OffsetOf[time];
        GruCell.Backward(
            (float*)Activated.DataPointer + (from * 3 * Hidden),
            (float*)RecurrentNew.DataPointer + (from * Hidden),
            (float*)HiddenBefore.DataPointer + (from * Hidden),
            outputGradient,
            stride,
            hiddenGradient,
            (float*)_inputGradients.DataPointer + (from * 3 * Hidden),
            (float*)_hiddenGradients.DataPointer + (from * 3 * Hidden),
            Layout.RowsAt[time],
            Hidden);
    }

    /// <inheritdoc/>
    protected override void Propagate(Tensor hiddenGradient, Tensor gateGradients) =>
        Accumulate(hiddenGradient, gateGradients, Weights[1]);
}
