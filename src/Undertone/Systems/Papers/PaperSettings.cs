using System.Globalization;
using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Training;

namespace Undertone.Systems.Papers;

/// <summary>
/// The settings that published networks share: nothing is done that their papers do not tell of. No augmentation, no label
/// smoothing, no class weights, no weight decay, no clipping, no averaged weights; the last epoch's weights are kept.
/// </summary>
public abstract record PaperSettings : DeepSettings
{
    /// <summary>Creates the defaults.</summary>
    protected PaperSettings()
    {
        Normalisation = Normalisation.Global;
        Training = Plain;
        Augmentation = new AugmentationSettings
        {
            TimeStretch = 0,
            FrequencyShift = 0,
            SpecAugment = new SpecAugmentSettings { FrequencyMasks = 0, TimeMasks = 0 },
        };
    }

    /// <summary>Training as papers tell it, by Adam at a constant rate unless told otherwise: epochs, batch size and learning rate are to be given.</summary>
    internal static TrainingSettings Plain { get; } = new()
    {
        WeightDecay = 0,
        WarmUp = 0,
        LabelSmoothing = 0,
        ClassWeights = false,
        ClipNorm = 0,
        AverageDecay = 0,
        Selection = WeightSelection.Last,
        Optimiser = new OptimiserSettings { Kind = OptimiserKind.Adam, Schedule = RateSchedule.Constant },
    };

    /// <summary>
    /// The training of Undertone's own systems: AdamW along a cosine, weight decay, label smoothing, class weights, clipping and
    /// averaged weights, in batches of 16. A card's <see cref="PaperCard.Tuned"/> where a paper's own training barely trains.
    /// </summary>
    /// <param name="epochs">Passes over the training utterances.</param>
    /// <param name="rate">The learning rate at its height.</param>
    internal static Dictionary<string, object> Recipe(int epochs, double rate) => new Dictionary<string, object>
    {
        ["training.epochs"] = epochs.ToString(CultureInfo.InvariantCulture),
        ["training.batch-size"] = "16",
        ["training.learning-rate"] = rate.ToString("R", CultureInfo.InvariantCulture),
        ["training.warm-up"] = "0.1",
        ["training.weight-decay"] = "0.01",
        ["training.label-smoothing"] = "0.1",
        ["training.class-weights"] = "true",
        ["training.clip-norm"] = "5",
        ["training.average-decay"] = "0.99",
        ["training.selection"] = "last",
        ["training.optimiser.kind"] = "adam-w",
        ["training.optimiser.schedule"] = "cosine",
        ["training.optimiser.decay"] = "0",
    };

    /// <summary>
    /// What may be added to a training, of which papers tell nothing: utterances also a tenth slower and faster, and mixed with each
    /// other. For a card's <see cref="PaperCard.Tuned"/>.
    /// </summary>
    /// <param name="training">The settings to add to; null for the paper's own training.</param>
    internal static Dictionary<string, object> Augmented(Dictionary<string, object>? training = null) => new(training ?? [])
    {
        ["augmentation.speeds"] = new object[] { "0.9", "1.1" },
        ["augmentation.mixup"] = "0.2",
    };
}
