using System.Text.Json.Serialization;
using Undertone.Augmentation;
using Undertone.Features;
using Undertone.Training;

namespace Undertone.Systems;

/// <summary>The settings that all deep systems share.</summary>
public abstract record DeepSettings : SystemSettings
{
    /// <summary>How it is trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>What training utterances are changed by.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();

    /// <summary>
    /// Networks trained alike but for their random choices, whose probabilities are averaged (deep ensembles,
    /// Lakshminarayanan et al. 2017, arXiv:1612.01474).
    /// </summary>
    public int Members { get; init; } = 1;

    /// <summary>The feature set; a system's own record exposes it as <c>features</c> with its options.</summary>
    [JsonIgnore]
    public abstract FeatureOptions FeatureSet { get; }

    /// <summary>Values of a frame that are neighbouring bands, for augmentations along frequency.</summary>
    [JsonIgnore]
    public abstract int Bands { get; }
}
