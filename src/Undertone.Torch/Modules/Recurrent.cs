using System.Globalization;

namespace Undertone.Torch;

/// <summary>What a recurrent layer makes of a batch of sequences.</summary>
/// <param name="Output">(batch, length, directions · hidden); zero beyond each item's length.</param>
/// <param name="Hidden">(layers · directions, batch, hidden): the state after each item's last frame.</param>
/// <param name="Cell">The same for the cells of an LSTM; null for a GRU.</param>
public readonly record struct RecurrentOutput(Tensor Output, Tensor Hidden, Tensor? Cell);

/// <summary>Shared by <see cref="Lstm"/> and <see cref="Gru"/>: weights, and sequences of different lengths.</summary>
public abstract class Recurrent : Module
{
    private readonly Parameter[] weights;
    private readonly bool bias;

    private protected Recurrent(
        long inputSize, long hiddenSize, int gates, int layers, bool bidirectional, double dropout, bool bias)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(layers);
        (InputSize, HiddenSize, Layers, Bidirectional, Dropout, this.bias) = (inputSize, hiddenSize, layers, bidirectional, dropout, bias);
        var all = new List<Parameter>();
        for (var layer = 0; layer < layers; layer++)
        {
            var width = layer == 0 ? inputSize : hiddenSize * Directions;
            foreach (var suffix in bidirectional ? new[] { "", "_reverse" } : [""])
            {
                var end = layer.ToString(CultureInfo.InvariantCulture) + suffix;
                all.Add(RegisterParameter($"weight_ih_l{end}", Tensor.Empty([gates * hiddenSize, width])));
                all.Add(RegisterParameter($"weight_hh_l{end}", Tensor.Empty([gates * hiddenSize, hiddenSize])));
                if (bias)
                {
                    all.Add(RegisterParameter($"bias_ih_l{end}", Tensor.Empty([gates * hiddenSize])));
                    all.Add(RegisterParameter($"bias_hh_l{end}", Tensor.Empty([gates * hiddenSize])));
                }
            }
        }

        weights = [.. all];
        foreach (var weight in weights)
        {
            Init.Uniform(weight, 1 / Math.Sqrt(hiddenSize));
        }
    }

    /// <summary>Features of a frame.</summary>
    public long InputSize { get; }

    /// <summary>Size of the state.</summary>
    public long HiddenSize { get; }

    /// <summary>Layers, each reading the one below.</summary>
    public int Layers { get; }

    /// <summary>Whether a second chain reads each sequence backwards.</summary>
    public bool Bidirectional { get; }

    /// <summary>Probability of dropout between layers while training.</summary>
    public double Dropout { get; }

    /// <summary>2 where bidirectional, else 1.</summary>
    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>
    /// Weights as libtorch wants them: for each layer and direction W_ih (gates · hidden, in), W_hh (gates · hidden, hidden),
    /// and where there is a bias b_ih and b_hh (gates · hidden).
    /// </summary>
    public IReadOnlyList<Parameter> Weights => weights;

    /// <summary>Whether the gates have biases.</summary>
    public bool HasBias => bias;

    /// <inheritdoc/>
    protected override string Details
    {
        get
        {
            var text = $"{InputSize}, {HiddenSize}" + (Layers > 1 ? $", num_layers={Layers}" : "") + (bias ? "" : ", bias=False")
                + ", batch_first=True";
            text += Dropout > 0 ? $", dropout={Dropout.ToString(CultureInfo.InvariantCulture)}" : "";
            return Bidirectional ? text + ", bidirectional=True" : text;
        }
    }

    private protected Tensor[] WeightArray => weights;

    /// <summary>Runs over sequences of one length.</summary>
    /// <param name="input">(batch, length, features).</param>
    public RecurrentOutput Forward(Tensor input) => Forward(input, default);

    /// <summary>Runs over sequences of different lengths, padded at the end; what is computed does not depend on the padding.</summary>
    /// <param name="input">(batch, length, features).</param>
    /// <param name="lengths">Frames of each item, in any order, at least 1; empty when all are full.</param>
    /// <exception cref="TorchException">A length is not between 1 and the input's.</exception>
    public RecurrentOutput Forward(Tensor input, ReadOnlySpan<long> lengths)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Dimensions != 3 || input.Shape[2] != InputSize)
        {
            throw new TorchException($"{GetType().Name}: {input.Summary()} was given, (batch, length, {InputSize}) is expected");
        }

        var (batch, length) = (input.Shape[0], input.Shape[1]);
        foreach (var one in lengths)
        {
            if (one < 1 || one > length)
            {
                throw new TorchException($"{GetType().Name}: a length of {one} frames is not between 1 and {length}");
            }
        }

        if (lengths.Length != 0 && lengths.Length != batch)
        {
            throw new TorchException($"{GetType().Name}: {lengths.Length} lengths were given for a batch of {batch}");
        }

        using var scope = new DisposeScope();
        var state = Tensor.Zeros([Layers * Directions, batch, HiddenSize], input.Dtype, input.Device);
        var result = lengths.IndexOfAnyExcept(length) < 0 ? RunPadded(input, state) : RunPacked(input, lengths, state);
        LayerTrace.Observe(this, result.Output);
        scope.MoveToOuter(result.Output);
        scope.MoveToOuter(result.Hidden);
        if (result.Cell is not null)
        {
            scope.MoveToOuter(result.Cell);
        }

        return result;
    }

    private protected abstract RecurrentOutput RunPadded(Tensor input, Tensor state);

    private protected abstract RecurrentOutput RunPacked(Tensor data, Tensor batchSizes, Tensor state);

    /// <summary>libtorch packs sequences of falling length: sorts, runs, and puts everything back.</summary>
    private RecurrentOutput RunPacked(Tensor input, ReadOnlySpan<long> lengths, Tensor state)
    {
        var sortedLengths = lengths.ToArray();
        var order = new long[lengths.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        // Stable, so that equal lengths keep their order and equal batches give equal bytes.
        order = [.. order.OrderByDescending(i => sortedLengths[i])];
        var back = new long[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            back[order[i]] = i;
        }

        var sorted = Array.TrueForAll(order, i => order[i] == i);
        Array.Sort(sortedLengths, (a, b) => b.CompareTo(a));
        var there = sorted ? null : Tensor.From(order, order.Length).To(input.Device);
        var home = sorted ? null : Tensor.From(back, back.Length).To(input.Device);
        var arranged = there is null ? input : input.IndexSelect(0, there);
        var (data, batchSizes) = LayerOps.Pack.CallTwo(arranged, Tensor.From(sortedLengths, sortedLengths.Length), true);
        var packed = RunPacked(data, batchSizes, state);
        var output = LayerOps.Unpack.CallTwo(packed.Output, batchSizes, true, (Scalar)0.0, input.Shape[1]).First;
        return home is null
            ? packed with { Output = output }
            : new RecurrentOutput(output.IndexSelect(0, home), packed.Hidden.IndexSelect(1, home), packed.Cell?.IndexSelect(1, home));
    }
}

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997, https://doi.org/10.1162/neco.1997.9.8.1735), gates in order i, f, g, o.</summary>
public sealed class Lstm(
    long inputSize, long hiddenSize, int layers = 1, bool bidirectional = false, double dropout = 0, bool bias = true)
    : Recurrent(inputSize, hiddenSize, 4, layers, bidirectional, dropout, bias)
{
    private protected override RecurrentOutput RunPadded(Tensor input, Tensor state)
    {
        var (output, hidden, cell) = LayerOps.LstmPadded.CallThree(
            input, new[] { state, state }, WeightArray, HasBias, Layers, Dropout, Training, Bidirectional, true);
        return new RecurrentOutput(output, hidden, cell);
    }

    private protected override RecurrentOutput RunPacked(Tensor data, Tensor batchSizes, Tensor state)
    {
        var (output, hidden, cell) = LayerOps.LstmPacked.CallThree(
            data, batchSizes, new[] { state, state }, WeightArray, HasBias, Layers, Dropout, Training, Bidirectional);
        return new RecurrentOutput(output, hidden, cell);
    }
}

/// <summary>Gated recurrent unit (Cho et al. 2014, https://arxiv.org/abs/1406.1078), gates in order r, z, n.</summary>
public sealed class Gru(
    long inputSize, long hiddenSize, int layers = 1, bool bidirectional = false, double dropout = 0, bool bias = true)
    : Recurrent(inputSize, hiddenSize, 3, layers, bidirectional, dropout, bias)
{
    private protected override RecurrentOutput RunPadded(Tensor input, Tensor state)
    {
        var (output, hidden) = LayerOps.GruPadded.CallTwo(
            input, state, WeightArray, HasBias, Layers, Dropout, Training, Bidirectional, true);
        return new RecurrentOutput(output, hidden, null);
    }

    private protected override RecurrentOutput RunPacked(Tensor data, Tensor batchSizes, Tensor state)
    {
        var (output, hidden) = LayerOps.GruPacked.CallTwo(
            data, batchSizes, state, WeightArray, HasBias, Layers, Dropout, Training, Bidirectional);
        return new RecurrentOutput(output, hidden, null);
    }
}
