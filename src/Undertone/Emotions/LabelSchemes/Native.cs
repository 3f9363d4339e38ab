namespace Undertone.Emotions.LabelSchemes;

/// <summary>Every corpus keeps its own labels.</summary>
public sealed class Native : LabelScheme
{
    /// <inheritdoc/>
    public override string Name => "native";

    /// <inheritdoc/>
    public override string Summary => "Every corpus keeps its own labels; nothing is left out.";

    /// <inheritdoc/>
    public override string Citation => "The corpora's own references: undertone corpora describe NAME.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => [];

    /// <inheritdoc/>
    public override IReadOnlyList<LabelRule> Table => [];

    /// <inheritdoc/>
    public override string? ClassOf(string label) => label;
}
