namespace Undertone.Features;

/// <summary>
/// The settings of <see cref="Compare2016"/>: none, for the set is a standard. The audio has 16 kHz.
/// </summary>
public sealed record Compare2016Options : FeatureOptions
{
    /// <summary>The set's name in experiment files.</summary>
    public const string SetName = "compare-2016";

    internal const string Source = "Weninger et al. 2013, doi:10.3389/fpsyg.2013.00292; Schuller et al. 2016, doi:10.21437/Interspeech.2016-129";

    /// <summary>The set as <see cref="FeatureSetCatalog"/> lists it.</summary>
    public static FeatureSet Set { get; } = new(
        SetName,
        "ComParE 2016: 6373 functionals of 65 descriptors of energy, spectrum and voice, and of their deltas.",
        Source,
        new Compare2016Options());

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new Compare2016(this);
}
