namespace Undertone.Torch;

/// <summary>One layer's work in a forward pass.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Joined">What was done in the same step besides the layer itself, <c>ReLU, max-pool 2×2</c>; null for nothing.</param>
/// <param name="Output">The shape of what it gave.</param>
/// <param name="MultiplyAdds">What was spent since the layer before it (<see cref="Torch.MultiplyAdds"/>).</param>
public sealed record LayerCall(Module Layer, string? Joined, IReadOnlyList<long> Output, long MultiplyAdds);

/// <summary>
/// Writes down which layers this thread runs while it is open, in order, with the shapes that they give: what a table of a
/// network's layers is made of. Modules that hold others are seen by what they hold.
/// </summary>
/// <example><code>
/// using var trace = new LayerTrace();
/// network.Forward(x);
/// foreach (var call in trace.Calls) { Console.WriteLine($"{call.Layer} → {string.Join(" × ", call.Output)}"); }
/// </code></example>
public sealed class LayerTrace : IDisposable
{
    [ThreadStatic]
    private static LayerTrace? open;

    private readonly LayerTrace? outer;
    private readonly MultiplyAdds count = new();
    private readonly List<LayerCall> calls = [];
    private long counted;

    /// <summary>Begins to write down.</summary>
    public LayerTrace()
    {
        outer = open;
        open = this;
    }

    /// <summary>The layers so far, in the order they ran.</summary>
    public IReadOnlyList<LayerCall> Calls => calls;

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (open == this)
        {
            open = outer;
            count.Dispose();
        }
    }

    /// <summary>Writes a layer down where this thread traces.</summary>
    /// <param name="layer">The layer; one that holds others is passed over, unless it is <paramref name="joined"/> with something.</param>
    /// <param name="output">What it gave.</param>
    /// <param name="joined">What was done in the same step.</param>
    public static void Observe(Module layer, Tensor output, string? joined = null)
    {
        if (open is not null)
        {
            Observe(layer, output.Shape, joined);
        }
    }

    /// <summary>As above, for what is never stored.</summary>
    internal static void Observe(Module layer, long[] shape, string? joined = null)
    {
        if (open is not { } trace || (joined is null && layer.Children.Count > 0))
        {
            return;
        }

        trace.calls.Add(new LayerCall(layer, joined, [.. shape], trace.count.Total - trace.counted));
        trace.counted = trace.count.Total;
    }
}
