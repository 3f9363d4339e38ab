using System.Globalization;

namespace Undertone.Torch;

/// <summary>Parameters that are updated alike.</summary>
public sealed class ParameterGroup
{
    /// <summary>Makes a group.</summary>
    /// <param name="parameters">What is updated.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="weightDecay">Strength of the pull towards zero.</param>
    public ParameterGroup(IEnumerable<Parameter> parameters, double learningRate, double weightDecay = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(learningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        Parameters = [.. parameters];
        LearningRate = InitialLearningRate = learningRate;
        WeightDecay = weightDecay;
    }

    /// <summary>What is updated.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Step size; schedules write it.</summary>
    public double LearningRate { get; set; }

    /// <summary>The step size that schedules start from.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Strength of the pull towards zero.</summary>
    public double WeightDecay { get; set; }
}

/// <summary>Updates parameters from their gradients, all tensors of a group in one call of each operator.</summary>
public abstract class Optimiser : IDisposable
{
    private readonly List<(string Name, Tensor?[] Tensors)> slots = [];
    private readonly long[] steps;
    private readonly Parameter[] all;

    private protected Optimiser(IEnumerable<ParameterGroup> groups)
    {
        Groups = [.. groups];
        all = [.. Groups.SelectMany(g => g.Parameters)];
        if (all.Length == 0)
        {
            throw new ArgumentException("no parameters to optimise", nameof(groups));
        }

        if (all.Distinct().Count() != all.Length)
        {
            throw new ArgumentException("a parameter is in the groups more than once", nameof(groups));
        }

        steps = new long[all.Length];
    }

    /// <summary>The groups, whose settings may be changed at any time.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>Drops all gradients.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in all)
        {
            parameter.Grad = null;
        }
    }

    /// <summary>Updates every parameter that has a gradient.</summary>
    public void Step()
    {
        using var noGrad = new NoGrad();
        using var scope = new DisposeScope();
        var first = 0;
        foreach (var group in Groups)
        {
            var gradients = new Tensor?[group.Parameters.Count];
            var chosen = new List<int>(gradients.Length);
            for (var i = 0; i < gradients.Length; i++)
            {
                gradients[i] = group.Parameters[i].Grad;
                if (gradients[i] is not null)
                {
                    chosen.Add(first + i);
                }
            }

            // Parameters that had no gradient in some step lag behind; each step count is a batch of its own.
            foreach (var batch in chosen.GroupBy(i => steps[i]))
            {
                var places = batch.ToArray();
                Array.ForEach(places, i => steps[i]++);
                Update(
                    group,
                    steps[places[0]],
                    Array.ConvertAll(places, Tensor (i) => all[i]),
                    Array.ConvertAll(places, i => gradients[i - first]!),
                    places);
            }

            first += group.Parameters.Count;
        }
    }

    /// <summary>The optimiser's memory under names such as <c>0.exp_avg</c>; learning rates and other settings are not part of it.</summary>
    public OrderedDictionary<string, Tensor> StateDict()
    {
        var state = new OrderedDictionary<string, Tensor>();
        for (var i = 0; i < all.Length; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            state.Add($"{number}.step", Tensor.FromScalar(steps[i]));
            foreach (var (name, tensors) in slots)
            {
                if (tensors[i] is { } tensor)
                {
                    state.Add($"{number}.{name}", tensor);
                }
            }
        }

        return state;
    }

    /// <summary>Takes over a stored memory, so that training goes on as if it had not stopped.</summary>
    /// <exception cref="TorchException">It belongs to other parameters or another kind of optimiser; nothing was changed.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var noGrad = new NoGrad();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < all.Length; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            known.Add($"{number}.step");
            if (!state.ContainsKey($"{number}.step"))
            {
                throw new TorchException($"{GetType().Name}: the stored state lacks '{number}.step'");
            }

            foreach (var (name, _) in slots)
            {
                var key = $"{number}.{name}";
                known.Add(key);
                if (state.TryGetValue(key, out var tensor) && !tensor.Shape.SequenceEqual(all[i].Shape))
                {
                    throw new TorchException($"{GetType().Name}: '{key}' is {tensor.Summary()}, expected the shape of {all[i].Summary()}");
                }
            }
        }

        if (state.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown)
        {
            throw new TorchException($"{GetType().Name}: the stored state has an unknown part '{unknown}'");
        }

        for (var i = 0; i < all.Length; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            steps[i] = state[$"{number}.step"].ItemInt64();
            foreach (var (name, tensors) in slots)
            {
                tensors[i]?.Dispose();
                tensors[i] = null;
                if (state.TryGetValue($"{number}.{name}", out var tensor))
                {
                    tensors[i] = all[i].ZerosLike().CopyFrom(tensor).Keep();
                }
            }
        }
    }

    /// <summary>Frees the optimiser's memory; the parameters stay.</summary>
    public void Dispose()
    {
        foreach (var tensor in slots.SelectMany(s => s.Tensors))
        {
            tensor?.Dispose();
        }

        slots.Clear();
        GC.SuppressFinalize(this);
    }

    private protected Tensor?[] AddSlot(string name)
    {
        var tensors = new Tensor?[all.Length];
        slots.Add((name, tensors));
        return tensors;
    }

    /// <summary>The slot's tensors at the places; zeros where there was none.</summary>
    private protected static Tensor[] Filled(Tensor?[] slot, int[] places, Tensor[] like)
    {
        var result = new Tensor[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            result[i] = slot[places[i]] ??= like[i].ZerosLike().Keep();
        }

        return result;
    }

    private protected abstract void Update(ParameterGroup group, long step, Tensor[] parameters, Tensor[] gradients, int[] places);
}

internal static class ForEach
{
    internal static readonly Operator Add = new("aten::_foreach_add.List");
    internal static readonly Operator AddInPlace = new("aten::_foreach_add_.List");
    internal static readonly Operator AddScalarInPlace = new("aten::_foreach_add_.Scalar");
    internal static readonly Operator MulInPlace = new("aten::_foreach_mul_.Scalar");
    internal static readonly Operator DivInPlace = new("aten::_foreach_div_.Scalar");
    internal static readonly Operator AddcmulInPlace = new("aten::_foreach_addcmul_.Scalar");
    internal static readonly Operator AddcdivInPlace = new("aten::_foreach_addcdiv_.Scalar");
    internal static readonly Operator Sqrt = new("aten::_foreach_sqrt");
    internal static readonly Operator Norm = new("aten::_foreach_norm.Scalar");
}
