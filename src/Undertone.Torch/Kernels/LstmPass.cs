namespace Undertone.Torch.Kernels;

/// <summary>One direction of an LSTM layer.</summary>
internal sealed unsafe class LstmPass(PackedLayout layout, bool reverse, int hidden) : RecurrentPass(layout, reverse, hidden, 4)
{
    private Tensor _hiddenWeights = null!;
    private Tensor[] _gateSteps = [];
    private Tensor _gateGradients = null!;
    private Tensor _cellGradient = null!;

    private Tensor Activated => Kept[1];

    private Tensor CellBefore => Kept[2];

    private Tensor TanhCell => Kept[3];

    /// <inheritdoc/>
    protected override void Start(Tensor x)
    {
        var gates = Keep(Tensor.Empty([Layout.Rows, 4 * Hidden]));
        Keep(Tensor.Zeros(Layout.Rows, Hidden));
        Keep(Tensor.Empty([Layout.Rows, Hidden]));
        Project(x, Sum(Weights[2], Weights[3]), gates);
        _hiddenWeights = HiddenWeights();
        _gateSteps = SplitSteps(gates);
    }

    /// <inheritdoc/>
    protected override void Step(int time, int next, Tensor? hiddenBefore, float* output, int stride, int rowsNext)
    {
        if (hiddenBefore is not null)
        {
            Accumulate(_gateSteps[time], hiddenBefore, _hiddenWeights);
        }

        long from = Layout.OffsetOf[time];
        long to = Layout.OffsetOf[next];
        LstmCell.Forward(
            (float*)Activated.DataPointer + (from * 4 * Hidden),
            (float*)CellBefore.DataPointer + (from * Hidden),
            (float*)TanhCell.DataPointer + (from * Hidden),
            output,
            stride,
            (float*)HiddenBefore.DataPointer + (to * Hidden),
            (float*)CellBefore.DataPointer + (to * Hidden),
            Layout.RowsAt[time],
            rowsNext,
            Hidden);
    }

    /// <inheritdoc/>
    protected override Tensor HiddenGradients(Tensor inputGradients)
    {
        _gateGradients = inputGradients;
        _cellGradient = Tensor.Zeros(Layout.Batch, Hidden);
        return inputGradients;
    }

    /// <inheritdoc/>
    protected override void StepBack(int time, float* outputGradient, int stride, float* hiddenGradient)
    {
        long from = Layout.OffsetOf[time];
        LstmCell.Backward(
            (float*)Activated.DataPointer + (from * 4 * Hidden),
            (float*)CellBefore.DataPointer + (from * Hidden),
            (float*)TanhCell.DataPointer + (from * Hidden),
            outputGradient,
            stride,
            hiddenGradient,
            (float*)_cellGradient.DataPointer,
            (float*)_gateGradients.DataPointer + (from * 4 * Hidden),
            Layout.RowsAt[time],
            Hidden);
    }

    /// <inheritdoc/>
    protected override void Propagate(Tensor hiddenGradient, Tensor gateGradients) =>
        Multiply(gateGradients, Weights[1], hiddenGradient);
}
