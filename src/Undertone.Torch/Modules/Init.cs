namespace Undertone.Torch;

/// <summary>Initial values of parameters, drawn in PyTorch's order: the same seed gives PyTorch's weights.</summary>
public static class Init
{
    /// <summary>Uniform in [-bound, bound].</summary>
    public static void Uniform(Tensor tensor, double bound) => Uniform(tensor, -bound, bound);

    /// <summary>Uniform in [low, high].</summary>
    public static void Uniform(Tensor tensor, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var noGrad = new NoGrad();
        tensor.UniformInPlace(low, high);
    }

    /// <summary>Normal.</summary>
    public static void Normal(Tensor tensor, double mean = 0, double deviation = 1)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var noGrad = new NoGrad();
        tensor.NormalInPlace(mean, deviation);
    }

    /// <summary>One number.</summary>
    public static void Constant(Tensor tensor, double value)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var noGrad = new NoGrad();
        tensor.Fill(value);
    }

    /// <summary>
    /// Uniform, keeping the variance of activations through leaky rectifiers of negative slope <paramref name="a"/>
    /// (He et al. 2015, https://doi.org/10.1109/ICCV.2015.123). PyTorch's layers use a = √5.
    /// </summary>
    public static void KaimingUniform(Tensor weight, double a = 0)
    {
        var gain = Math.Sqrt(2 / (1 + (a * a)));
        Uniform(weight, Math.Sqrt(3) * gain / Math.Sqrt(Fans(weight).In));
    }

    /// <summary>Normal, keeping the variance of activations through rectifiers (He et al. 2015).</summary>
    public static void KaimingNormal(Tensor weight, double a = 0) =>
        Normal(weight, 0, Math.Sqrt(2 / (1 + (a * a))) / Math.Sqrt(Fans(weight).In));

    /// <summary>Uniform, keeping the variance both ways (Glorot and Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html).</summary>
    public static void XavierUniform(Tensor weight, double gain = 1)
    {
        var (fanIn, fanOut) = Fans(weight);
        Uniform(weight, Math.Sqrt(3) * gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
    }

    /// <summary>A layer's weight and bias as PyTorch's linear and convolution layers start.</summary>
    internal static void Default(Tensor weight, Tensor? bias)
    {
        KaimingUniform(weight, Math.Sqrt(5));
        if (bias is not null)
        {
            Uniform(bias, 1 / Math.Sqrt(Fans(weight).In));
        }
    }

    private static (long In, long Out) Fans(Tensor weight)
    {
        var shape = weight.Shape;
        if (shape.Length < 2)
        {
            throw new ArgumentException($"{weight.Summary()} has no input and output: two dimensions at least are needed", nameof(weight));
        }

        var field = weight.ElementCount / shape[0] / shape[1];
        return (shape[1] * field, shape[0] * field);
    }
}
