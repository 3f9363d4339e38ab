using System.Text.Json.Serialization;
using Undertone.Features;
using Undertone.Preprocessing;

namespace Undertone.Systems;

/// <summary>
/// Every setting of a system, as a tree of records. A setting is named by its path in kebab case:
/// <c>training.epochs</c>, <c>features.bands</c>, <c>normalisation</c>. Systems derive their own records from this.
/// </summary>
public abstract record SystemSettings
{
    /// <summary>How features are brought to a common scale; <c>speaker</c> marks every score <c>adapted</c>.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Global;

    /// <summary>What is done to recordings before features are taken; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PreprocessingSettings? Preprocessing { get; init; }

    /// <summary>
    /// The fingerprint of the features that the system hears (<see cref="FeatureExtractor.Fingerprint"/>): options, and the
    /// version of the computation. Scores and models of another fingerprint are of other values.
    /// </summary>
    [JsonIgnore]
    public abstract string FeatureFingerprint { get; }

    /// <summary>
    /// Whether unlabelled audio of the speakers to be predicted is used, as normalisation by speaker or corpus does: such
    /// scores are marked <c>adapted</c>, and recordings of one call are predicted together.
    /// </summary>
    [JsonIgnore]
    public virtual bool IsAdapted => Normalisation is Normalisation.Speaker or Normalisation.Corpus;
}
