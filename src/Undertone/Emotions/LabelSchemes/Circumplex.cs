namespace Undertone.Emotions.LabelSchemes;

/// <summary>
/// Where emotions lie on Russell's circumplex, as a published table of categories has it: high or low arousal, positive
/// or negative valence. For anger, boredom, disgust, fear, happiness, neutral, sadness and surprise it is the
/// assignment with which Schuller et al. 2010 compared corpora; calm, excitement and frustration, which their corpora
/// lack, lie in the quadrant in which Russell 1980 found calm, excited and frustrated.
/// </summary>
internal static class Circumplex
{
    /// <summary>High arousal.</summary>
    public const string High = "high";

    /// <summary>Low arousal.</summary>
    public const string Low = "low";

    /// <summary>Positive valence.</summary>
    public const string Positive = "positive";

    /// <summary>Negative valence.</summary>
    public const string Negative = "negative";

    /// <summary>Both papers.</summary>
    public const string Citation =
        "B. Schuller, B. Vlasenko, F. Eyben, M. Wöllmer, A. Stuhlsatz, A. Wendemuth, G. Rigoll: Cross-corpus acoustic emotion recognition: "
        + "variances and strategies. IEEE Transactions on Affective Computing 1(2), 119-131, 2010. doi:10.1109/T-AFFC.2010.8. "
        + "Calm, excitement and frustration: J. A. Russell: A circumplex model of affect. "
        + "Journal of Personality and Social Psychology 39(6), 1161-1178, 1980. doi:10.1037/h0077714";

    private const string Published = "Schuller et al. 2010";
    private const string Russell = "Russell 1980";
    private const string Anger = "a form of anger by its name";

    /// <summary>Label, arousal, valence and source.</summary>
    public static IReadOnlyList<(string Label, string Arousal, string Valence, string Source)> Places { get; } =
    [
        (Emotion.Happiness, High, Positive, Published),
        (Emotion.Surprise, High, Positive, Published),
        (Emotion.Excitement, High, Positive, Russell),
        (Emotion.Anger, High, Negative, Published),
        (Emotion.ColdAnger, High, Negative, Anger),
        (Emotion.HotAnger, High, Negative, Anger),
        (Emotion.Fear, High, Negative, Published),
        (Emotion.Frustration, High, Negative, Russell),
        (Emotion.Neutral, Low, Positive, Published),
        (Emotion.Calm, Low, Positive, Russell),
        (Emotion.Boredom, Low, Negative, Published),
        (Emotion.Disgust, Low, Negative, Published),
        (Emotion.Sadness, Low, Negative, Published),
    ];
}
