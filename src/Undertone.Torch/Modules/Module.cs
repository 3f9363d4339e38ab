using System.Text;

namespace Undertone.Torch;

/// <summary>A part of a network: parameters, buffers and further modules under names, in the order they were registered.</summary>
/// <remarks>
/// A subclass registers its parts in its constructor, <c>conv = Register("conv", new Conv2d(1, 16, 3))</c>, and has a
/// Forward method of its own shape. The names are the keys under which weights are stored: <c>conv.weight</c>.
/// </remarks>
public abstract class Module : IDisposable
{
    private readonly OrderedDictionary<string, Parameter> parameters = [];
    private readonly OrderedDictionary<string, Tensor> buffers = [];
    private readonly OrderedDictionary<string, Module> children = [];

    /// <summary>Whether the module is being trained: dropout drops, batch normalisation uses the batch.</summary>
    public bool Training { get; private set; } = true;

    /// <summary>The modules directly inside this one, by name.</summary>
    public IReadOnlyDictionary<string, Module> Children => children;

    /// <summary>What <see cref="ToString"/> shows in brackets after the name.</summary>
    protected virtual string Details => "";

    /// <summary>Switches this module and all inside it to training.</summary>
    public void Train(bool on = true)
    {
        Training = on;
        foreach (var child in children.Values)
        {
            child.Train(on);
        }
    }

    /// <summary>Switches this module and all inside it to use.</summary>
    public void Eval() => Train(false);

    /// <summary>All learned tensors with their full names: a module's own first, then those of its children.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters() =>
        parameters.Select(p => (p.Key, p.Value))
            .Concat(children.SelectMany(c => c.Value.NamedParameters().Select(p => ($"{c.Key}.{p.Name}", p.Parameter))));

    /// <summary>All tensors that are kept but not learned, with their full names.</summary>
    public IEnumerable<(string Name, Tensor Buffer)> NamedBuffers() =>
        buffers.Select(b => (b.Key, b.Value))
            .Concat(children.SelectMany(c => c.Value.NamedBuffers().Select(b => ($"{c.Key}.{b.Name}", b.Buffer))));

    /// <summary>All learned tensors.</summary>
    public IEnumerable<Parameter> Parameters() => NamedParameters().Select(p => p.Parameter);

    /// <summary>Number of learned values that are being trained.</summary>
    public long ParameterCount() => Parameters().Where(p => p.RequiresGrad).Sum(p => p.ElementCount);

    /// <summary>Everything worth storing, under its full name, in PyTorch's order: the tensors themselves, not copies.</summary>
    public OrderedDictionary<string, Tensor> StateDict()
    {
        var state = new OrderedDictionary<string, Tensor>();
        Collect("", state);
        return state;
    }

    /// <summary>Copies stored values into this module's parameters and buffers.</summary>
    /// <param name="state">Values by full name; they are converted to each tensor's kind and device.</param>
    /// <param name="strict">Refuses missing and unknown names; otherwise they are passed over.</param>
    /// <exception cref="TorchException">Names are missing or unknown, or shapes differ; nothing was changed.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(state);
        var own = StateDict();
        var problems = new List<string>();
        if (strict)
        {
            problems.AddRange(own.Keys.Where(k => !state.ContainsKey(k)).Select(k => $"'{k}' ({own[k].Summary()}) is missing"));
            problems.AddRange(state.Keys.Where(k => !own.ContainsKey(k)).Select(k => $"'{k}' ({state[k].Summary()}) is unknown"));
        }

        var common = own.Where(p => state.ContainsKey(p.Key)).ToList();
        problems.AddRange(common.Where(p => !p.Value.Shape.SequenceEqual(state[p.Key].Shape))
            .Select(p => $"'{p.Key}' is {state[p.Key].Summary()}, expected {p.Value.Summary()}"));
        if (problems.Count > 0)
        {
            const int shown = 6;
            var rest = problems.Count > shown ? $"; and {problems.Count - shown} more" : "";
            throw new TorchException($"weights do not fit {GetType().Name}: {string.Join("; ", problems.Take(shown))}{rest}");
        }

        using var noGrad = new NoGrad();
        foreach (var (name, tensor) in common)
        {
            tensor.CopyFrom(state[name]);
        }
    }

    /// <summary>Moves all parameters and buffers to a device. Gradients are dropped.</summary>
    public void To(Device device) => Convert(t => t.To(device));

    /// <summary>Converts all floating parameters and buffers to a kind. Gradients are dropped.</summary>
    public void To(ScalarType type) => Convert(t => t.Dtype.IsFloating() ? t.To(type) : t.To(t.Dtype));

    /// <summary>Puts the weights of 2-D convolutions in an order, so that inputs in that order need no conversion. Gradients are dropped.</summary>
    public void To(MemoryFormat format) => Convert(t => t.Dimensions == 4 ? t.Contiguous(format) : t.To(t.Dtype));

    /// <summary>Drops all gradients.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters())
        {
            parameter.Grad = null;
        }
    }

    /// <summary>Frees the parameters and buffers of this module and all inside it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The module and all inside it, as PyTorch shows it.</summary>
    public override string ToString()
    {
        if (children.Count == 0)
        {
            return $"{GetType().Name}({Details})";
        }

        var text = new StringBuilder(GetType().Name).Append('(').Append(Details).Append('\n');
        foreach (var (name, child) in children)
        {
            text.Append("  (").Append(name).Append("): ").Append(child.ToString().Replace("\n", "\n  ", StringComparison.Ordinal)).Append('\n');
        }

        return text.Append(')').ToString();
    }

    /// <summary>Adds a module under a name, and returns it.</summary>
    protected T Register<T>(string name, T module)
        where T : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        CheckName(name);
        children.Add(name, module);
        return module;
    }

    /// <summary>Adds a learned tensor under a name, and returns it.</summary>
    protected Parameter RegisterParameter(string name, Tensor initial)
    {
        CheckName(name);
        var parameter = initial as Parameter ?? new Parameter(initial);
        parameters.Add(name, parameter);
        return parameter;
    }

    /// <summary>Adds a tensor that is stored and moved with the module but not learned, and returns it.</summary>
    protected Tensor RegisterBuffer(string name, Tensor initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        CheckName(name);
        buffers.Add(name, initial.Keep());
        return initial;
    }

    /// <summary>Frees what the module holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var parameter in parameters.Values)
            {
                parameter.Dispose();
            }

            foreach (var buffer in buffers.Values)
            {
                buffer.Dispose();
            }

            foreach (var child in children.Values)
            {
                child.Dispose();
            }
        }
    }

    private void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException($"the name '{name}' contains a dot, which separates modules in full names", nameof(name));
        }

        if (parameters.ContainsKey(name) || buffers.ContainsKey(name) || children.ContainsKey(name))
        {
            throw new ArgumentException($"{GetType().Name} already has a part named '{name}'", nameof(name));
        }
    }

    private void Collect(string prefix, OrderedDictionary<string, Tensor> state)
    {
        foreach (var (name, parameter) in parameters)
        {
            state.Add(prefix + name, parameter);
        }

        foreach (var (name, buffer) in buffers)
        {
            state.Add(prefix + name, buffer);
        }

        foreach (var (name, child) in children)
        {
            child.Collect($"{prefix}{name}.", state);
        }
    }

    private void Convert(Func<Tensor, Tensor> conversion)
    {
        using var noGrad = new NoGrad();
        foreach (var tensor in Parameters().Concat(NamedBuffers().Select(b => b.Buffer)))
        {
            using var scope = new DisposeScope();
            var learned = tensor.RequiresGrad;
            tensor.Grad = null;
            tensor.Replace(conversion(tensor.Detach()).Detach().Alias());
            if (learned)
            {
                tensor.RequiresGrad = true;
            }
        }
    }
}

/// <summary>A module that makes one tensor of one tensor; what <see cref="Sequential"/> is made of.</summary>
public abstract class Layer : Module
{
    /// <summary>Computes the output; a <see cref="LayerTrace"/> that is open sees it.</summary>
    public Tensor Forward(Tensor input)
    {
        var output = Compute(input);
        LayerTrace.Observe(this, output);
        return output;
    }

    /// <summary>What the layer makes of its input.</summary>
    protected abstract Tensor Compute(Tensor input);
}

/// <summary>Layers one after another, named 0, 1, 2, … or as given.</summary>
public sealed class Sequential : Layer
{
    private readonly List<Layer> layers = [];

    /// <summary>Layers under their numbers.</summary>
    public Sequential(params Layer[] layers)
        : this(layers.Select((layer, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), layer)).ToArray())
    {
    }

    /// <summary>Layers under names.</summary>
    public Sequential(params (string Name, Layer Layer)[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        foreach (var (name, layer) in layers)
        {
            this.layers.Add(Register(name, layer));
        }
    }

    /// <summary>Number of layers.</summary>
    public int Count => layers.Count;

    /// <summary>The layer at a place.</summary>
    public Layer this[int index] => layers[index];

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var x = input;
        foreach (var layer in layers)
        {
            x = layer.Forward(x);
        }

        return x;
    }
}
