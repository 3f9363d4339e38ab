namespace Undertone.Emotions;

/// <summary>
/// The canonical names of emotion classes. Labels are plain strings so that a corpus may bring its own; where two
/// corpora mean the same emotion they use the same name from here.
/// </summary>
public static class Emotion
{
    /// <summary>Anger.</summary>
    public const string Anger = "anger";

    /// <summary>Anxiety, worry (LDC Emotional Prosody).</summary>
    public const string Anxiety = "anxiety";

    /// <summary>Boredom.</summary>
    public const string Boredom = "boredom";

    /// <summary>Calm (RAVDESS).</summary>
    public const string Calm = "calm";

    /// <summary>Cold anger: anger held back (LDC Emotional Prosody).</summary>
    public const string ColdAnger = "cold-anger";

    /// <summary>Contempt.</summary>
    public const string Contempt = "contempt";

    /// <summary>Despair (LDC Emotional Prosody).</summary>
    public const string Despair = "despair";

    /// <summary>Disgust.</summary>
    public const string Disgust = "disgust";

    /// <summary>Elation: strong joy (LDC Emotional Prosody).</summary>
    public const string Elation = "elation";

    /// <summary>Excitement (IEMOCAP).</summary>
    public const string Excitement = "excitement";

    /// <summary>Fear.</summary>
    public const string Fear = "fear";

    /// <summary>Frustration (IEMOCAP).</summary>
    public const string Frustration = "frustration";

    /// <summary>Happiness, joy.</summary>
    public const string Happiness = "happiness";

    /// <summary>Hot anger: anger let out (LDC Emotional Prosody).</summary>
    public const string HotAnger = "hot-anger";

    /// <summary>Interest (LDC Emotional Prosody).</summary>
    public const string Interest = "interest";

    /// <summary>Neutral speech.</summary>
    public const string Neutral = "neutral";

    /// <summary>No emotion that a majority of the annotators agreed on (IEMOCAP's <c>xxx</c>).</summary>
    public const string NoAgreement = "no-agreement";

    /// <summary>An emotion that is none of the corpus's classes.</summary>
    public const string Other = "other";

    /// <summary>Panic (LDC Emotional Prosody).</summary>
    public const string Panic = "panic";

    /// <summary>Pride (LDC Emotional Prosody).</summary>
    public const string Pride = "pride";

    /// <summary>Sadness.</summary>
    public const string Sadness = "sadness";

    /// <summary>Shame (LDC Emotional Prosody).</summary>
    public const string Shame = "shame";

    /// <summary>Surprise.</summary>
    public const string Surprise = "surprise";
}
