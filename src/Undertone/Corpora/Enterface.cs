using System.Globalization;
using System.Text.RegularExpressions;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// eNTERFACE'05, the sound of its videos. O. Martin, I. Kotsia, B. Macq, I. Pitas: The eNTERFACE'05 Audio-Visual Emotion
/// Database, ICDE Workshops 2006, doi:10.1109/ICDEW.2006.145.
/// </summary>
/// <remarks>
/// The publisher ships videos such as <c>subject 1/anger/sentence 1/s1_an_1.avi</c>; their sound is read from
/// <c>s1_an_1.wav</c> at the same place or in one folder. Where a folder <c>subject N</c> holds the file, N is the speaker:
/// the files of subject 11 are named after subject 12. Subject 6 was not cut into sentences.
/// </remarks>
public sealed partial class Enterface : FileNamedCorpus
{
    private static readonly Dictionary<string, string> Emotions = new(StringComparer.Ordinal)
    {
        ["an"] = Emotion.Anger,
        ["di"] = Emotion.Disgust,
        ["fe"] = Emotion.Fear,
        ["ha"] = Emotion.Happiness,
        ["sa"] = Emotion.Sadness,
        ["su"] = Emotion.Surprise,
    };

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "enterface",
        Title = "eNTERFACE'05 Audio-Visual Emotion Database, audio",
        Language = "English",
        LanguageCode = "en",
        Classes =
        [
            new(Emotion.Anger, 216),
            new(Emotion.Disgust, 216),
            new(Emotion.Fear, 216),
            new(Emotion.Happiness, 213),
            new(Emotion.Sadness, 216),
            new(Emotion.Surprise, 216),
        ],
        Speakers = 44,
        SpeakerNote = "44 subjects in the distribution; the paper evaluates 42 of 14 nationalities, 81 % men and 19 % women. The files do not say who is who.",
        RecordingType = "elicited",
        KeyFeatures = "Subjects heard a short story for each of 6 emotions and reacted with five given sentences; video and sound at 48 kHz. Some overviews count 5 emotions: neutral is not among the 6.",
        Limitations = "Each emotion has sentences of its own, so a system may recognise the words instead of the emotion. No neutral. "
            + "English as a foreign language for most; not actors, and not all of them expressive. Subject 6 is not cut into sentences (one recording an emotion).",
        FolderNames = ["enterface05", "enterface-database"],
        Licence = "Free for research.",
        Homepage = "http://www.enterface.net/results/",
        Access = "eNTERFACE'05 is a free download (http://www.enterface.net/results/); take the sound out of each video (ffmpeg -i s1_an_1.avi -vn s1_an_1.wav) and put it as 'enterface' into the corpora folder.",
        FileNames = "subject 1/anger/sentence 1/s1_an_1.wav (subject, emotion an di fe ha sa su, sentence 1 to 5).",
        Reference = "O. Martin, I. Kotsia, B. Macq, I. Pitas: The eNTERFACE'05 Audio-Visual Emotion Database. ICDE Workshops 2006. doi:10.1109/ICDEW.2006.145",
    };

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path)
    {
        var match = Name().Match(stem);
        if (!match.Success)
        {
            return NameParse.Foreign("expected a name such as s1_an_1: s and subject, emotion an di fe ha sa or su, sentence 1 to 5");
        }

        var subject = int.Parse(match.Groups["subject"].Value, CultureInfo.InvariantCulture);
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (Folder().Match(Path.GetFileName(folder)) is { Success: true } named)
            {
                subject = int.Parse(named.Groups["subject"].Value, CultureInfo.InvariantCulture);
                break;
            }
        }

        if (subject is < 1 or > 44)
        {
            return NameParse.Foreign($"subject '{subject}' is not one of 1 to 44");
        }

        var code = match.Groups["emotion"].Value.ToLowerInvariant();
        var sentence = match.Groups["sentence"].Success ? match.Groups["sentence"].Value : null;
        var speaker = string.Create(CultureInfo.InvariantCulture, $"s{subject:00}");
        return NameParse.Read(new Utterance(Card.Name, sentence is null ? $"{speaker}_{code}" : $"{speaker}_{code}_{sentence}", path, speaker, Emotions[code])
        {
            Language = Card.LanguageCode,
            Text = sentence is null ? null : code + sentence,
        });
    }

    // 's_3_an_1' and 's16_su_3avi' are so in the distribution.
    [GeneratedRegex("^s_?(?<subject>[0-9]{1,2})_(?<emotion>an|di|fe|ha|sa|su)(_(?<sentence>[1-5]))?(avi)?\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^subject[ _-]?(?<subject>[0-9]{1,2})\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Folder();
}
