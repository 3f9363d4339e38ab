namespace Undertone.Torch;

/// <summary>Bounds gradients before a step.</summary>
public static class GradientClipping
{
    /// <summary>Scales all gradients together so that their common 2-norm is at most the given one (Pascanu et al. 2013).</summary>
    /// <returns>The norm before; NaN or infinite where a gradient is.</returns>
    public static double ByNorm(IEnumerable<Parameter> parameters, double maxNorm)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxNorm);
        using var noGrad = new NoGrad();
        using var scope = new DisposeScope();
        var gradients = Gradients(parameters);
        if (gradients.Length == 0)
        {
            return 0;
        }

        var norm = Tensor.Stack(ForEach.Norm.CallMany(gradients, (Scalar)2.0)).Norm().Item();
        var factor = maxNorm / (norm + 1e-6);
        // Not "below 1" but "not at least 1": a NaN norm must reach the gradients, as in PyTorch.
        if (!(factor >= 1))
        {
            ForEach.MulInPlace.CallInPlace(gradients, (Scalar)factor);
        }

        return norm;
    }

    /// <summary>Keeps every element of every gradient within [-bound, bound].</summary>
    public static void ByValue(IEnumerable<Parameter> parameters, double bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bound);
        using var noGrad = new NoGrad();
        using var scope = new DisposeScope();
        foreach (var gradient in Gradients(parameters))
        {
            gradient.ClampInPlace(-bound, bound);
        }
    }

    private static Tensor[] Gradients(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. parameters.Select(p => p.Grad).OfType<Tensor>()];
    }
}
