namespace Undertone.Emotions.LabelSchemes;

/// <summary>High or low arousal (Schuller et al. 2010, doi:10.1109/T-AFFC.2010.8; Russell 1980, doi:10.1037/h0077714).</summary>
public sealed class Arousal : LabelScheme
{
    /// <inheritdoc/>
    public override string Name => "arousal";

    /// <inheritdoc/>
    public override string Summary =>
        "High or low arousal, by a published assignment of categories; the labels are not ratings of the single recording.";

    /// <inheritdoc/>
    public override string Citation => Circumplex.Citation;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; } = [Circumplex.High, Circumplex.Low];

    /// <inheritdoc/>
    public override IReadOnlyList<LabelRule> Table { get; } =
        [.. Circumplex.Places.Select(p => new LabelRule(p.Label, p.Arousal, p.Source))];
}
