namespace Undertone.Models.Trees;

/// <summary>
/// Grows one regression tree on gradients and curvatures of a loss, the leaf whose split gains most first. The answer of a
/// leaf is −G / (H + penalty), one Newton step; what a split gains is how much less the quadratic approximation of the loss is.
/// </summary>
internal sealed class GradientTree
{
    private const double LeastCurvature = 1e-3;
    private const double AgainstZero = 1e-15;

    private readonly FeatureBins _bins;
    private readonly double[] _gradients;
    private readonly double[] _curvatures;
    private readonly BoostedTreesOptions _options;
    private readonly int[] _features;

    /// <summary>Prepares to grow.</summary>
    /// <param name="bins">The training values.</param>
    /// <param name="gradients">N first derivatives of the loss.</param>
    /// <param name="curvatures">N second derivatives.</param>
    /// <param name="options">How large the tree grows.</param>
    /// <param name="features">The features to split by, ascending.</param>
    public GradientTree(FeatureBins bins, double[] gradients, double[] curvatures, BoostedTreesOptions options, int[] features) =>
        (_bins, _gradients, _curvatures, _options, _features) = (bins, gradients, curvatures, options, features);

    /// <summary>Grows the tree and moves the scores of the rows by its answers.</summary>
    /// <param name="trees">Where.</param>
    /// <param name="scores">N scores.</param>
    public void Grow(TreeEnsemble trees, double[] scores)
    {
        var open = new List<Candidate>();
        var done = new List<Candidate>();
        Consider(trees.AddTree(), [.. Enumerable.Range(0, scores.Length)], open, done);
        while (open.Count > 0 && open.Count + done.Count < _options.Leaves)
        {
            var best = open.MaxBy(c => c.Gain)!;
            open.Remove(best);
            var codes = _bins.Codes[best.Feature];
            var child = trees.Split(best.Node, best.Feature, _bins.Thresholds[best.Feature][best.Bin]);
            Consider(child, [.. best.Rows.Where(n => codes[n] <= best.Bin)], open, done);
            Consider(child + 1, [.. best.Rows.Where(n => codes[n] > best.Bin)], open, done);
        }

        foreach (var leaf in open.Concat(done))
        {
            var answer = (float)(-_options.LearningRate * leaf.Gradient / (leaf.Curvature + _options.Penalty + AgainstZero));
            trees.SetLeaf(leaf.Node, [answer]);
            foreach (var n in leaf.Rows)
            {
                scores[n] += answer;
            }
        }
    }

    private void Consider(int node, int[] rows, List<Candidate> open, List<Candidate> done)
    {
        var candidate = new Candidate(node, rows, rows.Sum(n => _gradients[n]), rows.Sum(n => _curvatures[n]));
        if (rows.Length >= 2 * _options.LeastRows && candidate.Curvature >= LeastCurvature)
        {
            Span<double> gradients = stackalloc double[256];
            Span<double> curvatures = stackalloc double[256];
            Span<int> counts = stackalloc int[256];
            foreach (var feature in _features)
            {
                var bins = _bins.Thresholds[feature].Length + 1;
                gradients[..bins].Clear();
                curvatures[..bins].Clear();
                counts[..bins].Clear();
                var codes = _bins.Codes[feature];
                foreach (var n in rows)
                {
                    gradients[codes[n]] += _gradients[n];
                    curvatures[codes[n]] += _curvatures[n];
                    counts[codes[n]]++;
                }

                Scan(candidate, feature, gradients[..bins], curvatures[..bins], counts[..bins]);
            }
        }

        (candidate.Gain > 0 ? open : done).Add(candidate);
    }

    private void Scan(Candidate candidate, int feature, ReadOnlySpan<double> gradients, ReadOnlySpan<double> curvatures, ReadOnlySpan<int> counts)
    {
        var unsplit = Score(candidate.Gradient, candidate.Curvature);
        double gradient = 0, curvature = 0;
        var count = 0;
        for (var bin = 0; bin < counts.Length - 1; bin++)
        {
            gradient += gradients[bin];
            curvature += curvatures[bin];
            count += counts[bin];
            if (candidate.Rows.Length - count < _options.LeastRows || candidate.Curvature - curvature < LeastCurvature)
            {
                return;
            }

            if (counts[bin] == 0 || count < _options.LeastRows || curvature < LeastCurvature)
            {
                continue;
            }

            var gain = Score(gradient, curvature) + Score(candidate.Gradient - gradient, candidate.Curvature - curvature) - unsplit;
            if (gain > candidate.Gain)
            {
                (candidate.Gain, candidate.Feature, candidate.Bin) = (gain, feature, bin);
            }
        }
    }

    private double Score(double gradient, double curvature) => gradient * gradient / (curvature + _options.Penalty + AgainstZero);

    private sealed class Candidate(int node, int[] rows, double gradient, double curvature)
    {
        public int Node => node;

        public int[] Rows => rows;

        public double Gradient => gradient;

        public double Curvature => curvature;

        public double Gain { get; set; }

        public int Feature { get; set; }

        public int Bin { get; set; }
    }
}
