using Undertone.Features;
using Undertone.Models.Mixtures;

namespace Undertone.Models.Trees;

/// <summary>
/// Gradient-boosted trees (Friedman 2001, doi:10.1214/aos/1013203451) for the multinomial log loss, by Newton steps
/// (Chen &amp; Guestrin 2016, doi:10.1145/2939672.2939785) on binned values, the best leaf first (Ke et al. 2017, LightGBM).
/// Each round grows one tree a class. With all features it is what scikit-learn's <c>HistGradientBoostingClassifier</c> fits.
/// </summary>
public sealed class BoostedTreesClassifier : IFittedClassifier
{
    private const string Name = "a boosted-trees classifier";

    private readonly TreeEnsemble _trees;
    private readonly int _classes;
    private readonly int[] _present;
    private readonly double[] _start;

    private BoostedTreesClassifier(TreeEnsemble trees, int classes, int[] present, double[] start) =>
        (_trees, _classes, _present, _start) = (trees, classes, present, start);

    /// <inheritdoc/>
    public long Parameters => _trees.Parameters + _start.Length;

    /// <summary>Grows the trees.</summary>
    /// <param name="data">N vectors of functionals.</param>
    /// <param name="options">How many trees of what size.</param>
    /// <exception cref="UndertoneException">The features are sequences of frames.</exception>
    public static BoostedTreesClassifier Fit(ClassifierData data, BoostedTreesOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var rows = data.Rows(Name);
        int[] present = [.. data.Labels.Distinct().Order()];
        double[] weights = [.. data.Labels.Select(l => data.ClassWeights[l])];
        double[] start = [.. present.Select(c => Math.Log(Enumerable.Range(0, rows.Length).Where(n => data.Labels[n] == c).Sum(n => weights[n]) / weights.Sum()))];
        var centre = start.Average();
        start = [.. start.Select(s => s - centre)];

        var bins = new FeatureBins(rows, options.Bins);
        var scores = start.Select(s => Enumerable.Repeat(s, rows.Length).ToArray()).ToArray();
        var trees = new TreeEnsemble(1);
        for (var round = 0; round < options.Rounds; round++)
        {
            data.Cancellation.ThrowIfCancellationRequested();
            var shares = Enumerable.Range(0, rows.Length).Select(n => Softmax([.. scores.Select(s => s[n])])).ToArray();
            for (var c = 0; c < present.Length; c++)
            {
                var (gradients, curvatures) = (new double[rows.Length], new double[rows.Length]);
                for (var n = 0; n < rows.Length; n++)
                {
                    gradients[n] = weights[n] * (shares[n][c] - (data.Labels[n] == present[c] ? 1 : 0));
                    curvatures[n] = weights[n] * shares[n][c] * (1 - shares[n][c]);
                }

                new GradientTree(bins, gradients, curvatures, options, Drawn(data, options, round, c)).Grow(trees, scores[c]);
            }
        }

        return new BoostedTreesClassifier(trees, data.Classes, present, start);
    }

    /// <summary>Reads what <see cref="Write"/> kept.</summary>
    /// <param name="arrays">Where.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="UndertoneException">An array is missing or of another shape.</exception>
    public static BoostedTreesClassifier Read(ModelArrays arrays, int classes)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var present = arrays.Integers("present");
        var trees = TreeEnsemble.Read(arrays, 1);
        return present.Length > 0 && present.All(c => c >= 0 && c < classes) && trees.Trees % present.Length == 0
            ? new BoostedTreesClassifier(trees, classes, present, arrays.Doubles("start", present.Length))
            : throw new UndertoneException($"the boosted trees of the model are of none of its {classes} classes, or not as many for each. Train the model again.");
    }

    /// <summary>The additions of the trees' answers; comparisons on the way to a leaf are none.</summary>
    /// <inheritdoc/>
    public long MultiplyAdds(int frames) => _trees.Trees;

    /// <inheritdoc/>
    public double[] Probabilities(FeatureMatrix features)
    {
        var row = ClassifierData.Row(features, Name);
        double[] scores = [.. _start];
        for (var t = 0; t < _trees.Trees; t++)
        {
            _trees.AddTo(t, row, scores.AsSpan(t % scores.Length, 1));
        }

        var shares = Softmax(scores);
        var probabilities = new double[_classes];
        for (var c = 0; c < _present.Length; c++)
        {
            probabilities[_present[c]] = shares[c];
        }

        return probabilities;
    }

    /// <inheritdoc/>
    public void Write(ModelArrays arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        arrays.Add("present", _present);
        arrays.Add("start", _start);
        _trees.Write(arrays);
    }

    private static int[] Drawn(ClassifierData data, BoostedTreesOptions options, int round, int tree)
    {
        int[] all = [.. Enumerable.Range(0, data.Dimensions)];
        var count = Math.Max(1, (int)Math.Round(options.Features * all.Length));
        if (count == all.Length)
        {
            return all;
        }

        SeededRandom.From("boosted trees", data.Seed, round, tree).Shuffle(all.AsSpan());
        return [.. all.Take(count).Order()];
    }

    private static double[] Softmax(double[] scores)
    {
        LogDomain.Normalise(scores);
        return scores;
    }
}
