namespace Undertone.Torch.Kernels;

/// <summary>One layer, of one or two directions, as one function with its own gradient.</summary>
/// <param name="layout">Which packed row belongs to which utterance and frame.</param>
/// <param name="createPass">Makes the pass of one direction from its four weights.</param>
/// <param name="hidden">Units a direction.</param>
internal sealed class FusedRecurrence(PackedLayout layout, Func<bool, Tensor[], RecurrentPass> createPass, int hidden) : CustomFunction
{
    private const int WeightsPerPass = 4;

    /// <summary>An LSTM layer.</summary>
    public static FusedRecurrence Lstm(PackedLayout layout, int hidden) =>
        new(layout, (reverse, weights) => new LstmPass(layout, reverse, hidden) { Weights = weights }, hidden);

    /// <summary>A GRU layer.</summary>
    public static FusedRecurrence Gru(PackedLayout layout, int hidden) =>
        new(layout, (reverse, weights) => new GruPass(layout, reverse, hidden) { Weights = weights }, hidden);

    /// <summary>Inputs: packed frames, then input weights, hidden weights and both biases of each direction.</summary>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var x = inputs[0].Contiguous();
        var directions = (inputs.Length - 1) / WeightsPerPass;
        var y = Tensor.Empty([layout.Rows, directions * hidden]);
        var passes = new RecurrentPass[directions];
        context.Save(x);
        for (var d = 0; d < directions; d++)
        {
            var weights = inputs[(1 + (d * WeightsPerPass))..(1 + ((d + 1) * WeightsPerPass))];
            passes[d] = createPass(d == 1, weights);
            passes[d].Forward(x, y, d * hidden, directions * hidden);
            context.Save([.. passes[d].Kept]);
        }

        context.State = passes;
        return [y];
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients)
    {
        var passes = (RecurrentPass[])context.State!;
        var gradients = new Tensor?[1 + (passes.Length * WeightsPerPass)];
        if (outputGradients[0] is not { } gradient)
        {
            return gradients;
        }

        var x = context.Saved[0];
        var dy = gradient.Contiguous();
        var kept = passes[0].Kept.Count;
        for (var d = 0; d < passes.Length; d++)
        {
            passes[d].Restore(context.Saved.Skip(1 + (d * kept)).Take(kept));
            var (input, weights) = passes[d].Backward(x, dy, d * hidden, passes.Length * hidden, context.NeedsGradient(0));
            weights.CopyTo(gradients, 1 + (d * WeightsPerPass));
            gradients[0] = gradients[0] is { } sum && input is not null ? sum.AddInPlace(input) : input;
        }

        return gradients;
    }
}
