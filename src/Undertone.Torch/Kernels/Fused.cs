using Undertone.Torch.Interop;

namespace Undertone.Torch.Kernels;

/// <summary>
/// Several operators in one walk over memory, for single precision on the processor; elsewhere (another device,
/// double precision) the same values come from libtorch's own operators. Frames beyond an utterance's length take
/// part in nothing.
/// </summary>
public static class Fused
{
    /// <summary>Batch normalisation, rectifier and max-pooling over frames × bands.</summary>
    /// <param name="input">[N, C, frames, bands]; channels-last is the fastest layout.</param>
    /// <param name="norm">The normalisation; its mode decides whose statistics are used, and in training its running ones follow.</param>
    /// <param name="poolFrames">Frames of a window, at least 1; windows do not overlap, an incomplete one is dropped.</param>
    /// <param name="poolBands">Bands of a window, at least 1.</param>
    /// <param name="lengths">Valid frames of each utterance, N.</param>
    /// <returns>[N, C, frames / poolFrames, bands / poolBands], zero beyond each length / poolFrames.</returns>
    /// <exception cref="TorchException">The shapes do not fit.</exception>
    public static Tensor BatchNormReluMaxPool(Tensor input, BatchNorm2d norm, int poolFrames, int poolBands, int[] lengths) =>
        BatchNormMaxPool(input, norm, poolFrames, poolBands, lengths, rectify: true);

    /// <summary>Batch normalisation and max-pooling over frames × bands, without a rectifier.</summary>
    /// <param name="input">[N, C, frames, bands]; channels-last is the fastest layout.</param>
    /// <param name="norm">The normalisation; its mode decides whose statistics are used, and in training its running ones follow.</param>
    /// <param name="poolFrames">Frames of a window, at least 1; windows do not overlap, an incomplete one is dropped.</param>
    /// <param name="poolBands">Bands of a window, at least 1.</param>
    /// <param name="lengths">Valid frames of each utterance, N.</param>
    /// <returns>[N, C, frames / poolFrames, bands / poolBands], zero beyond each length / poolFrames.</returns>
    /// <remarks>An activation that rises everywhere, such as ELU, may as well follow the pooling as precede it, on fewer values.</remarks>
    /// <exception cref="TorchException">The shapes do not fit.</exception>
    public static Tensor BatchNormMaxPool(Tensor input, BatchNorm2d norm, int poolFrames, int poolBands, int[] lengths) =>
        BatchNormMaxPool(input, norm, poolFrames, poolBands, lengths, rectify: false);

    private static Tensor BatchNormMaxPool(Tensor input, BatchNorm2d norm, int poolFrames, int poolBands, int[] lengths, bool rectify)
    {
        var shape = input.Shape;
        if (shape.Length != 4 || shape[0] != lengths.Length || lengths.Any(l => l < 0 || l > shape[2]))
        {
            throw new TorchException(
                $"{(rectify ? nameof(BatchNormReluMaxPool) : nameof(BatchNormMaxPool))}: [{string.Join(", ", shape)}] with lengths [{string.Join(", ", lengths)}] was given; expected are [N, C, frames, bands] and N lengths of at most as many frames.");
        }

        if (norm.Training)
        {
            norm.CountBatch();
        }

        var output = Serves(input)
            ? FusedNormMaxPool(input, norm, poolFrames, poolBands, lengths, rectify)
            : MaskedNormMaxPool(input, norm, poolFrames, poolBands, lengths, rectify);
        string?[] joined = [rectify ? "ReLU" : null, (poolFrames, poolBands) is (1, 1) ? null : $"max-pool {poolFrames}×{poolBands}"];
        LayerTrace.Observe(norm, output, joined.Any(j => j is not null) ? string.Join(", ", joined.OfType<string>()) : null);
        return output;
    }

    /// <summary>All layers of an LSTM or GRU over utterances of unequal length.</summary>
    /// <param name="input">[N, frames, inputs].</param>
    /// <param name="recurrent">The layers.</param>
    /// <param name="lengths">Valid frames of each utterance, N, at least 1.</param>
    /// <returns>[N, frames, directions × hidden], zero beyond each length.</returns>
    /// <exception cref="TorchException">The shapes do not fit.</exception>
    public static Tensor Recurrent(Tensor input, Recurrent recurrent, int[] lengths)
    {
        if (!Serves(input) || !recurrent.HasBias)
        {
            return recurrent.Forward(input, lengths.Select(l => (long)l).ToArray()).Output;
        }

        using var scope = new DisposeScope();
        var (batch, frames) = ((int)input.Size(0), (int)input.Size(1));
        var layout = new PackedLayout(lengths, frames);
        var hidden = (int)recurrent.HiddenSize;
        var x = input.Reshape(-1, input.Size(2)).IndexSelect(0, Tensor.From(layout.PackIndex, layout.Rows));
        var perLayer = 4 * recurrent.Directions;
        for (var layer = 0; layer < recurrent.Layers; layer++)
        {
            if (layer > 0 && recurrent.Dropout > 0)
            {
                x = Functional.Dropout(x, recurrent.Dropout, recurrent.Training);
            }

            var function = recurrent is Lstm ? FusedRecurrence.Lstm(layout, hidden) : FusedRecurrence.Gru(layout, hidden);
            x = function.Apply([x, .. recurrent.Weights.Skip(layer * perLayer).Take(perLayer)])[0];
        }

        var withZero = layout.Rows == (long)batch * frames ? x : Tensor.Cat([x, Tensor.Zeros(1, x.Size(1))]);
        var padded = withZero.IndexSelect(0, Tensor.From(layout.UnpackIndex, layout.UnpackIndex.Length));
        var states = padded.View(batch, frames, recurrent.Directions * hidden);
        LayerTrace.Observe(recurrent, states);
        return scope.MoveToOuter(states);
    }

    private static Tensor FusedNormMaxPool(Tensor input, BatchNorm2d norm, int poolFrames, int poolBands, int[] lengths, bool rectify)
    {
        var shape = input.Shape;
        var walk = new NormReluPool
        {
            Batch = (int)shape[0],
            Channels = (int)shape[1],
            Frames = (int)shape[2],
            Bands = (int)shape[3],
            PoolFrames = poolFrames,
            PoolBands = poolBands,
            Lengths = lengths,
            Floor = rectify ? 0 : float.NegativeInfinity,
        };
        return new FusedNormReluPool(walk, norm.RunningMean, norm.RunningVariance, norm.Training, norm.Momentum, norm.Epsilon)
            .Apply(input, norm.Weight, norm.Bias)[0];
    }

    private static bool Serves(Tensor tensor) => tensor.Device.Type == DeviceType.Cpu && tensor.Dtype == ScalarType.Float32;

    private static Tensor MaskedNormMaxPool(Tensor input, BatchNorm2d norm, int poolFrames, int poolBands, int[] lengths, bool rectify)
    {
        Tensor Mask(int frames, Func<int, int> length)
        {
            var valid = new float[lengths.Length * frames];
            for (var n = 0; n < lengths.Length; n++)
            {
                valid.AsSpan(n * frames, length(lengths[n])).Fill(1f);
            }

            return Tensor.From(valid, lengths.Length, 1, frames, 1).To(input.Dtype).To(input.Device);
        }

        using var scope = new DisposeScope();
        var mask = Mask((int)input.Size(2), l => l);
        var (mean, variance) = (norm.RunningMean, norm.RunningVariance);
        if (norm.Training)
        {
            double count = Math.Max(1, lengths.Sum(l => (long)l) * input.Size(3));
            mean = (input * mask).Sum([0, 2, 3]) * (1 / count);
            var centred = (input - mean.View(1, -1, 1, 1)) * mask;
            variance = (centred * centred).Sum([0, 2, 3]) * (1 / count);
            using var noGrad = new NoGrad();
            norm.RunningMean.LerpInPlace(mean, norm.Momentum);
            norm.RunningVariance.LerpInPlace(variance * (count > 1 ? count / (count - 1) : 1), norm.Momentum);
        }

        var scale = norm.Weight * (variance + norm.Epsilon).Rsqrt();
        var shift = norm.Bias - (mean * scale);
        var y = (input * scale.View(1, -1, 1, 1)) + shift.View(1, -1, 1, 1);
        var pooled = Functional.MaxPool2d(rectify ? y.Relu() : y, (poolFrames, poolBands));
        return scope.MoveToOuter(pooled * Mask((int)pooled.Size(2), l => l / poolFrames));
    }
}
