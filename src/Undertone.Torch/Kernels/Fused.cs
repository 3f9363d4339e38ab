using Undertone.Torch.Interop;

namespace Undertone.Torch.Kernels;

/// <summary>
/// Several operators in one walk over memory, for single precision on the processor; elsewhere (another device,
/// double precision) the same values come from libtorch's own operators. Frames beyond an utterance's length take
/// part in nothing.
/// </summary>
public static class Fused
{
    /// <summary>Filters of more taps are dearer to compute twice than to keep.</summary>
    private const int MostTaps = 15;

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

    /// <summary>
    /// Convolution of a signal of one channel over time, batch normalisation and max-pooling, without the filters' output in between.
    /// </summary>
    /// <param name="signal">[N, 1, 1, samples] that <see cref="ServesFilterBank"/> allows.</param>
    /// <param name="filters">The convolution.</param>
    /// <param name="norm">The normalisation; its mode decides whose statistics are used, and in training its running ones follow.</param>
    /// <param name="pool">Outputs of a window, at least 1; windows do not overlap, an incomplete one is dropped.</param>
    /// <param name="lengths">Valid samples of each utterance, N; the signal counts as zero beyond them.</param>
    /// <returns>[N, C, 1, samples / pool], channels-last, zero beyond each length / pool.</returns>
    public static Tensor FilterBankNormMaxPool(Tensor signal, Conv2d filters, BatchNorm2d norm, int pool, int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(filters);
        ArgumentNullException.ThrowIfNull(norm);
        using var scope = new DisposeScope();
        var (samples, channels, kernel) = (signal.Size(3), filters.Weight.Size(0), filters.Weight.Size(3));
        var walk = new FilterBankPool(lengths.Length, (int)samples, (int)channels, (int)kernel, pool, lengths);
        MultiplyAdds.Add(lengths.Length * samples * channels * kernel);
        LayerTrace.Observe(filters, [lengths.Length, channels, 1, samples]);
        if (norm.Training)
        {
            norm.CountBatch();
        }

        Tensor[] inputs = [signal, filters.Weight, norm.Weight, norm.Bias];
        var pooled = new FusedFilterBank(walk, norm).Apply(filters.Bias is null ? inputs : [.. inputs, filters.Bias])[0];
        var output = pooled.Permute(0, 2, 1).Unsqueeze(2);
        LayerTrace.Observe(norm, output, $"max-pool 1×{pool}");
        return scope.MoveToOuter(output);
    }

    /// <summary>Whether <see cref="FilterBankNormMaxPool"/> serves a signal and its filters: single precision on the processor, no gradient of the signal, one step a sample and few taps.</summary>
    /// <param name="signal">[N, 1, 1, samples].</param>
    /// <param name="filters">The convolution.</param>
    public static bool ServesFilterBank(Tensor signal, Conv2d filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        return Serves(signal) && signal.Size(1) == 1 && signal.Size(2) == 1 && !(signal.RequiresGrad && Engine.GradEnabled) && filters.IsPlainOverWidth(MostTaps);
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

    /// <summary>Whether the processor's kernels serve a tensor: single precision, on the processor.</summary>
    /// <param name="tensor">The tensor.</param>
    public static bool Serves(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Device.Type == DeviceType.Cpu && tensor.Dtype == ScalarType.Float32;
    }

    /// <summary>A convolutional LSTM over sequences of maps of unequal length; gates in the order input, forget, cell, output.</summary>
    /// <param name="maps">[N, steps, C, height, width] that <see cref="Serves"/> allows; channels-last within a step is the fastest layout.</param>
    /// <param name="input">[4H, C, kernel height, kernel width], kernels of odd sides.</param>
    /// <param name="state">[4H, H, kernel height, kernel width].</param>
    /// <param name="bias">[4H].</param>
    /// <param name="peepholes">[3, H, height, width] for the input, forget and output gates, or null for none.</param>
    /// <param name="lengths">Valid steps of each sequence, N, at least 1.</param>
    /// <returns>[N, steps, H, height, width]: the states, zero beyond each length, channels-last within a step.</returns>
    public static Tensor ConvLstm(Tensor maps, Tensor input, Tensor state, Tensor bias, Tensor? peepholes, int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(state);
        using var scope = new DisposeScope();
        var shape = maps.Shape;
        var (batch, steps, channels, height, width, hidden) = (shape[0], shape[1], shape[2], shape[3], shape[4], state.Size(1));
        var layout = new PackedLayout(lengths, (int)steps);
        var rows = maps.Permute(0, 1, 3, 4, 2).Reshape(batch * steps, -1).IndexSelect(0, Tensor.From(layout.PackIndex, layout.Rows));
        var packed = rows.View(layout.Rows, height, width, channels).Permute(0, 3, 1, 2);
        var function = new FusedConvLstm(layout, [input.Size(2) / 2, input.Size(3) / 2]);
        Tensor[] weights = peepholes is null ? [packed, input, state, bias] : [packed, input, state, bias, peepholes];
        var states = function.Apply(weights)[0].Permute(0, 2, 3, 1).Reshape(layout.Rows, -1);
        var withZero = layout.Rows == batch * steps ? states : Tensor.Cat([states, Tensor.Zeros(1, states.Size(1))]);
        var padded = withZero.IndexSelect(0, Tensor.From(layout.UnpackIndex, layout.UnpackIndex.Length));
        return scope.MoveToOuter(padded.View(batch, steps, height, width, hidden).Permute(0, 1, 4, 2, 3));
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
