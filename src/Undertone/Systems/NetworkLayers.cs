using Undertone.Torch;

namespace Undertone.Systems;

/// <summary>A row of a table of layers.</summary>
/// <param name="Name">The layer's name, under which its weights are stored: <c>convolutions.stem</c>.</param>
/// <param name="Kind">What it is, with its sizes, as PyTorch writes it: <c>Conv2d(1, 16, kernel_size=(3, 3))</c>.</param>
/// <param name="Output">What it gives for one utterance, without the batch.</param>
/// <param name="Parameters">Its learned values; 0 where it ran before and shares them.</param>
/// <param name="MultiplyAdds">What it costs for that utterance.</param>
public sealed record NetworkLayer(string Name, string Kind, IReadOnlyList<long> Output, long Parameters, long MultiplyAdds);

/// <summary>The layers of a deep system's network as they run, with shapes, sizes and costs.</summary>
/// <param name="Frames">Frames of the utterance that was shown to it.</param>
/// <param name="Dimensions">Values of a frame.</param>
/// <param name="Layers">The layers, in the order they ran.</param>
/// <param name="Parameters">Learned values of the network.</param>
/// <param name="MultiplyAdds">What the utterance cost.</param>
public sealed record NetworkLayers(int Frames, int Dimensions, IReadOnlyList<NetworkLayer> Layers, long Parameters, long MultiplyAdds)
{
    /// <summary>Builds a network, shows it one utterance of noise, and writes down what ran.</summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="seconds">The utterance's length.</param>
    public static NetworkLayers Of(DeepSystem system, DeepSettings settings, int classes, double seconds)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(settings);
        var extractor = settings.FeatureSet.CreateExtractor();
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        using var network = system.Build(settings, extractor.Dimensions, classes);
        network.Eval();
        var frames = Math.Max(network.MinimumFrames, extractor.FramesIn(seconds));

        using var count = new MultiplyAdds();
        using var trace = new LayerTrace();
        network.Forward(Tensor.Randn(1, frames, extractor.Dimensions), [frames]);
        var names = Names(network, "").ToDictionary(n => n.Module, n => n.Name);
        var seen = new HashSet<Module>();
        return new NetworkLayers(
            frames,
            extractor.Dimensions,
            [.. trace.Calls.Select(c => new NetworkLayer(
                names.GetValueOrDefault(c.Layer, ""),
                c.Joined is null ? Kind(c.Layer) : $"{Kind(c.Layer)}, {c.Joined}",
                [.. c.Output.Skip(1)],
                seen.Add(c.Layer) ? c.Layer.ParameterCount() : 0,
                c.MultiplyAdds))],
            network.ParameterCount(),
            count.Total);
    }

    private static string Kind(Module module) => module.Children.Count == 0 ? module.ToString() : module.GetType().Name;

    private static IEnumerable<(Module Module, string Name)> Names(Module module, string prefix)
    {
        yield return (module, prefix.TrimEnd('.'));
        foreach (var inner in module.Children.SelectMany(c => Names(c.Value, $"{prefix}{c.Key}.")))
        {
            yield return inner;
        }
    }
}
