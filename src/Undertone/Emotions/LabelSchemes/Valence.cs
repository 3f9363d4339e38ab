namespace Undertone.Emotions.LabelSchemes;

/// <summary>Positive or negative valence (Schuller et al. 2010, doi:10.1109/T-AFFC.2010.8; Russell 1980, doi:10.1037/h0077714).</summary>
public sealed class Valence : LabelScheme
{
    /// <inheritdoc/>
    public override string Name => "valence";

    /// <inheritdoc/>
    public override string Summary =>
        "Positive or negative valence, by a published assignment of categories, in which neutral and surprise count as positive; the labels are not ratings of the single recording.";

    /// <inheritdoc/>
    public override string Citation => Circumplex.Citation;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; } = [Circumplex.Negative, Circumplex.Positive];

    /// <inheritdoc/>
    public override IReadOnlyList<LabelRule> Table { get; } =
        [.. Circumplex.Places.Select(p => new LabelRule(p.Label, p.Valence, p.Source))];
}
