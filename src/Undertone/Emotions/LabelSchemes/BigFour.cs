namespace Undertone.Emotions.LabelSchemes;

/// <summary>
/// The four classes that most corpora share: anger, happiness with excitement, neutral and sadness. The merging of
/// excitement into happiness is the convention on IEMOCAP (C. Busso et al.: IEMOCAP: interactive emotional dyadic motion
/// capture database, Language Resources and Evaluation 42, 335-359, 2008, doi:10.1007/s10579-008-9076-6).
/// </summary>
public sealed class BigFour : LabelScheme
{
    /// <inheritdoc/>
    public override string Name => "big-four";

    /// <inheritdoc/>
    public override string Summary => "The four classes that most corpora share: anger, happiness with excitement, neutral, sadness.";

    /// <inheritdoc/>
    public override string Citation =>
        "The four-class convention of IEMOCAP: C. Busso et al.: IEMOCAP: interactive emotional dyadic motion capture database. "
        + "Language Resources and Evaluation 42, 335-359, 2008. doi:10.1007/s10579-008-9076-6";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; } = [Emotion.Anger, Emotion.Happiness, Emotion.Neutral, Emotion.Sadness];

    /// <inheritdoc/>
    public override IReadOnlyList<LabelRule> Table { get; } =
    [
        .. To(Emotion.Anger, "the same", Emotion.Anger),
        .. To(Emotion.Anger, "a form of anger by its name", Emotion.ColdAnger, Emotion.HotAnger),
        .. To(Emotion.Happiness, "the same", Emotion.Happiness),
        .. To(Emotion.Happiness, "merged as on IEMOCAP", Emotion.Excitement),
        .. To(Emotion.Neutral, "the same", Emotion.Neutral),
        .. To(Emotion.Sadness, "the same", Emotion.Sadness),
        .. To(null, "RAVDESS recorded calm beside neutral, as a state of its own; merging would make its neutral mean something else than other corpora's", Emotion.Calm),
    ];
}
