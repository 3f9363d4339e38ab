using Undertone.Torch;

namespace Undertone.Models.Networks;

/// <summary>Weights that others trained, read from a safetensors file into layers of other names.</summary>
/// <param name="model">The model as its makers call it: <c>torchvision's alexnet</c>.</param>
/// <param name="origin">What writes the file, for messages.</param>
/// <param name="names">The file's names for each of the network's: the first that is there is taken.</param>
/// <param name="ignored">Beginnings of names in the file that the network has no use for, such as the layer of other classes.</param>
public sealed class PretrainedWeights(
    string model, string origin, IReadOnlyDictionary<string, IReadOnlyList<string>> names, IReadOnlyList<string> ignored)
{
    private const int Shown = 5;

    /// <summary>Checks that a file is there and holds the model's tensors, by name; libtorch is not loaded.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UndertoneException">It is missing, damaged, of another format, or of another model.</exception>
    public void Check(string path) => Match(path, Header(path).Tensors.Keys);

    /// <summary>Copies a file's values into a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">A network that has the names given; what the file does not name stays as it is.</param>
    /// <exception cref="UndertoneException">The file is missing, damaged, of another format or model, or shapes differ; nothing was changed.</exception>
    public void Load(string path, Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Header(path);
        using var scope = new DisposeScope();
        using var noGrad = new NoGrad();
        var stored = SafeTensors.Read(path);
        var found = Match(path, stored.Keys);
        var own = network.StateDict();
        var values = found.ToDictionary(f => f.Own, f => Reshaped(stored[f.InFile], own[f.Own].Shape));
        var wrong = found.Where(f => !values[f.Own].Shape.SequenceEqual(own[f.Own].Shape))
            .Select(f => $"'{f.InFile}' is {Size(stored[f.InFile])}, expected {Size(own[f.Own])}")
            .ToList();
        Refuse(path, wrong);
        network.Load(values, strict: false);
    }

    private static string Size(Tensor tensor) => string.Join(" × ", tensor.Shape);

    /// <summary>A layer that sees a whole map may be stored as a convolution as large as the map.</summary>
    private static Tensor Reshaped(Tensor tensor, long[] shape) =>
        tensor.Dimensions == 4 && shape.Length == 2 && tensor.Size(0) == shape[0] && tensor.ElementCount == shape[0] * shape[1] ? tensor.Flatten(1) : tensor;

    private SafeTensorsHeader Header(string path)
    {
        if (!File.Exists(path))
        {
            throw new UndertoneException($"weights: there is no file '{Path.GetFullPath(path)}'. {Origin}");
        }

        try
        {
            return SafeTensors.ReadHeader(path);
        }
        catch (SafeTensorsException error)
        {
            throw new UndertoneException($"weights: {error.Message}. {Origin}", error);
        }
    }

    private string Origin => $"Expected are the weights of {model} as safetensors, which this Python writes: {origin}";

    private List<(string Own, string InFile)> Match(string path, IEnumerable<string> inFile)
    {
        var there = inFile.ToHashSet(StringComparer.Ordinal);
        var found = names.Select(n => (Own: n.Key, InFile: n.Value.FirstOrDefault(there.Contains))).ToList();
        var taken = found.Select(f => f.InFile).ToHashSet();
        Refuse(path,
        [
            .. found.Where(f => f.InFile is null).Select(f => $"'{string.Join("' or '", names[f.Own])}' is missing"),
            .. there.Where(n => !taken.Contains(n) && !ignored.Any(i => n.StartsWith(i, StringComparison.Ordinal))).Select(n => $"'{n}' is unknown"),
        ]);
        return [.. found.Select(f => (f.Own, f.InFile!))];
    }

    private void Refuse(string path, List<string> problems)
    {
        if (problems.Count > 0)
        {
            var more = problems.Count > Shown ? $"; and {problems.Count - Shown} more" : "";
            throw new UndertoneException($"weights: '{path}' does not fit {model}: {string.Join("; ", problems.Take(Shown))}{more}. {Origin}");
        }
    }
}
