namespace Undertone.Emotions;

/// <summary>
/// The canonical names of emotion classes. Labels are plain strings so that a corpus may bring its own; where two
/// corpora mean the same emotion they use the same name from here.
/// </summary>
public static class Emotion
{
    /// <summary>Anger.</summary>
    public const string Anger = "anger";

    /// <summary>Boredom.</summary>
    public const string Boredom = "boredom";

    /// <summary>Calm (RAVDESS).</summary>
    public const string Calm = "calm";

    /// <summary>Disgust.</summary>
    public const string Disgust = "disgust";

    /// <summary>Fear.</summary>
    public const string Fear = "fear";

    /// <summary>Happiness, joy.</summary>
    public const string Happiness = "happiness";

    /// <summary>Neutral speech.</summary>
    public const string Neutral = "neutral";

    /// <summary>Sadness.</summary>
    public const string Sadness = "sadness";

    /// <summary>Surprise.</summary>
    public const string Surprise = "surprise";
}
