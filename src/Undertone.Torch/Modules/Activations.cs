using System.Globalization;

namespace Undertone.Torch;

/// <summary>max(0, x).</summary>
public sealed class ReLU : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Relu();
}

/// <summary>x above 0, alpha (eˣ - 1) below (Clevert et al. 2016, https://arxiv.org/abs/1511.07289).</summary>
public sealed class ELU(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    protected override string Details => $"alpha={alpha.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Functional.Elu(input, alpha);
}

/// <summary>x Φ(x), exact (Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415).</summary>
public sealed class GELU : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Functional.Gelu(input);
}

/// <summary>x above 0, slope · x below.</summary>
public sealed class LeakyReLU(double slope = 0.01) : Layer
{
    /// <inheritdoc/>
    protected override string Details => $"negative_slope={slope.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Functional.LeakyRelu(input, slope);
}

/// <summary>x / (1 + e⁻ˣ), also called swish.</summary>
public sealed class SiLU : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Functional.Silu(input);
}

/// <summary>1 / (1 + e⁻ˣ).</summary>
public sealed class Sigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Sigmoid();
}

/// <summary>Hyperbolic tangent.</summary>
public sealed class Tanh : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Tanh();
}

/// <summary>Probabilities along a dimension.</summary>
public sealed class Softmax(long dimension) : Layer
{
    /// <inheritdoc/>
    protected override string Details => $"dim={dimension}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Softmax(dimension);
}

/// <summary>While training, sets elements to zero with a probability and enlarges the others to match; else does nothing.</summary>
public sealed class Dropout(double probability = 0.5) : Layer
{
    private readonly double probability = probability is >= 0 and <= 1
        ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability lies between 0 and 1");

    /// <inheritdoc/>
    protected override string Details => $"p={probability.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Functional.Dropout(input, probability, Training);
}

/// <summary>As <see cref="Dropout"/>, for whole channels: (batch, channels, height, width).</summary>
public sealed class Dropout2d(double probability = 0.5) : Layer
{
    private readonly double probability = probability is >= 0 and <= 1
        ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability lies between 0 and 1");

    /// <inheritdoc/>
    protected override string Details => $"p={probability.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => LayerOps.FeatureDropout.Call(input, probability, Training);
}
