namespace Undertone.Torch.Tests;

/// <summary>The values that Data/make_parity.py took from PyTorch.</summary>
internal static class Parity
{
    private static readonly Lazy<OrderedDictionary<string, Tensor>> All =
        new(() =>
        {
            var all = SafeTensors.Read(File("parity.safetensors"));
            foreach (var tensor in all.Values)
            {
                // Beyond the scope of whichever test comes first.
                tensor.Keep();
            }

            return all;
        });

    internal static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    internal static Tensor Get(string name) => All.Value[name];

    internal static bool Has(string name) => All.Value.ContainsKey(name);

    /// <summary>Values whose names begin with a prefix, by the rest of the name.</summary>
    internal static OrderedDictionary<string, Tensor> Under(string prefix)
    {
        var found = new OrderedDictionary<string, Tensor>();
        foreach (var (name, tensor) in All.Value)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                found.Add(name[prefix.Length..], tensor);
            }
        }

        return found;
    }

    internal static void ShouldMatch(this Tensor? actual, Tensor expected, string what, double tolerance = 2e-6)
    {
        actual.ShouldNotBeNull(what);
        using var scope = new DisposeScope();
        actual.Shape.ShouldBe(expected.Shape, what);
        actual.Dtype.ShouldBe(expected.Dtype, what);
        var a = actual.Detach().To(ScalarType.Float64).ToArray<double>();
        var e = expected.To(ScalarType.Float64).ToArray<double>();
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] != e[i])
            {
                a[i].ShouldBe(e[i], tolerance * Math.Max(1, Math.Abs(e[i])), $"{what}, element {i}");
            }
        }
    }

    /// <summary>A value as a fresh leaf that takes part in gradients where it is floating.</summary>
    internal static Tensor Input(string name)
    {
        var input = Get(name).Clone();
        return input.Dtype.IsFloating() ? input.WithGrad() : input;
    }
}
