using Undertone.Speech;

namespace Undertone.Features;

/// <summary>The set <c>egemaps</c>. It has no settings: its 88 values are what the literature compares.</summary>
public sealed record EGeMapsOptions : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "egemaps";

    /// <summary>The set, as the catalog lists it.</summary>
    public static FeatureSet Set { get; } = new(
        SetName,
        "88 functionals of pitch, voice quality, loudness, spectrum and formants (eGeMAPS v02).",
        EGeMaps.Source,
        new EGeMapsOptions());

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new EGeMaps();
}
