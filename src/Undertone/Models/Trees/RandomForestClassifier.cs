using Undertone.Features;

namespace Undertone.Models.Trees;

/// <summary>
/// A random forest (Breiman 2001, doi:10.1023/A:1010933404324): trees on rows drawn with replacement, each split chosen among
/// a few values drawn at random. The answer is the mean of the trees' class shares, as in scikit-learn's
/// <c>RandomForestClassifier</c>. A tree's random stream belongs to the seed and its number, so that a forest of more trees
/// begins with the same.
/// </summary>
public sealed class RandomForestClassifier : IFittedClassifier
{
    private const string Name = "a random forest";

    private readonly TreeEnsemble _trees;
    private readonly int _classes;

    private RandomForestClassifier(TreeEnsemble trees, int classes) => (_trees, _classes) = (trees, classes);

    /// <inheritdoc/>
    public long Parameters => _trees.Parameters;

    /// <summary>Grows the forest.</summary>
    /// <param name="data">N vectors of functionals.</param>
    /// <param name="options">How many trees of what size.</param>
    /// <exception cref="UndertoneException">The features are sequences of frames.</exception>
    public static RandomForestClassifier Fit(ClassifierData data, RandomForestOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var rows = data.Rows(Name);
        float[][] columns = [.. Enumerable.Range(0, data.Dimensions).Select(d => Array.ConvertAll(rows, r => r[d]))];
        var trees = new TreeEnsemble(data.Classes);
        for (var t = 0; t < options.Trees; t++)
        {
            data.Cancellation.ThrowIfCancellationRequested();
            var random = SeededRandom.From("random forest", data.Seed, t);
            var weights = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                var n = options.Bootstrap ? random.NextInt(rows.Length) : i;
                weights[n] += data.ClassWeights[data.Labels[n]];
            }

            new GiniTree(columns, data.Labels, weights, data.Classes, options, random).Grow(trees);
        }

        return new RandomForestClassifier(trees, data.Classes);
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    public static RandomForestClassifier Read(ModelArrays arrays, int classes) => new(TreeEnsemble.Read(arrays, classes), classes);

    /// <summary>The additions of the trees' shares; comparisons on the way to a leaf are none.</summary>
    /// <inheritdoc/>
    public long MultiplyAdds(int frames) => (long)_trees.Trees * _classes;

    /// <inheritdoc/>
    public double[] Probabilities(FeatureMatrix features)
    {
        var row = ClassifierData.Row(features, Name);
        var sums = new double[_classes];
        for (var t = 0; t < _trees.Trees; t++)
        {
            _trees.AddTo(t, row, sums);
        }

        var sum = sums.Sum();
        return [.. sums.Select(s => s / sum)];
    }

    /// <inheritdoc/>
    public void Write(ModelArrays arrays) => _trees.Write(arrays);
}
