namespace Undertone.Torch.Kernels;

/// <summary>
/// A convolutional LSTM over packed sequences of maps as one function with its own gradient. What the input gives to the
/// gates is one convolution over all steps, and so are the gradients of both kernels; only the state's share is taken step
/// by step, and everything between convolutions is one loop.
/// </summary>
/// <param name="layout">Which packed map belongs to which sequence and step.</param>
/// <param name="padding">Of both convolutions, along height and width.</param>
internal sealed unsafe class FusedConvLstm(PackedLayout layout, long[] padding) : CustomFunction
{
    private static readonly Operator Convolution = new("aten::conv2d");
    private static readonly Operator ConvolutionBackward = new("aten::convolution_backward");
    private static readonly long[] One = [1, 1];
    private static readonly long[] Zero = [0, 0];

    /// <summary>Inputs: packed maps [rows, C, h, w] channels-last, weights of the input [4H, C, kh, kw] and of the state [4H, H, kh, kw], bias [4H], and peepholes [3, H, h, w] or none.</summary>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var x = inputs[0].Contiguous(MemoryFormat.ChannelsLast);
        var (ofInput, ofState) = (inputs[1].Contiguous(MemoryFormat.ChannelsLast), inputs[2].Contiguous(MemoryFormat.ChannelsLast));
        var gates = Convolve(x, ofInput, inputs[3]);
        var (hidden, height, width) = (ofState.Size(1), x.Size(2), x.Size(3));
        var before = Maps(layout.Rows, hidden, height, width).Zero();
        var cellBefore = Maps(layout.Rows, hidden, height, width).Zero();
        var tanhCell = Maps(layout.Rows, hidden, height, width);
        var output = Maps(layout.Rows, hidden, height, width);
        var peepholes = inputs.Length > 4 ? inputs[4].Permute(0, 2, 3, 1).Contiguous() : null;
        var walk = new ConvLstmStep { Hidden = (int)hidden, Places = (int)(height * width) };
        var map = height * width * hidden;
        for (var t = 0; t < layout.Steps; t++)
        {
            using var step = new DisposeScope();
            var (from, next) = (layout.OffsetOf[t] * map, layout.OffsetOf[t + 1] * map);
            var recurrent = t == 0 ? null : Convolve(At(before, t), ofState, null);
            walk.Forward(
                Pointer(gates) + (4 * from),
                recurrent is null ? null : Pointer(recurrent),
                peepholes is null ? null : Pointer(peepholes),
                Pointer(cellBefore) + from,
                Pointer(tanhCell) + from,
                Pointer(output) + from,
                Pointer(before) + next,
                Pointer(cellBefore) + next,
                layout.RowsAt[t] * height * width,
                layout.RowsAt[t + 1] * height * width);
        }

        context.Save(x, ofInput, ofState, gates, before, cellBefore, tanhCell);
        if (peepholes is not null)
        {
            context.Save(peepholes);
        }

        return [output];
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients)
    {
        var (x, ofInput, ofState, gates, before, cellBefore, tanhCell) = (
            context.Saved[0], context.Saved[1], context.Saved[2], context.Saved[3], context.Saved[4], context.Saved[5], context.Saved[6]);
        var peepholes = context.Saved.Count > 7 ? context.Saved[7] : null;
        if (outputGradients[0] is not { } given)
        {
            return new Tensor?[peepholes is null ? 4 : 5];
        }

        var (hidden, height, width) = (ofState.Size(1), x.Size(2), x.Size(3));
        var dy = given.Contiguous(MemoryFormat.ChannelsLast);
        var toGates = Maps(layout.Rows, 4 * hidden, height, width);
        var toCell = Maps(layout.Batch, hidden, height, width).Zero();
        var toPeepholes = peepholes?.ZerosLike();
        var walk = new ConvLstmStep { Hidden = (int)hidden, Places = (int)(height * width) };
        var map = height * width * hidden;
        Tensor? toHidden = null;
        for (var t = layout.Steps - 1; t >= 0; t--)
        {
            using var step = new DisposeScope();
            var from = layout.OffsetOf[t] * map;
            walk.Backward(
                Pointer(gates) + (4 * from),
                peepholes is null ? null : Pointer(peepholes),
                Pointer(cellBefore) + from,
                Pointer(tanhCell) + from,
                Pointer(dy) + from,
                toHidden is null ? null : Pointer(toHidden),
                Pointer(toCell),
                Pointer(toGates) + (4 * from),
                toPeepholes is null ? null : Pointer(toPeepholes),
                layout.RowsAt[t] * height * width,
                layout.RowsAt[t + 1] * height * width);
            toHidden?.Dispose();
            toHidden = t == 0 ? null : Gradients(At(toGates, t), At(before, t), ofState, true, false, false).Input!.Contiguous(MemoryFormat.ChannelsLast).MoveToOuter();
        }

        var (dx, toInputWeight, toBias) = Gradients(toGates, x, ofInput, context.NeedsGradient(0), true, true);
        var first = layout.OffsetOf[Math.Min(1, layout.Steps)];
        var toStateWeight = first == layout.Rows
            ? ofState.ZerosLike()
            : Gradients(toGates.Narrow(0, first, layout.Rows - first), before.Narrow(0, first, layout.Rows - first), ofState, false, true, false).Weight;
        return toPeepholes is null
            ? [dx, toInputWeight, toStateWeight, toBias]
            : [dx, toInputWeight, toStateWeight, toBias, toPeepholes.Permute(0, 3, 1, 2).Contiguous()];
    }

    private static float* Pointer(Tensor maps) => (float*)maps.DataPointer;

    private static Tensor Maps(long count, long channels, long height, long width) => Tensor.Empty([count, height, width, channels]).Permute(0, 3, 1, 2);

    private Tensor At(Tensor maps, int step) => maps.Narrow(0, layout.OffsetOf[step], layout.RowsAt[step]);

    private Tensor Convolve(Tensor maps, Tensor weight, Tensor? bias) =>
        Convolution.Call(maps, weight, bias, One, padding, One, 1).Contiguous(MemoryFormat.ChannelsLast);

    private (Tensor? Input, Tensor? Weight, Tensor? Bias) Gradients(Tensor gradient, Tensor maps, Tensor weight, bool input, bool ofWeight, bool bias)
    {
        var results = ConvolutionBackward.CallThree(
            gradient, maps, weight, bias ? new[] { weight.Size(0) } : null, One, padding, One, false, Zero, 1, new[] { input, ofWeight, bias });
        return (results.First, results.Second, results.Third);
    }
}
