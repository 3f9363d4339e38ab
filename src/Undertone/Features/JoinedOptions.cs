namespace Undertone.Features;

/// <summary>The settings of several sets of one frame an utterance, joined into one. Catalog name: theirs with <c>+</c> between them.</summary>
public sealed record JoinedOptions : FeatureOptions
{
    /// <summary>The sets, in output order: at least two, none twice, each of one frame an utterance. Default none.</summary>
    public IReadOnlyList<FeatureOptions> Sets { get; init; } = [];

    /// <inheritdoc/>
    public override FeatureExtractor CreateExtractor() => new JoinedFeatures(this);
}
