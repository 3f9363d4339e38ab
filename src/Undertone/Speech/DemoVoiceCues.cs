using Undertone.Emotions;

namespace Undertone.Speech;

/// <summary>The acoustic correlates of emotion that the demo voice varies.</summary>
internal enum DemoCue
{
    /// <summary>F0 level, semitones.</summary>
    PitchLevel,

    /// <summary>F0 variability, octaves of the size of F0 movements (1 = twice as large).</summary>
    PitchRange,

    /// <summary>F0 contour, semitones by which the utterance ends higher.</summary>
    PitchContour,

    /// <summary>Speaking rate, octaves (1 = twice as fast).</summary>
    Rate,

    /// <summary>Voice intensity, dB.</summary>
    Level,

    /// <summary>Variability of intensity between syllables, octaves.</summary>
    LevelRange,

    /// <summary>High-frequency energy: dB at 3 kHz relative to the low frequencies.</summary>
    HighEnergy,

    /// <summary>Duration of voice onsets, octaves (negative = faster).</summary>
    Onset,

    /// <summary>Irregularity from period to period (jitter, shimmer), octaves.</summary>
    Irregularity,

    /// <summary>Duration of pauses, octaves.</summary>
    Pauses,
}

/// <summary>
/// How each emotion departs from neutral speech. Directions are those that P. N. Juslin and P. Laukka found across 104
/// studies of vocal expression (Communication of emotions in vocal expression and music performance, Psychological
/// Bulletin 129(5), 770–814, 2003, doi:10.1037/0033-2909.129.5.770, tables 7 and 11); sizes are our own.
/// <code>
///                    anger        fear         happiness    sadness
/// F0 level           high         high         high         low
/// F0 variability     much         little       much         little
/// F0 contour         rising       rising       rising       falling
/// rate               fast         fast         fast         slow
/// intensity          high         low          medium-high  low
/// its variability    much         much         medium       little
/// high frequencies   much         little       medium       little
/// voice onsets       fast         medium       fast         slow
/// irregularity       more         much more    less         more
/// pauses             short        medium       short        long
/// </code>
/// </summary>
internal static class DemoVoiceCues
{
    // Rows in the order of DemoCue; columns anger, fear, happiness, neutral, sadness.
    private static readonly double[][] Departures =
    [
        [3.5, 5.0, 4.5, 0, -1.5],
        [0.7, -0.4, 0.9, 0, -0.8],
        [2.5, 4.0, 4.0, 0, -2.0],
        [0.25, 0.30, 0.20, 0, -0.35],
        [7.0, -2.0, 3.0, 0, -6.0],
        [0.7, 0.7, 0.2, 0, -0.6],
        [7.0, -3.0, 2.0, 0, -7.0],
        [-0.8, 0.0, -0.6, 0, 0.8],
        [0.6, 1.0, -0.6, 0, 0.5],
        [-0.6, 0.0, -0.3, 0, 0.8],
    ];

    // What remains where nothing is expressed: standard deviation from utterance to utterance, in the cue's unit.
    private static readonly double[] Wavering = [1.0, 0.3, 1.2, 0.09, 1.5, 0.25, 1.5, 0.3, 0.3, 0.35];

    // How a speaker's own way departs from the table: standard deviation of the factor on a departure.
    private const double OwnWay = 0.32;

    // How the strength of expression varies from utterance to utterance: standard deviation of its logarithm.
    private const double Strength = 0.25;

    /// <summary>The demo voice's emotions, in reporting order.</summary>
    public static IReadOnlyList<string> Emotions { get; } =
        [Emotion.Anger, Emotion.Fear, Emotion.Happiness, Emotion.Neutral, Emotion.Sadness];

    /// <summary>Draws how strongly an utterance expresses its emotion: the first number of the utterance's stream.</summary>
    /// <param name="speaker">The speaker.</param>
    /// <param name="random">The utterance's stream.</param>
    /// <returns>A factor on the departures from neutral speech, about 1.</returns>
    public static double StrengthOf(DemoSpeaker speaker, SeededRandom random) => speaker.Expressiveness * Math.Exp(Strength * random.NextGaussian());

    /// <summary>Draws an utterance's cues.</summary>
    /// <param name="speaker">The speaker.</param>
    /// <param name="emotion">An index into <see cref="Emotions"/>.</param>
    /// <param name="seed">The corpus's seed, from which the speaker's own way follows.</param>
    /// <param name="random">The utterance's stream.</param>
    /// <returns>Departures from the speaker's habits, by <see cref="DemoCue"/>.</returns>
    public static double[] Draw(DemoSpeaker speaker, int emotion, long seed, SeededRandom random)
    {
        var own = SeededRandom.From(seed, "own way", speaker.Id, emotion);
        var strength = StrengthOf(speaker, random);
        var cues = new double[Departures.Length];
        for (var c = 0; c < cues.Length; c++)
        {
            cues[c] = (strength * (1 + (OwnWay * own.NextGaussian())) * Departures[c][emotion]) + (Wavering[c] * random.NextGaussian());
        }

        return cues;
    }
}
