namespace Undertone.Features;

/// <summary>
/// The settings of the prosody set: melody, loudness, voicing and rhythm of the utterance. All windows and steps are those of
/// the descriptors beneath.
/// </summary>
public sealed record ProsodyOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "prosody";

    /// <summary>Its entry in the catalog.</summary>
    public static FeatureSet Set { get; } = new(
        SetName,
        "Melody, loudness, voicing, rate and pauses of the utterance.",
        $"{Prosody.FunctionalsSource}; {Descriptors.SyllableNuclei.Source}",
        new ProsodyOptions());

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new Prosody(this);
}
