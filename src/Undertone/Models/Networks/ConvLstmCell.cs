using Undertone.Torch;
using Undertone.Torch.Kernels;

namespace Undertone.Models.Networks;

/// <summary>
/// An LSTM whose states are maps and whose products are convolutions (Shi et al. 2015, Convolutional LSTM network,
/// arXiv:1506.04214, equation 3): it keeps where on a map something was while it reads a sequence of maps.
/// </summary>
/// <remarks>
/// Gates are in the order input, forget, cell, output. The forget gate's bias begins at 1, so that the cell remembers before
/// it has learned to (Jozefowicz et al. 2015, proceedings.mlr.press/v37/jozefowicz15). Peepholes, which let the gates see the
/// cell, have a weight for each place of the map and begin at 0.
/// </remarks>
public sealed class ConvLstmCell : Module
{
    private readonly Parameter _input;
    private readonly Parameter _recurrent;
    private readonly Parameter _bias;
    private readonly Parameter? _peepholes;
    private readonly int _inputs;
    private readonly int _hidden;
    private readonly Size2 _kernel;
    private readonly Size2 _padding;

    /// <summary>Creates the cell with PyTorch's initialisation of convolutions.</summary>
    /// <param name="inputs">Channels of a map that comes in.</param>
    /// <param name="hidden">Channels of the state.</param>
    /// <param name="kernel">Height × width of both kernels, odd.</param>
    /// <param name="map">Height × width of a map, for peepholes; null for none.</param>
    /// <exception cref="ArgumentException">A kernel is even.</exception>
    public ConvLstmCell(int inputs, int hidden, Size2 kernel, Size2? map = null)
    {
        if (kernel.Height % 2 == 0 || kernel.Width % 2 == 0)
        {
            throw new ArgumentException($"a kernel of {kernel} has no middle; expected odd sizes.", nameof(kernel));
        }

        (_inputs, _hidden, _kernel, _padding) = (inputs, hidden, kernel, (kernel.Height / 2, kernel.Width / 2));
        _input = RegisterParameter("weight_ih", Tensor.Empty([4 * hidden, inputs, kernel.Height, kernel.Width]));
        _recurrent = RegisterParameter("weight_hh", Tensor.Empty([4 * hidden, hidden, kernel.Height, kernel.Width]));
        _bias = RegisterParameter("bias", Tensor.Zeros([4 * hidden]));
        Init.KaimingUniform(_input, Math.Sqrt(5));
        Init.KaimingUniform(_recurrent, Math.Sqrt(5));
        using var noGrad = new NoGrad();
        using var forget = _bias.Narrow(0, hidden, hidden);
        forget.Fill(1);
        _peepholes = map is { } size ? RegisterParameter("weight_peephole", Tensor.Zeros([3, hidden, size.Height, size.Width])) : null;
    }

    /// <inheritdoc/>
    protected override string Details => $"{_inputs}, {_hidden}, kernel_size={_kernel}{(_peepholes is null ? "" : ", peepholes")}";

    /// <summary>Reads sequences of maps from their beginnings.</summary>
    /// <param name="maps">[N, steps, inputs, height, width].</param>
    /// <param name="lengths">Valid steps, N; what lies beyond changes nothing before it.</param>
    /// <returns>[N, steps, hidden, height, width]: the states, zero beyond each length.</returns>
    public Tensor Forward(Tensor maps, int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(lengths);
        var output = Fused.Serves(maps) ? Fused.ConvLstm(maps, _input, _recurrent, _bias, _peepholes, lengths) : StepByStep(maps, lengths);
        LayerTrace.Observe(this, output);
        return output;
    }

    private Tensor StepByStep(Tensor maps, int[] lengths)
    {
        var shape = maps.Shape;
        var (batch, steps, height, width) = (shape[0], shape[1], shape[3], shape[4]);

        // What the inputs give to the gates does not wait for the states: one convolution over all steps.
        var driven = Functional.Conv2d(maps.Reshape(batch * steps, _inputs, height, width), _input, _bias, padding: _padding)
            .View(batch, steps, 4 * _hidden, height, width);
        var states = new Tensor[steps];
        Tensor? hidden = null, cell = null;
        for (var step = 0; step < steps; step++)
        {
            var gates = driven.Select(1, step);
            gates = hidden is null ? gates : gates + Functional.Conv2d(hidden, _recurrent, padding: _padding);
            (hidden, cell) = Step(gates.Chunk(4, 1), cell);
            states[step] = hidden;
        }

        var padding = FrameMask.Padding(lengths, (int)steps).View(batch, steps, 1, 1, 1).To(maps.Device);
        return Tensor.Stack(states, 1).MaskedFill(padding, 0.0);
    }

    private (Tensor Hidden, Tensor Cell) Step(Tensor[] gates, Tensor? before)
    {
        // The first cell is zero: nothing to forget and nothing to see through peepholes.
        var (seenByInput, seenByForget) = (Peep(0, before), Peep(1, before));
        var input = (seenByInput is null ? gates[0] : gates[0] + seenByInput).Sigmoid();
        var added = input * gates[2].Tanh();
        var cell = before is null ? added : ((seenByForget is null ? gates[1] : gates[1] + seenByForget).Sigmoid() * before) + added;
        var seenByOutput = Peep(2, cell);
        var output = (seenByOutput is null ? gates[3] : gates[3] + seenByOutput).Sigmoid();
        return (output * cell.Tanh(), cell);
    }

    private Tensor? Peep(int gate, Tensor? cell) => _peepholes is null || cell is null ? null : _peepholes.Select(0, gate) * cell;
}
