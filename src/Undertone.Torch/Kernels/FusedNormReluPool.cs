namespace Undertone.Torch.Kernels;

/// <summary>Batch normalisation, rectifier and max-pooling as one function with its own gradient.</summary>
/// <param name="walk">Sizes and lengths.</param>
/// <param name="runningMean">Updated in training, used otherwise.</param>
/// <param name="runningVariance">Updated in training, used otherwise.</param>
/// <param name="training">Whether the batch's own statistics normalise it.</param>
/// <param name="momentum">The batch's share in the running statistics.</param>
/// <param name="epsilon">Added to the variance.</param>
internal sealed unsafe class FusedNormReluPool(
    NormReluPool walk, Tensor runningMean, Tensor runningVariance, bool training, double momentum, double epsilon) : CustomFunction
{
    private static readonly Operator EmptyChannelsLast = new("aten::empty.memory_format");

    /// <summary>Inputs: x [N, C, T, F] channels-last, weight [C], bias [C].</summary>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var x = inputs[0].Contiguous(MemoryFormat.ChannelsLast);
        var channels = walk.Channels;
        var mean = new float[channels];
        var variance = new float[channels];
        if (training)
        {
            walk.Statistics((float*)x.DataPointer, mean, variance);
            UpdateRunning(mean, variance);
        }
        else
        {
            runningMean.CopyTo<float>(mean);
            runningVariance.CopyTo<float>(variance);
        }

        var affine = new Affine(mean, variance, inputs[1].ToArray<float>(), inputs[2].ToArray<float>(), epsilon);
        var y = Empty([walk.Batch, channels, walk.OutputFrames, walk.OutputBands]);
        fixed (float* scale = affine.Scale, shift = affine.Shift)
        {
            walk.Forward((float*)x.DataPointer, scale, shift, (float*)y.DataPointer);
        }

        context.Save(x, y);
        context.State = affine;
        return [y];
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients)
    {
        if (outputGradients[0] is not { } given)
        {
            return [null, null, null];
        }

        var x = context.Saved[0];
        var y = context.Saved[1];
        var affine = (Affine)context.State!;
        var gradient = given.Contiguous(MemoryFormat.ChannelsLast);
        var channels = walk.Channels;
        var sum = new double[walk.PaddedChannels];
        var sumInput = new double[walk.PaddedChannels];
        var slope = new float[channels];
        var offset = new float[channels];
        var dx = Empty(x.Shape);
        var weightGradient = new float[channels];
        var biasGradient = new float[channels];
        fixed (float* scale = affine.Scale, shift = affine.Shift, mean = affine.Mean, p = slope, q = offset)
        fixed (double* s = sum, w = sumInput)
        {
            walk.BackwardSums((float*)x.DataPointer, scale, shift, (float*)y.DataPointer, (float*)gradient.DataPointer, mean, s, w);
            double count = Math.Max(1, walk.Positions);
            for (var c = 0; c < channels; c++)
            {
                double inverse = affine.InverseDeviation[c];
                biasGradient[c] = (float)sum[c];
                weightGradient[c] = (float)(sumInput[c] * inverse);
                if (training)
                {
                    // The statistics depend on every input: their share is linear in x.
                    var a = -affine.Scale[c] * inverse * inverse * sumInput[c] / count;
                    slope[c] = (float)a;
                    offset[c] = (float)((-affine.Scale[c] * sum[c] / count) - (a * affine.Mean[c]));
                }
            }

            walk.Backward((float*)x.DataPointer, scale, shift, (float*)y.DataPointer, (float*)gradient.DataPointer, p, q, (float*)dx.DataPointer);
        }

        return [dx, Tensor.From(weightGradient, channels), Tensor.From(biasGradient, channels)];
    }

    private static Tensor Empty(long[] shape) =>
        EmptyChannelsLast.Call(shape, Value.None, Value.None, Value.None, Value.None, MemoryFormat.ChannelsLast);

    private void UpdateRunning(float[] mean, float[] variance)
    {
        // PyTorch keeps the unbiased variance.
        var count = (double)walk.Positions;
        var unbiased = count > 1 ? count / (count - 1) : 1;
        var means = runningMean.ToArray<float>();
        var variances = runningVariance.ToArray<float>();
        for (var c = 0; c < means.Length; c++)
        {
            means[c] = (float)(((1 - momentum) * means[c]) + (momentum * mean[c]));
            variances[c] = (float)(((1 - momentum) * variances[c]) + (momentum * unbiased * variance[c]));
        }

        runningMean.CopyFrom(means);
        runningVariance.CopyFrom(variances);
    }

    private sealed class Affine
    {
        public Affine(float[] mean, float[] variance, float[] weight, float[] bias, double epsilon)
        {
            Mean = mean;
            InverseDeviation = new float[mean.Length];
            Scale = new float[mean.Length];
            Shift = new float[mean.Length];
            for (var c = 0; c < mean.Length; c++)
            {
                InverseDeviation[c] = (float)(1 / Math.Sqrt(variance[c] + epsilon));
                Scale[c] = weight[c] * InverseDeviation[c];
                Shift[c] = bias[c] - (mean[c] * Scale[c]);
            }
        }

        public float[] Mean { get; }

        public float[] InverseDeviation { get; }

        public float[] Scale { get; }

        public float[] Shift { get; }
    }
}
