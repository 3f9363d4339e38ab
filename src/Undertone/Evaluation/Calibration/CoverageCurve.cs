namespace Undertone.Evaluation.Calibration;

/// <summary>
/// What a system that may abstain would reach: accuracy and UAR of the rows that it is surest of, against the share of
/// rows that it answers, its coverage (El-Yaniv and Wiener 2010, On the foundations of noise-free selective
/// classification, Journal of Machine Learning Research 11; confidence as in Geifman and El-Yaniv 2017, Selective
/// classification for deep neural networks, arXiv:1705.08500). Rows of the same confidence are answered together.
/// </summary>
public sealed record CoverageCurve
{
    private CoverageCurve(IReadOnlyList<CoveragePoint> points, double area)
    {
        Points = points;
        AreaUnderRisk = area;
    }

    /// <summary>One point for each confidence that occurs, from the surest rows alone to all rows.</summary>
    public IReadOnlyList<CoveragePoint> Points { get; }

    /// <summary>
    /// The area under the risk-coverage curve, in [0, 1]; less is better. It is the mean, over k from 1 to all rows, of
    /// the share of errors among the k surest (Geifman, Uziel and El-Yaniv 2019, Bias-reduced uncertainty estimation for
    /// deep neural classifiers, arXiv:1805.08206). Where k cuts through rows of the same confidence, the errors are
    /// those expected of rows drawn from them.
    /// </summary>
    public double AreaUnderRisk { get; }

    /// <summary>Draws the curve.</summary>
    /// <param name="table">Predictions with probabilities, at least one row.</param>
    /// <exception cref="UndertoneException">The predictions have no probabilities.</exception>
    public static CoverageCurve Of(PredictionTable table)
    {
        var sorted = Judgement.Of(table);
        Array.Sort(sorted, (a, b) => b.Confidence.CompareTo(a.Confidence));
        var support = new int[table.Classes.Count];
        var hits = new int[table.Classes.Count];
        var points = new List<CoveragePoint>();
        double area = 0;
        for (var from = 0; from < sorted.Length;)
        {
            var right = hits.Sum();
            var to = from;
            for (; to < sorted.Length && sorted[to].Confidence == sorted[from].Confidence; to++)
            {
                support[sorted[to].Truth]++;
                hits[sorted[to].Truth] += sorted[to].IsRight ? 1 : 0;
            }

            var rightNow = hits.Sum();
            var errors = (double)(from - right);
            var errorsEach = (to - from - (rightNow - right)) / (double)(to - from);
            for (var k = from + 1; k <= to; k++)
            {
                area += (errors + ((k - from) * errorsEach)) / k;
            }

            double recalls = 0;
            var present = 0;
            for (var c = 0; c < support.Length; c++)
            {
                recalls += support[c] > 0 ? hits[c] / (double)support[c] : 0;
                present += support[c] > 0 ? 1 : 0;
            }

            points.Add(new CoveragePoint(sorted[from].Confidence, to, to / (double)sorted.Length, rightNow / (double)to, recalls / present, present));
            from = to;
        }

        return new CoverageCurve(points, area / sorted.Length);
    }

    /// <summary>The point that answers at least a share of the rows, and no more than it must.</summary>
    /// <param name="coverage">The share, in (0, 1].</param>
    public CoveragePoint At(double coverage)
    {
        if (!(coverage > 0 && coverage <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "Expected a share above 0 and up to 1.");
        }

        // 0.9 of 10 rows is 9 of them, whatever the last bit of 9 / 10 says.
        return Points.First(p => p.Coverage >= coverage - 1e-12);
    }
}

/// <summary>A system that answers where it is sure enough.</summary>
/// <param name="Threshold">The least confidence that it answers at.</param>
/// <param name="Count">The rows that it answers.</param>
/// <param name="Coverage">Their share of all rows.</param>
/// <param name="Accuracy">The share of them that is right.</param>
/// <param name="Uar">Their unweighted average recall, over the classes that occur among them.</param>
/// <param name="ClassesPresent">How many classes occur among them: UARs over different classes do not compare.</param>
public sealed record CoveragePoint(double Threshold, int Count, double Coverage, double Accuracy, double Uar, int ClassesPresent);
