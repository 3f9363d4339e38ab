namespace Undertone.Evaluation.Metrics;

/// <summary>
/// Unweighted average recall, UAR: the mean recall of the classes that occur in truth (Schuller et al. 2009, the
/// INTERSPEECH 2009 emotion challenge). Balanced accuracy (Brodersen et al. 2010, doi:10.1109/ICPR.2010.764) and macro
/// recall are the same number. A class that no row is truly of has no recall and is left out, even where it is
/// predicted; scikit-learn's <c>balanced_accuracy_score</c> does the same.
/// </summary>
public sealed class UnweightedAverageRecall : ConfusionMetric
{
    /// <inheritdoc/>
    public override string Name => "uar";

    /// <inheritdoc/>
    public override string Title => "UAR";

    /// <inheritdoc/>
    public override string Description => "mean recall of the classes";

    /// <inheritdoc/>
    public override bool IsShare => true;

    /// <inheritdoc/>
    public override double Score(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        double recalls = 0;
        var present = 0;
        for (var c = 0; c < confusion.Classes.Count; c++)
        {
            if (confusion.Support(c) is > 0 and var support)
            {
                recalls += confusion[c, c] / (double)support;
                present++;
            }
        }

        return recalls / present;
    }
}
