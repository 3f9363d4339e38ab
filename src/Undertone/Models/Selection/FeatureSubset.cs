using System.Globalization;
using Undertone.Features;

namespace Undertone.Models.Selection;

/// <summary>The features that a selection chose, in the order of the feature set.</summary>
public sealed class FeatureSubset : IFeatureReduction
{
    private readonly int[] _indices;
    private readonly int _of;

    /// <summary>Makes a subset.</summary>
    /// <param name="indices">The chosen values, none twice.</param>
    /// <param name="of">How many values there are to choose from.</param>
    /// <exception cref="UndertoneException">None is chosen, one twice, or one that is not there.</exception>
    public FeatureSubset(IReadOnlyList<int> indices, int of)
    {
        ArgumentNullException.ThrowIfNull(indices);
        _indices = [.. indices.Order()];
        _of = of;
        if (_indices.Length == 0 || _indices[0] < 0 || _indices[^1] >= of || _indices.Distinct().Count() != _indices.Length)
        {
            throw new UndertoneException(string.Create(CultureInfo.InvariantCulture, $"a selection of features must name at least one of the {of} values and none twice. Train the model again."));
        }
    }

    /// <summary>The chosen values' indices, ascending.</summary>
    public IReadOnlyList<int> Indices => _indices;

    /// <inheritdoc/>
    public int Dimensions => _indices.Length;

    /// <inheritdoc/>
    public long Parameters => _indices.Length;

    /// <inheritdoc/>
    public long MultiplyAdds => 0;

    /// <summary>Chooses features.</summary>
    /// <param name="data">The rows to choose by.</param>
    /// <param name="options">The method, and how many; of fewer values all are kept.</param>
    public static FeatureSubset Fit(ClassifierData data, SelectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        return new FeatureSubset(FeatureSelectionCatalog.Get(options.Method).Choose(data, Math.Min(options.Count, data.Dimensions)), data.Dimensions);
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <param name="of">How many values there are to choose from.</param>
    /// <exception cref="UndertoneException">It is missing or of another feature set.</exception>
    public static FeatureSubset Read(ModelArrays arrays, int of)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        return new FeatureSubset(arrays.Integers("indices"), of);
    }

    /// <inheritdoc/>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        arrays.Add("indices", _indices);
    }

    /// <inheritdoc/>
    public FeatureMatrix Apply(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Dimensions != _of)
        {
            throw new UndertoneException(string.Create(CultureInfo.InvariantCulture, $"features were chosen of {_of} values, and these have {features.Dimensions}."));
        }

        var kept = new float[features.Frames * _indices.Length];
        for (var f = 0; f < features.Frames; f++)
        {
            for (var k = 0; k < _indices.Length; k++)
            {
                kept[(f * _indices.Length) + k] = features[f][_indices[k]];
            }
        }

        return new FeatureMatrix(kept, features.Frames, _indices.Length);
    }
}
