using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// DES, Danish Emotional Speech. I. S. Engberg, A. V. Hansen, O. Andersen, P. Dalsgaard: Design, recording and verification of a
/// Danish emotional speech database, Eurospeech 1997, 1695–1698.
/// </summary>
/// <remarks>
/// The folders and names of this corpus differ from copy to copy. Read are files whose path below the corpus's folder has, in folders or
/// parts of the name with <c>_</c> or <c>-</c> between, in this order: the speaker, the emotion in English or Danish or by its first
/// three letters, and a name of the word, sentence or passage: <c>dhc/anger/s1.wav</c>, <c>DHC_ang_s1.wav</c>. Other copies can be
/// described by a table (<see cref="TableCorpus"/>).
/// </remarks>
public sealed class Des : FileNamedCorpus
{
    private static readonly Dictionary<string, string> Emotions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["anger"] = Emotion.Anger,
        ["angry"] = Emotion.Anger,
        ["ang"] = Emotion.Anger,
        ["vrede"] = Emotion.Anger,
        ["vred"] = Emotion.Anger,
        ["happiness"] = Emotion.Happiness,
        ["happy"] = Emotion.Happiness,
        ["hap"] = Emotion.Happiness,
        ["glaede"] = Emotion.Happiness,
        ["glad"] = Emotion.Happiness,
        ["neutral"] = Emotion.Neutral,
        ["neu"] = Emotion.Neutral,
        ["sadness"] = Emotion.Sadness,
        ["sad"] = Emotion.Sadness,
        ["sorg"] = Emotion.Sadness,
        ["trist"] = Emotion.Sadness,
        ["surprise"] = Emotion.Surprise,
        ["surprised"] = Emotion.Surprise,
        ["sur"] = Emotion.Surprise,
        ["overraskelse"] = Emotion.Surprise,
        ["overrasket"] = Emotion.Surprise,
    };

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "des",
        Title = "Danish Emotional Speech (DES)",
        Language = "Danish",
        LanguageCode = "da",
        Classes =
        [
            new(Emotion.Anger, 52),
            new(Emotion.Happiness, 52),
            new(Emotion.Neutral, 52),
            new(Emotion.Sadness, 52),
            new(Emotion.Surprise, 52),
        ],
        Speakers = 4,
        SpeakerNote = "2 women and 2 men, actors of the theatre; 65 recordings each. The files do not say who is who.",
        RecordingType = "acted",
        KeyFeatures = "Two words, nine sentences and two passages in 5 emotions, about 30 minutes; a listening test with 20 listeners.",
        Limitations = "Very small: leave-one-speaker-out has 4 folds. Acted. Passages are many times longer than words. No fear and no disgust. "
            + "Folders and names differ from copy to copy.",
        HumanRecognition = 0.673,
        HumanRateNote = "20 listeners recognised 67.3 % on average (95 % interval 66.0 to 68.6); no votes for single recordings.",
        FolderNames = ["danish-emotional-speech"],
        Licence = "For research, from Aalborg University on request.",
        Access = "DES is given by Aalborg University on request; put its recordings as 'des' into the corpora folder, in folders by speaker and emotion, or describe your copy by a table (undertone corpora describe table).",
        FileNames = "dhc/anger/s1.wav or DHC_ang_s1.wav (speaker, emotion, text).",
        Reference = "I. S. Engberg, A. V. Hansen, O. Andersen, P. Dalsgaard: Design, recording and verification of a Danish emotional speech database. Eurospeech 1997, 1695-1698.",
    };

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path)
    {
        // The speaker's folder is at most two above the file: dhc/anger/s1.wav.
        var folder = Path.GetDirectoryName(path);
        string[] parts =
        [
            Path.GetFileName(Path.GetDirectoryName(folder)) ?? "",
            Path.GetFileName(folder) ?? "",
            .. stem.Split('_', '-'),
        ];
        var at = Array.FindLastIndex(parts, p => Emotions.ContainsKey(p));
        if (at < 1 || at == parts.Length - 1)
        {
            return NameParse.Foreign("expected speaker, emotion and text in folders or name, such as dhc/anger/s1.wav or DHC_ang_s1.wav; other copies: describe yours by a table (undertone corpora describe table)");
        }

        var speaker = parts[at - 1].ToUpperInvariant();
        var emotion = Emotions[parts[at]];
        var text = string.Join('_', parts[(at + 1)..]).ToLowerInvariant();
        return speaker.Length is 0 or > 16 || !speaker.All(char.IsAsciiLetterOrDigit)
            ? NameParse.Foreign($"speaker '{speaker}' before the emotion is no name of letters and digits")
            : NameParse.Read(new Utterance(Card.Name, $"{speaker}_{emotion}_{text}", path, speaker, emotion) { Language = Card.LanguageCode, Text = text });
    }
}
