namespace Undertone.Models.Trees;

/// <summary>
/// Binary decision trees as flat arrays. A row goes left where its value is at most the threshold; a leaf holds V values.
/// Rows and thresholds are single precision, so that a tree read from a file answers as the one that was grown.
/// </summary>
public sealed class TreeEnsemble
{
    private const int Leaf = -1;

    private readonly int _width;
    private readonly List<int> _roots = [];
    private readonly List<int> _features = [];
    private readonly List<float> _thresholds = [];
    private readonly List<int> _next = [];
    private readonly List<float> _values = [];

    /// <summary>Starts without trees.</summary>
    /// <param name="width">Values of a leaf, V.</param>
    public TreeEnsemble(int width) => _width = width;

    /// <summary>The number of trees.</summary>
    public int Trees => _roots.Count;

    /// <summary>Learned numbers: feature and threshold of every split, and the values of every leaf.</summary>
    public long Parameters => (2L * _features.Count(f => f != Leaf)) + _values.Count;

    /// <summary>Begins a tree.</summary>
    /// <returns>Its root, a node without split or values yet.</returns>
    public int AddTree()
    {
        _roots.Add(_features.Count);
        return AddNode();
    }

    /// <summary>Splits a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="feature">Whose value decides.</param>
    /// <param name="threshold">Up to which it goes left.</param>
    /// <returns>The left child; the right is the next after it.</returns>
    public int Split(int node, int feature, float threshold)
    {
        var left = AddNode();
        AddNode();
        (_features[node], _thresholds[node], _next[node]) = (feature, threshold, left);
        return left;
    }

    /// <summary>Makes a node a leaf.</summary>
    /// <param name="node">The node.</param>
    /// <param name="values">V values.</param>
    public void SetLeaf(int node, ReadOnlySpan<float> values)
    {
        _next[node] = _values.Count;
        foreach (var value in values)
        {
            _values.Add(value);
        }
    }

    /// <summary>Adds the values of a row's leaf in one tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="row">D values.</param>
    /// <param name="sums">V sums.</param>
    public void AddTo(int tree, ReadOnlySpan<float> row, Span<double> sums)
    {
        var node = _roots[tree];
        while (_features[node] != Leaf)
        {
            node = _next[node] + (row[_features[node]] <= _thresholds[node] ? 0 : 1);
        }

        for (var v = 0; v < _width; v++)
        {
            sums[v] += _values[_next[node] + v];
        }
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <param name="width">Values of a leaf.</param>
    /// <exception cref="UndertoneException">An array is missing, of another shape, or points out of a tree.</exception>
    public static TreeEnsemble Read(ModelArrays arrays, int width)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var ensemble = new TreeEnsemble(width);
        ensemble._features.AddRange(arrays.Integers("features"));
        ensemble._thresholds.AddRange(arrays.Singles("thresholds", ensemble._features.Count));
        ensemble._next.AddRange(arrays.Integers("next", ensemble._features.Count));
        ensemble._roots.AddRange(arrays.Integers("roots"));
        ensemble._values.AddRange(arrays.Singles("values"));
        var nodes = ensemble._features.Count;

        // Children come after their parent, so that no damaged file makes a walk without end.
        var sound = ensemble._roots.All(r => r >= 0 && r < nodes) && Enumerable.Range(0, nodes).All(n => ensemble._features[n] == Leaf
            ? ensemble._next[n] >= 0 && ensemble._next[n] + width <= ensemble._values.Count
            : ensemble._features[n] >= 0 && ensemble._next[n] > n && ensemble._next[n] + 1 < nodes);
        return sound ? ensemble : throw new UndertoneException("the trees of the model point at nodes that they do not have. Train the model again.");
    }

    /// <summary>Keeps the trees.</summary>
    /// <param name="arrays">Where.</param>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        arrays.Add("features", _features.ToArray());
        arrays.Add("thresholds", _thresholds.ToArray());
        arrays.Add("next", _next.ToArray());
        arrays.Add("roots", _roots.ToArray());
        arrays.Add("values", _values.ToArray());
    }

    /// <summary>A threshold between two neighbouring values that parts them in single precision too.</summary>
    internal static float Between(float low, float high)
    {
        var middle = (low / 2) + (high / 2);
        return middle >= high || middle < low ? low : middle;
    }

    private int AddNode()
    {
        _features.Add(Leaf);
        _thresholds.Add(0);
        _next.Add(0);
        return _features.Count - 1;
    }
}
