namespace Undertone.Torch.Tests;

/// <summary>Compares gradients with central finite differences in double precision.</summary>
internal static class GradientCheck
{
    /// <summary>Checks the gradient of a weighted sum of a function's output with respect to every element of every input.</summary>
    internal static void Run(Func<Tensor[], Tensor> function, params Tensor[] inputs)
    {
        const double step = 1e-6;
        using var scope = new DisposeScope();
        foreach (var input in inputs)
        {
            input.Dtype.ShouldBe(ScalarType.Float64);
            input.RequiresGrad = true;
            input.Grad = null;
        }

        var output = function(inputs);
        Engine.ManualSeed(17);
        var weights = Tensor.Randn(output.Shape, ScalarType.Float64);
        (output * weights).Sum().Backward();
        foreach (var (input, which) in inputs.Select((t, i) => (t, i)))
        {
            var gradient = input.Grad?.ToArray<double>() ?? new double[input.ElementCount];
            using var noGrad = new NoGrad();
            var values = input.AsSpan<double>();
            for (var i = 0; i < gradient.Length; i++)
            {
                using var inner = new DisposeScope();
                var at = values[i];
                values[i] = at + step;
                var above = (function(inputs) * weights).Sum().Item();
                values[i] = at - step;
                var below = (function(inputs) * weights).Sum().Item();
                values[i] = at;
                var expected = (above - below) / (2 * step);
                gradient[i].ShouldBe(expected, 1e-6 * Math.Max(1, Math.Abs(expected)) * 10, $"input {which}, element {i}");
            }
        }
    }
}
