using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>File names of RAVDESS, speech and song alike: seven numbers of two digits.</summary>
internal static class RavdessName
{
    /// <summary>The vocal channel of speech.</summary>
    public const int Speech = 1;

    /// <summary>The vocal channel of song.</summary>
    public const int Song = 2;

    private static readonly string[] Emotions =
    [
        Emotion.Neutral, Emotion.Calm, Emotion.Happiness, Emotion.Sadness,
        Emotion.Anger, Emotion.Fear, Emotion.Disgust, Emotion.Surprise,
    ];

    private static readonly string[] Fields =
        ["modality", "vocal channel", "emotion", "intensity", "statement", "repetition", "actor"];

    private static readonly int[] Largest = [3, 2, 8, 2, 2, 2, 24];

    /// <summary>Reads a name.</summary>
    /// <param name="card">The corpus's card.</param>
    /// <param name="channel">The vocal channel that the corpus holds.</param>
    /// <param name="stem">The name without folder and extension.</param>
    /// <param name="path">The file.</param>
    public static NameParse Parse(CorpusCard card, int channel, string stem, string path)
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

        if (values[1] != channel)
        {
            return NameParse.Foreign(channel == Speech
                ? "vocal channel '02' is song; expected 01 (speech)"
                : "vocal channel '01' is speech; expected 02 (song)");
        }

        if (values[2] == 1 && values[3] == 2)
        {
            return NameParse.Foreign("intensity '02': neutral is recorded at normal intensity (01) only");
        }

        if (channel == Song && values[2] > 6)
        {
            return NameParse.Foreign($"emotion '{parts[2]}' ({Emotions[values[2] - 1]}) was not sung; expected 01 to 06");
        }

        return NameParse.Read(new Utterance(card.Name, stem, path, parts[6], Emotions[values[2] - 1])
        {
            Gender = values[6] % 2 == 1 ? "male" : "female",
            Language = card.LanguageCode,
            Text = parts[4],
            Intensity = values[3] == 1 ? "normal" : "strong",
        });
    }

    private static int TwoDigits(string text) =>
        text.Length == 2 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1])
            ? ((text[0] - '0') * 10) + (text[1] - '0')
            : -1;
}
