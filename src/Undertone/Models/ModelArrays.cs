using Undertone.Torch;

namespace Undertone.Models;

/// <summary>
/// The numbers of a fitted classifier by name, as <c>model.safetensors</c> keeps them. It is managed code throughout:
/// neither reading nor writing loads libtorch.
/// </summary>
public sealed class ModelArrays
{
    private readonly Dictionary<string, SafeTensorArray> _arrays;
    private readonly Dictionary<string, string> _texts;
    private readonly string _prefix;
    private readonly string _file;

    /// <summary>Starts without any.</summary>
    public ModelArrays()
        : this([], [], string.Empty, "the model")
    {
    }

    private ModelArrays(Dictionary<string, SafeTensorArray> arrays, Dictionary<string, string> texts, string prefix, string file) =>
        (_arrays, _texts, _prefix, _file) = (arrays, texts, prefix, file);

    /// <summary>Reads a file.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <exception cref="UndertoneException">The file is missing or damaged.</exception>
    public static ModelArrays Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UndertoneException($"The model in '{Path.GetDirectoryName(path)}' has no weights: '{Path.GetFileName(path)}' is missing. Copy the whole folder, or train the model again.");
        }

        try
        {
            var arrays = SafeTensorArrays.Read(path, out var texts);
            return new ModelArrays(new(arrays, StringComparer.Ordinal), new(texts, StringComparer.Ordinal), string.Empty, path);
        }
        catch (SafeTensorsException error)
        {
            throw new UndertoneException($"{error.Message.TrimEnd('.')}. Copy the file again, or train the model again.", error);
        }
    }

    /// <summary>Writes everything into a file, which appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => SafeTensorArrays.Write(path, _arrays, _texts);

    /// <summary>The same arrays seen from below a name: <c>Within("a")</c> calls <c>a.weights</c> by <c>weights</c>.</summary>
    /// <param name="name">The name.</param>
    public ModelArrays Within(string name) => new(_arrays, _texts, $"{_prefix}{name}.", _file);

    /// <summary>Whether there is an array of that name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => _arrays.ContainsKey(_prefix + name);

    /// <summary>Keeps numbers.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">A <c>float[]</c>, <c>double[]</c>, <c>int[]</c> or <c>long[]</c>, row-major.</param>
    /// <param name="shape">The sizes; left out, one dimension.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Array values, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        _arrays.Add(_prefix + name, new SafeTensorArray(values, shape.Length == 0 ? [values.LongLength] : shape.ToArray()));
    }

    /// <summary>Keeps a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    public void AddText(string name, string text) => _texts.Add(_prefix + name, text);

    /// <summary>A text.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="UndertoneException">There is none.</exception>
    public string Text(string name) => _texts.TryGetValue(_prefix + name, out var text) ? text : throw Lacks(name, "a text");

    /// <summary>Numbers of single precision.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="shape">The sizes that they must have, -1 for any; left out, any.</param>
    /// <exception cref="UndertoneException">There are none, or they have another kind or shape.</exception>
    public float[] Singles(string name, params ReadOnlySpan<long> shape) => Get<float>(name, shape);

    /// <summary>Numbers of double precision.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="shape">The sizes that they must have, -1 for any; left out, any.</param>
    /// <exception cref="UndertoneException">There are none, or they have another kind or shape.</exception>
    public double[] Doubles(string name, params ReadOnlySpan<long> shape) => Get<double>(name, shape);

    /// <summary>Whole numbers.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="shape">The sizes that they must have, -1 for any; left out, any.</param>
    /// <exception cref="UndertoneException">There are none, or they have another kind or shape.</exception>
    public int[] Integers(string name, params ReadOnlySpan<long> shape) => Get<int>(name, shape);

    private T[] Get<T>(string name, ReadOnlySpan<long> shape)
    {
        if (!_arrays.TryGetValue(_prefix + name, out var array) || array.Values is not T[] values)
        {
            throw Lacks(name, $"numbers of the kind {typeof(T).Name}");
        }

        var fits = shape.Length == 0 || shape.Length == array.Shape.Count;
        for (var i = 0; fits && i < shape.Length; i++)
        {
            fits = shape[i] < 0 || shape[i] == array.Shape[i];
        }

        return fits
            ? values
            : throw new UndertoneException($"'{_file}': '{_prefix}{name}' has the shape [{string.Join(", ", array.Shape)}]; expected [{string.Join(", ", shape.ToArray())}]. Train the model again.");
    }

    private UndertoneException Lacks(string name, string what) =>
        new($"'{_file}' lacks '{_prefix}{name}' ({what}). Train the model again.");
}
