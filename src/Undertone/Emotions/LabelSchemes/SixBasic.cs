namespace Undertone.Emotions.LabelSchemes;

/// <summary>
/// Ekman's six basic emotions. P. Ekman: An argument for basic emotions, Cognition and Emotion 6(3-4), 169-200, 1992,
/// doi:10.1080/02699939208411068. Neutral speech is none of them.
/// </summary>
public sealed class SixBasic : LabelScheme
{
    /// <inheritdoc/>
    public override string Name => "six-basic";

    /// <inheritdoc/>
    public override string Summary => "Ekman's six basic emotions: anger, disgust, fear, happiness, sadness, surprise; neutral is none of them.";

    /// <inheritdoc/>
    public override string Citation => "P. Ekman: An argument for basic emotions. Cognition and Emotion 6(3-4), 169-200, 1992. doi:10.1080/02699939208411068";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; } =
        [Emotion.Anger, Emotion.Disgust, Emotion.Fear, Emotion.Happiness, Emotion.Sadness, Emotion.Surprise];

    /// <inheritdoc/>
    public override IReadOnlyList<LabelRule> Table { get; } =
    [
        .. To(Emotion.Anger, "the same", Emotion.Anger),
        .. To(Emotion.Anger, "a form of anger by its name", Emotion.ColdAnger, Emotion.HotAnger),
        .. To(Emotion.Disgust, "the same", Emotion.Disgust),
        .. To(Emotion.Fear, "the same", Emotion.Fear),
        .. To(Emotion.Happiness, "the same", Emotion.Happiness),
        .. To(Emotion.Sadness, "the same", Emotion.Sadness),
        .. To(Emotion.Surprise, "the same", Emotion.Surprise),
        .. To(null, "no basic emotion", Emotion.Neutral, Emotion.Calm),
    ];
}
