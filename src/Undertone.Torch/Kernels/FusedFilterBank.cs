namespace Undertone.Torch.Kernels;

/// <summary>Convolution of one channel, batch normalisation and max-pooling over time as one function with its own gradient.</summary>
/// <param name="walk">Sizes and lengths.</param>
/// <param name="norm">The normalisation; its mode decides whose statistics are used, and in training its running ones follow.</param>
internal sealed unsafe class FusedFilterBank(FilterBankPool walk, BatchNorm2d norm) : CustomFunction
{
    /// <summary>Inputs: samples [N, samples], which gets no gradient; filters [C, 1, 1, kernel]; the normalisation's weight [C] and bias [C]; the filters' bias [C] or none.</summary>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        var x = inputs[0].Contiguous();
        var filters = inputs[1].ToArray<float>();
        var bias = inputs.Length > 4 ? inputs[4].ToArray<float>() : new float[walk.Channels];
        var state = new State(walk, filters, bias) { Training = norm.Training, HasBias = inputs.Length > 4 };
        double[] mean, variance;
        if (norm.Training)
        {
            (state.Sums, state.Products) = walk.Moments((float*)x.DataPointer);
            (mean, variance) = state.Statistics();
            Follow(mean, variance);
        }
        else
        {
            (mean, variance) = (Array.ConvertAll(norm.RunningMean.ToArray<float>(), v => (double)v), Array.ConvertAll(norm.RunningVariance.ToArray<float>(), v => (double)v));
        }

        state.Normalise(mean, variance, inputs[2].ToArray<float>(), inputs[3].ToArray<float>(), norm.Epsilon);
        var y = Tensor.Empty([walk.Batch, walk.Windows, walk.Channels]);
        fixed (float* weights = state.Weights, shift = state.Shift)
        {
            walk.Forward((float*)x.DataPointer, weights, shift, (float*)y.DataPointer);
        }

        context.Save(x, y);
        context.State = state;
        return [y];
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor?[] outputGradients)
    {
        var state = (State)context.State!;
        var gradients = new Tensor?[state.HasBias ? 5 : 4];
        if (outputGradients[0] is not { } given)
        {
            return gradients;
        }

        var (x, y, gradient) = (context.Saved[0], context.Saved[1], given.Contiguous());
        double[] sum, seen;
        fixed (float* weights = state.Weights, shift = state.Shift)
        {
            (sum, seen) = walk.Backward((float*)x.DataPointer, weights, shift, (float*)y.DataPointer, (float*)gradient.DataPointer);
        }

        var found = state.Gradients(sum, seen);
        gradients[1] = Tensor.From(found.Filters, walk.Channels, 1, 1, walk.Kernel);
        gradients[2] = Tensor.From(found.Weight, walk.Channels);
        gradients[3] = Tensor.From(found.Shift, walk.Channels);
        if (state.HasBias)
        {
            gradients[4] = Tensor.From(found.Bias, walk.Channels);
        }

        return gradients;
    }

    private void Follow(double[] mean, double[] variance)
    {
        // PyTorch keeps the unbiased variance.
        var count = (double)walk.Positions;
        var unbiased = count > 1 ? count / (count - 1) : 1;
        norm.RunningMean.CopyFrom([.. norm.RunningMean.ToArray<float>().Select((m, c) => (float)(((1 - norm.Momentum) * m) + (norm.Momentum * mean[c])))]);
        norm.RunningVariance.CopyFrom([.. norm.RunningVariance.ToArray<float>().Select((v, c) => (float)(((1 - norm.Momentum) * v) + (norm.Momentum * unbiased * variance[c])))]);
    }

    /// <summary>What lies between signal and output: filters times the normalisation's scale, and what was needed to find it.</summary>
    private sealed class State(FilterBankPool walk, float[] filters, float[] bias)
    {
        private double[] _mean = [];
        private double[] _inverse = [];
        private double[] _scale = [];

        public required bool Training { get; init; }

        public bool HasBias { get; init; }

        public double[] Sums { get; set; } = [];

        public double[,] Products { get; set; } = new double[0, 0];

        /// <summary>Kernel × padded channels.</summary>
        public float[] Weights { get; } = new float[walk.Kernel * walk.PaddedChannels];

        /// <summary>Padded channels.</summary>
        public float[] Shift { get; } = new float[walk.PaddedChannels];

        private double Count => Math.Max(1, walk.Positions);

        public (double[] Mean, double[] Variance) Statistics()
        {
            var (mean, variance) = (new double[walk.Channels], new double[walk.Channels]);
            for (var c = 0; c < walk.Channels; c++)
            {
                var (first, second) = (0.0, 0.0);
                for (var j = 0; j < walk.Kernel; j++)
                {
                    first += Filter(c, j) * Sums[j] / Count;
                    for (var k = 0; k < walk.Kernel; k++)
                    {
                        second += Filter(c, j) * Filter(c, k) * ((Products[j, k] / Count) - (Sums[j] / Count * (Sums[k] / Count)));
                    }
                }

                (mean[c], variance[c]) = (first + bias[c], Math.Max(0, second));
            }

            return (mean, variance);
        }

        public void Normalise(double[] mean, double[] variance, float[] weight, float[] offset, double epsilon)
        {
            _mean = mean;
            _inverse = Array.ConvertAll(variance, v => 1 / Math.Sqrt(v + epsilon));
            _scale = [.. _inverse.Select((v, c) => v * weight[c])];
            for (var c = 0; c < walk.Channels; c++)
            {
                Shift[c] = (float)(offset[c] + (_scale[c] * (bias[c] - mean[c])));
                for (var k = 0; k < walk.Kernel; k++)
                {
                    Weights[(k * walk.PaddedChannels) + c] = (float)(_scale[c] * Filter(c, k));
                }
            }
        }

        /// <summary>Gradients from the sums over maxima; what flows through the statistics is linear in the filters' output, so that the moments hold its sums.</summary>
        public (float[] Filters, float[] Bias, float[] Weight, float[] Shift) Gradients(double[] sum, double[] seen)
        {
            var (toFilters, toBias, toWeight, toShift) = (new float[filters.Length], new float[walk.Channels], new float[walk.Channels], new float[walk.Channels]);
            for (var c = 0; c < walk.Channels; c++)
            {
                var centred = (bias[c] - _mean[c]) * sum[c];
                for (var k = 0; k < walk.Kernel; k++)
                {
                    centred += Filter(c, k) * seen[(k * walk.PaddedChannels) + c];
                }

                toWeight[c] = (float)(centred * _inverse[c]);
                toShift[c] = (float)sum[c];
                var slope = Training ? -_scale[c] * _inverse[c] * _inverse[c] * centred / Count : 0;
                var offset = Training ? (-_scale[c] * sum[c] / Count) + (slope * (bias[c] - _mean[c])) : 0;
                var ofBias = (_scale[c] * sum[c]) + (offset * Count);
                for (var k = 0; k < walk.Kernel; k++)
                {
                    var ofFilter = _scale[c] * seen[(k * walk.PaddedChannels) + c];
                    if (Training)
                    {
                        ofFilter += offset * Sums[k];
                        ofBias += slope * Filter(c, k) * Sums[k];
                        for (var j = 0; j < walk.Kernel; j++)
                        {
                            ofFilter += slope * Filter(c, j) * Products[j, k];
                        }
                    }

                    toFilters[(c * walk.Kernel) + k] = (float)ofFilter;
                }

                toBias[c] = (float)ofBias;
            }

            return (toFilters, toBias, toWeight, toShift);
        }

        private double Filter(int channel, int tap) => filters[(channel * walk.Kernel) + tap];
    }
}
