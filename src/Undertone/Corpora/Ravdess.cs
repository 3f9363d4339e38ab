using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// The speech part of RAVDESS. S. R. Livingstone, F. A. Russo: The Ryerson Audio-Visual Database of Emotional Speech and
/// Song (RAVDESS), PLoS ONE 13(5): e0196391, 2018, doi:10.1371/journal.pone.0196391.
/// </summary>
/// <remarks>
/// A name such as <c>03-01-05-02-01-02-07</c> is modality 03 (audio only), channel 01 (speech), emotion 05 (angry),
/// intensity 02 (strong), statement 01, repetition 02, actor 07. Odd actors are men, even ones women.
/// </remarks>
public sealed class Ravdess : FileNamedCorpus
{
    private static readonly string[] Emotions =
    [
        Emotion.Neutral, Emotion.Calm, Emotion.Happiness, Emotion.Sadness,
        Emotion.Anger, Emotion.Fear, Emotion.Disgust, Emotion.Surprise,
    ];

    private static readonly string[] Fields =
        ["modality", "vocal channel", "emotion", "intensity", "statement", "repetition", "actor"];

    private static readonly int[] Largest = [3, 2, 8, 2, 2, 2, 24];

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "ravdess",
        Title = "Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS), speech",
        Language = "English (North American)",
        LanguageCode = "en",
        Classes =
        [
            new(Emotion.Anger, 192),
            new(Emotion.Calm, 192),
            new(Emotion.Disgust, 192),
            new(Emotion.Fear, 192),
            new(Emotion.Happiness, 192),
            new(Emotion.Neutral, 96),
            new(Emotion.Sadness, 192),
            new(Emotion.Surprise, 192),
        ],
        Speakers = 24,
        FemaleSpeakers = 12,
        MaleSpeakers = 12,
        SpeakerNote = "12 women (even numbers) and 12 men (odd numbers), professional actors from Toronto; 60 recordings each.",
        RecordingType = "acted",
        KeyFeatures = "Two sentences of the same form in 8 emotions, each at normal and strong intensity (neutral at normal only) "
            + "and twice; 48 kHz studio recordings.",
        Limitations = "Acted, and only two sentences, so every split shares texts. Calm and neutral were designed to be close to each other. "
            + "Neutral has half as many recordings. A recording stands in the distribution twice: Actor_07 "
            + "03-01-03-01-02-01-07 and 03-01-03-01-02-02-07 hold near-identical audio.",
        Licence = "CC BY-NC-SA 4.0",
        Homepage = "https://zenodo.org/records/1188976",
        Access = "RAVDESS is a free download (https://zenodo.org/records/1188976, Audio_Speech_Actors_01-24.zip); unpack it as 'ravdess' into the corpora folder.",
        FileNames = "03-01-05-02-01-02-07.wav (audio only, speech, emotion, intensity, statement, repetition, actor).",
        Reference = "S. R. Livingstone, F. A. Russo: The Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS): "
            + "A dynamic, multimodal set of facial and vocal expressions in North American English. PLoS ONE 13(5): e0196391, 2018. "
            + "doi:10.1371/journal.pone.0196391",
    };

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path)
    {
        var parts = stem.Split('-');
        if (parts.Length != Fields.Length)
        {
            return NameParse.Foreign("expected 7 numbers of two digits with '-' between, such as 03-01-05-02-01-02-07");
        }

        var values = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            values[i] = TwoDigits(parts[i]);
            if (values[i] < 1 || values[i] > Largest[i])
            {
                return NameParse.Foreign($"{Fields[i]} '{parts[i]}' is not one of 01 to {Largest[i]:00}");
            }
        }

        if (values[0] != 3)
        {
            return NameParse.Foreign($"modality '{parts[0]}' has video; expected 03 (audio only)");
        }

        if (values[1] != 1)
        {
            return NameParse.Foreign("vocal channel '02' is song; expected 01 (speech)");
        }

        if (values[2] == 1 && values[3] == 2)
        {
            return NameParse.Foreign("intensity '02': neutral is recorded at normal intensity (01) only");
        }

        return NameParse.Read(new Utterance(Card.Name, stem, path, parts[6], Emotions[values[2] - 1])
        {
            Gender = values[6] % 2 == 1 ? "male" : "female",
            Language = Card.LanguageCode,
            Text = parts[4],
            Intensity = values[3] == 1 ? "normal" : "strong",
        });
    }

    private static int TwoDigits(string text) =>
        text.Length == 2 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1])
            ? ((text[0] - '0') * 10) + (text[1] - '0')
            : -1;
}
