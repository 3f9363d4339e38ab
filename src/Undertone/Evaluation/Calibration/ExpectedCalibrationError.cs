using Undertone.Evaluation.Metrics;

namespace Undertone.Evaluation.Calibration;

/// <summary>
/// The expected calibration error, ECE (Naeini, Cooper and Hauskrecht 2015, doi:10.1609/aaai.v29i1.9602; with the
/// confidence of the predicted class as Guo et al. 2017, On calibration of modern neural networks, arXiv:1706.04599):
/// the rows are put into bins of equal width by the probability of their predicted class, and the distance of accuracy
/// from mean confidence is averaged over the bins, weighted by their rows. In [0, 1]; 0 is calibrated. Bin m of M holds
/// the confidences in ((m - 1) / M, m / M], and 0 belongs to the first.
/// </summary>
public sealed class ExpectedCalibrationError : AdditiveMetric
{
    /// <summary>The number of bins that Guo et al. use.</summary>
    public const int UsualBins = 15;

    /// <summary>Makes the metric.</summary>
    /// <param name="bins">How many bins, at least 1.</param>
    public ExpectedCalibrationError(int bins = UsualBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        Bins = bins;
    }

    /// <summary>How many bins.</summary>
    public int Bins { get; }

    /// <inheritdoc/>
    public override string Name => "ece";

    /// <inheritdoc/>
    public override string Title => "ECE";

    /// <inheritdoc/>
    public override string Description => $"distance of confidence from accuracy, {Bins} bins";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override bool IsShare => true;

    /// <inheritdoc/>
    public override bool NeedsProbabilities => true;

    /// <inheritdoc/>
    /// <remarks>For each bin the rows, the rows that are right, and their confidences.</remarks>
    public override int Length(int classes) => 3 * Bins;

    /// <inheritdoc/>
    public override void Add(PredictionRow row, int truth, int predicted, Span<double> sums)
    {
        ArgumentNullException.ThrowIfNull(row);
        var confidence = row.Probabilities![predicted];
        var bin = BinOf(confidence, Bins);
        sums[3 * bin]++;
        sums[(3 * bin) + 1] += truth == predicted ? 1 : 0;
        sums[(3 * bin) + 2] += confidence;
    }

    /// <inheritdoc/>
    public override double FromSums(ReadOnlySpan<double> sums, int classes)
    {
        double rows = 0, distance = 0;
        for (var i = 0; i < sums.Length; i += 3)
        {
            rows += sums[i];
            distance += Math.Abs(sums[i + 1] - sums[i + 2]);
        }

        return distance / rows;
    }

    /// <summary>The bin of a confidence, from 0.</summary>
    internal static int BinOf(double confidence, int bins) => Math.Clamp((int)Math.Ceiling(confidence * bins) - 1, 0, bins - 1);
}
