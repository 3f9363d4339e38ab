namespace Undertone.Emotions.LabelSchemes;

/// <summary>The quadrants of arousal and valence (Schuller et al. 2010, doi:10.1109/T-AFFC.2010.8; Russell 1980, doi:10.1037/h0077714).</summary>
public sealed class Quadrants : LabelScheme
{
    /// <inheritdoc/>
    public override string Name => "quadrants";

    /// <inheritdoc/>
    public override string Summary =>
        "The four quadrants of arousal and valence, by a published assignment of categories; the labels are not ratings of the single recording.";

    /// <inheritdoc/>
    public override string Citation => Circumplex.Citation;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; } = ["high-positive", "high-negative", "low-positive", "low-negative"];

    /// <inheritdoc/>
    public override IReadOnlyList<LabelRule> Table { get; } =
        [.. Circumplex.Places.Select(p => new LabelRule(p.Label, $"{p.Arousal}-{p.Valence}", p.Source))];
}
