using System.Text.Json.Serialization;
using Undertone.Augmentation;
using Undertone.Features;

namespace Undertone.Systems.Traditional;

/// <summary>The settings that all traditional systems share.</summary>
public abstract record TraditionalSettings : SystemSettings, IValidatedSettings
{
    /// <summary>
    /// Whether the classifier, once its answers to the validation speakers are kept, is fitted anew on training and
    /// validation speakers together (docs/decisions/0004).
    /// </summary>
    public bool Refit { get; init; } = true;

    /// <summary>Whether every class counts the same, however many utterances it has.</summary>
    public bool Balanced { get; init; } = true;

    /// <summary>Changed copies of the training utterances that the classifier is fitted on besides them; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WaveformAugmentationSettings? Augmentation { get; init; }

    /// <summary>The feature set; a system's own record exposes it as <c>features</c>, by name or with its options.</summary>
    [JsonIgnore]
    public abstract FeatureOptions FeatureSet { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string FeatureFingerprint => FeatureSet.CreateExtractor().Fingerprint;

    /// <inheritdoc/>
    public virtual IEnumerable<string> Problems() => [];
}
