using System.Globalization;
using System.Text.Json.Serialization;

namespace Undertone.Training;

/// <summary>How a deep system is trained.</summary>
public sealed record TrainingSettings : IValidatedSettings
{
    /// <summary>The greatest number of passes over the training utterances.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Utterances a batch.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The learning rate at its height.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Weight decay, decoupled from the gradient with AdamW.</summary>
    public double WeightDecay { get; init; } = 1e-2;

    /// <summary>The share of all steps over which the learning rate rises linearly; then it goes as <see cref="Optimiser"/> says.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>The optimiser and its schedule; null is AdamW, whose rate falls as a cosine to zero.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptimiserSettings? Optimiser { get; init; }

    /// <summary>Label smoothing: the share of probability spread over all classes (Szegedy et al. 2016).</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>
    /// What the label is learned from: <c>votes</c> learns the distribution of the annotators' votes (<see cref="Training.SoftLabels"/>),
    /// null the label alone. Scores are over labels in either case.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SoftLabelSource? SoftLabels { get; init; }

    /// <summary>The loss of a regression; null is <c>ccc</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegressionLoss? RegressionLoss { get; init; }

    /// <summary>The loss of a classification; null is cross-entropy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LossSettings? Loss { get; init; }

    /// <summary>Whether each class weighs the same in the loss, however many utterances it has.</summary>
    public bool ClassWeights { get; init; } = true;

    /// <summary>Gradients are scaled down to this norm; 0 leaves them.</summary>
    public double ClipNorm { get; init; } = 5;

    /// <summary>
    /// Decay of the exponential moving average of the weights that is validated and kept in place of the weights
    /// themselves (Polyak &amp; Juditsky 1992); 0 keeps the weights themselves.
    /// </summary>
    public double AverageDecay { get; init; } = 0.99;

    /// <summary>Which epoch's weights are kept.</summary>
    public WeightSelection Selection { get; init; } = WeightSelection.Best;

    /// <summary>
    /// Whether the network is trained anew on training and validation speakers together, for as many epochs as
    /// validated best: with ten speakers, two more are worth more than any refinement of the network. What is said of
    /// the validation speakers comes from the first training, which did not hear them.
    /// </summary>
    public bool Refit { get; init; } = true;

    /// <summary>Training ends when the validation UAR (in a regression: CCC) has not risen for this many epochs.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>No epoch before this one is taken as the best: two validation speakers are too few to trust an early peak.</summary>
    public int EarliestEpoch { get; init; } = 15;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        (string Name, double Value, bool Possible, string Expected)[] checks =
        [
            ("epochs", Epochs, Epochs >= 1, "at least 1"),
            ("batch-size", BatchSize, BatchSize >= 2, "at least 2, because batch normalisation needs a spread"),
            ("learning-rate", LearningRate, LearningRate > 0 && double.IsFinite(LearningRate), "greater than 0"),
            ("weight-decay", WeightDecay, WeightDecay >= 0 && double.IsFinite(WeightDecay), "at least 0"),
            ("warm-up", WarmUp, WarmUp is >= 0 and < 1, "in [0, 1)"),
            ("label-smoothing", LabelSmoothing, LabelSmoothing is >= 0 and < 1, "in [0, 1)"),
            ("clip-norm", ClipNorm, ClipNorm >= 0, "at least 0"),
            ("average-decay", AverageDecay, AverageDecay is >= 0 and < 1, "in [0, 1)"),
            ("patience", Patience, Patience >= 1, "at least 1"),
            ("earliest-epoch", EarliestEpoch, EarliestEpoch >= 1, "at least 1"),
        ];
        return checks.Where(c => !c.Possible)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Name} must be {c.Expected}, but is {c.Value}"));
    }
}

/// <summary>Which epoch's weights a trained system keeps.</summary>
public enum WeightSelection
{
    /// <summary>Those of the highest validation UAR, in a regression CCC; of equals, those of the lowest validation loss.</summary>
    Best,

    /// <summary>Those of the last epoch.</summary>
    Last,
}

/// <summary>What soft labels are made of.</summary>
public enum SoftLabelSource
{
    /// <summary>The annotators' votes.</summary>
    Votes,
}

/// <summary>The loss of a regression.</summary>
public enum RegressionLoss
{
    /// <summary>One minus the concordance correlation coefficient of each batch, the mean over targets.</summary>
    Ccc,

    /// <summary>The mean squared error of standardised targets.</summary>
    Mse,
}
