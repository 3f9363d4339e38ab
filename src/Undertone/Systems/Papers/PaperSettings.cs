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
}
