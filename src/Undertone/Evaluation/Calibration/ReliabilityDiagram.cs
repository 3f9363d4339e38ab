namespace Undertone.Evaluation.Calibration;

/// <summary>
/// The reliability diagram: accuracy against confidence (the probability of the predicted class) in bins (Guo et al.
/// 2017, On calibration of modern neural networks, arXiv:1706.04599). A calibrated system's bins lie on the diagonal.
/// </summary>
public sealed record ReliabilityDiagram
{
    private ReliabilityDiagram(IReadOnlyList<ReliabilityBin> bins) => Bins = bins;

    /// <summary>The bins, from the least confidence up.</summary>
    public IReadOnlyList<ReliabilityBin> Bins { get; }

    /// <summary>
    /// The expected calibration error of these bins: the mean distance of accuracy from confidence, weighted by rows. In
    /// bins of equal width it is <see cref="ExpectedCalibrationError"/>.
    /// </summary>
    public double ExpectedError => Filled.Sum(b => b.Count * Math.Abs(b.Accuracy - b.Confidence)) / Filled.Sum(b => b.Count);

    /// <summary>The maximum calibration error of these bins (Naeini, Cooper and Hauskrecht 2015, doi:10.1609/aaai.v29i1.9602): the greatest distance.</summary>
    public double MaximumError => Filled.Max(b => Math.Abs(b.Accuracy - b.Confidence));

    private IEnumerable<ReliabilityBin> Filled => Bins.Where(b => b.Count > 0);

    /// <summary>Bins of equal width: bin m of M holds the confidences in ((m - 1) / M, m / M], and 0 belongs to the first.</summary>
    /// <param name="table">Predictions with probabilities, at least one row.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    /// <returns>All bins, the empty ones too.</returns>
    /// <exception cref="UndertoneException">The predictions have no probabilities.</exception>
    public static ReliabilityDiagram EqualWidth(PredictionTable table, int bins = ExpectedCalibrationError.UsualBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var byBin = Judgement.Of(table).ToLookup(j => ExpectedCalibrationError.BinOf(j.Confidence, bins));
        return new([.. Enumerable.Range(0, bins).Select(m => ReliabilityBin.Of(m / (double)bins, (m + 1) / (double)bins, [.. byBin[m]]))]);
    }

    /// <summary>
    /// Bins of equally many rows, as nearly as rows of the same confidence, which always share a bin, allow: the rows
    /// are put in order of confidence, and a row that n of N rows lie below goes into bin ⌊n M / N⌋ of 0 to M - 1.
    /// </summary>
    /// <param name="table">Predictions with probabilities, at least one row.</param>
    /// <param name="bins">How many bins at most, at least 1.</param>
    /// <returns>The bins that hold a row, each from its least to its greatest confidence.</returns>
    /// <exception cref="UndertoneException">The predictions have no probabilities.</exception>
    public static ReliabilityDiagram EqualCount(PredictionTable table, int bins = ExpectedCalibrationError.UsualBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var sorted = Judgement.Of(table);
        Array.Sort(sorted, (a, b) => a.Confidence.CompareTo(b.Confidence));
        var found = new List<ReliabilityBin>();
        var members = new List<Judgement>();
        long bin = 0, below = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            below = i > 0 && sorted[i].Confidence == sorted[i - 1].Confidence ? below : i;
            if (below * bins / sorted.Length is var next && next != bin)
            {
                Close();
                bin = next;
            }

            members.Add(sorted[i]);
        }

        Close();
        return new(found);

        void Close()
        {
            if (members.Count > 0)
            {
                found.Add(ReliabilityBin.Of(members[0].Confidence, members[^1].Confidence, members));
                members.Clear();
            }
        }
    }
}

/// <summary>One bin of a reliability diagram.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Count">Rows.</param>
/// <param name="Confidence">Their mean confidence; NaN without rows.</param>
/// <param name="Accuracy">The share that is right; NaN without rows.</param>
public sealed record ReliabilityBin(double Low, double High, int Count, double Confidence, double Accuracy)
{
    internal static ReliabilityBin Of(double low, double high, IReadOnlyCollection<Judgement> rows) => rows.Count == 0
        ? new(low, high, 0, double.NaN, double.NaN)
        : new(low, high, rows.Count, rows.Average(j => j.Confidence), rows.Count(j => j.IsRight) / (double)rows.Count);
}
