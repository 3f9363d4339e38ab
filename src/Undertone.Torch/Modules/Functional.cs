namespace Undertone.Torch;

/// <summary>How the losses of items become one number.</summary>
public enum Reduction
{
    /// <summary>They stay apart.</summary>
    None = 0,

    /// <summary>Their mean (weighted, where classes have weights).</summary>
    Mean = 1,

    /// <summary>Their sum.</summary>
    Sum = 2,
}

/// <summary>Layers without parameters of their own, and losses, as functions.</summary>
public static class Functional
{
    /// <summary>x Wᵀ + b.</summary>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor? bias = null) => LayerOps.Linear.Call(input, weight, bias);

    /// <summary>Convolution over time; weight (out, in / groups, kernel).</summary>
    public static Tensor Conv1d(
        Tensor input, Tensor weight, Tensor? bias = null, long stride = 1, long padding = 0, long dilation = 1, long groups = 1) =>
        LayerOps.Conv1d.Call(input, weight, bias, new[] { stride }, new[] { padding }, new[] { dilation }, groups);

    /// <summary>Convolution over height and width; weight (out, in / groups, height, width).</summary>
    public static Tensor Conv2d(
        Tensor input, Tensor weight, Tensor? bias = null, Size2? stride = null, Size2? padding = null, Size2? dilation = null, long groups = 1) =>
        LayerOps.Conv2d.Call(
            input, weight, bias, (stride ?? 1).ToArray(), (padding ?? 0).ToArray(), (dilation ?? 1).ToArray(), groups);

    /// <summary>Sets elements to zero with a probability and enlarges the others to match.</summary>
    public static Tensor Dropout(Tensor input, double probability, bool training) => LayerOps.Dropout.Call(input, probability, training);

    /// <summary>x above 0, alpha (eˣ - 1) below.</summary>
    public static Tensor Elu(Tensor input, double alpha = 1) => Ops.Elu.Call(input, (Scalar)alpha);

    /// <summary>x Φ(x), exact.</summary>
    public static Tensor Gelu(Tensor input) => Ops.Gelu.Call(input);

    /// <summary>x above 0, slope · x below.</summary>
    public static Tensor LeakyRelu(Tensor input, double slope = 0.01) => Ops.LeakyRelu.Call(input, (Scalar)slope);

    /// <summary>x / (1 + e⁻ˣ).</summary>
    public static Tensor Silu(Tensor input) => Ops.Silu.Call(input);

    /// <summary>log(1 + eˣ).</summary>
    public static Tensor Softplus(Tensor input) => Ops.Softplus.Call(input);

    /// <summary>Normalises over the last dimensions.</summary>
    public static Tensor LayerNorm(Tensor input, long[] shape, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        LayerOps.LayerNorm.Call(input, shape, weight, bias, epsilon);

    /// <summary>Greatest value of each window over height and width.</summary>
    public static Tensor MaxPool2d(Tensor input, Size2 kernel, Size2? stride = null) =>
        LayerOps.MaxPool2d.Call(input, kernel.ToArray(), (stride ?? kernel).ToArray());

    /// <summary>Mean of each window over height and width.</summary>
    public static Tensor AvgPool2d(Tensor input, Size2 kernel, Size2? stride = null) =>
        LayerOps.AvgPool2d.Call(input, kernel.ToArray(), (stride ?? kernel).ToArray());

    /// <summary>Which frames are padding: (batch, length) of truth values, true from each item's length on.</summary>
    public static Tensor PaddingMask(ReadOnlySpan<long> lengths, long length)
    {
        var mask = new bool[lengths.Length * length];
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < length)
            {
                mask.AsSpan(checked((int)((i * length) + lengths[i])), checked((int)(length - lengths[i]))).Fill(true);
            }
        }

        return Tensor.From(mask, lengths.Length, length);
    }

    /// <summary>Cross-entropy of logits against class labels or class probabilities.</summary>
    /// <param name="logits">(batch, classes).</param>
    /// <param name="target">(batch) of Int64 labels, or (batch, classes) of probabilities.</param>
    /// <param name="weight">(classes); the mean is then weighted.</param>
    /// <param name="labelSmoothing">Share of the target that is spread over all classes.</param>
    /// <param name="reduction">How items become one number.</param>
    /// <param name="ignoreIndex">A label that does not count.</param>
    public static Tensor CrossEntropy(
        Tensor logits,
        Tensor target,
        Tensor? weight = null,
        double labelSmoothing = 0,
        Reduction reduction = Reduction.Mean,
        long ignoreIndex = -100) =>
        LayerOps.CrossEntropy.Call(logits, target, weight, (long)reduction, ignoreIndex, labelSmoothing);

    /// <summary>Squared error.</summary>
    public static Tensor MseLoss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
        LayerOps.Mse.Call(input, target, (long)reduction);

    /// <summary>Absolute error.</summary>
    public static Tensor L1Loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
        LayerOps.L1.Call(input, target, (long)reduction);

    /// <summary>
    /// 1 - CCC, the mean over columns of one minus the concordance correlation coefficient 2 s_xy / (s_x² + s_y² + (m_x - m_y)²),
    /// with variances over the batch divided by its size (Lin 1989, A concordance correlation coefficient to evaluate
    /// reproducibility, Biometrics 45(1), doi:10.2307/2532051). It is 0 where input and target are equal, 1 where they have
    /// nothing in common, and 2 at most.
    /// </summary>
    /// <param name="input">(batch, columns), batch at least 2.</param>
    /// <param name="target">(batch, columns).</param>
    /// <param name="epsilon">Added below, so that a batch of equal values has a loss of 1 and no division by zero.</param>
    public static Tensor ConcordanceLoss(Tensor input, Tensor target, double epsilon = 1e-8)
    {
        var (inputMean, targetMean) = (input.Mean(0, keepDim: true), target.Mean(0, keepDim: true));
        var (x, y, apart) = (input - inputMean, target - targetMean, (inputMean - targetMean).Squeeze(0));
        var spread = (x * x).Mean(0) + (y * y).Mean(0) + (apart * apart);
        return 1 - ((x * y).Mean(0) * 2 / (spread + epsilon)).Mean();
    }

    /// <summary>Squared error below <paramref name="beta"/>, absolute above.</summary>
    public static Tensor SmoothL1Loss(Tensor input, Tensor target, double beta = 1, Reduction reduction = Reduction.Mean) =>
        LayerOps.SmoothL1.Call(input, target, (long)reduction, beta);

    /// <summary>Binary cross-entropy of logits, each element by itself.</summary>
    public static Tensor BceWithLogits(
        Tensor logits, Tensor target, Tensor? weight = null, Tensor? positiveWeight = null, Reduction reduction = Reduction.Mean) =>
        LayerOps.BceWithLogits.Call(logits, target, weight, positiveWeight, (long)reduction);

    /// <summary>Kullback–Leibler divergence, element by element: target (log target - input), the input being log-probabilities.</summary>
    public static Tensor KlDivergence(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
        LayerOps.KlDiv.Call(input, target, (long)reduction);
}
