using System.Globalization;
using System.Text.RegularExpressions;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// SAVEE, Surrey Audio-Visual Expressed Emotion, its audio. S. Haq, P. J. B. Jackson: Speaker-dependent audio-visual
/// emotion recognition, AVSP 2009, 53–58.
/// </summary>
/// <remarks>
/// Two layouts are read: by speaker as published, <c>DC/a01.wav</c>, and flat as mirrors have it, <c>DC_a01.wav</c>. The letters are
/// the emotion (a d f h n sa su), the number the sentence of that emotion.
/// </remarks>
public sealed partial class Savee : FileNamedCorpus
{
    // The first three sentences of each emotion are the same three for all; the others belong to the emotion.
    private const int CommonSentences = 3;

    private static readonly Dictionary<string, string> Emotions = new(StringComparer.Ordinal)
    {
        ["a"] = Emotion.Anger,
        ["d"] = Emotion.Disgust,
        ["f"] = Emotion.Fear,
        ["h"] = Emotion.Happiness,
        ["n"] = Emotion.Neutral,
        ["sa"] = Emotion.Sadness,
        ["su"] = Emotion.Surprise,
    };

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "savee",
        Title = "Surrey Audio-Visual Expressed Emotion (SAVEE), audio",
        Language = "English (British)",
        LanguageCode = "en",
        Classes =
        [
            new(Emotion.Anger, 60),
            new(Emotion.Disgust, 60),
            new(Emotion.Fear, 60),
            new(Emotion.Happiness, 60),
            new(Emotion.Neutral, 120),
            new(Emotion.Sadness, 60),
            new(Emotion.Surprise, 60),
        ],
        Speakers = 4,
        FemaleSpeakers = 0,
        MaleSpeakers = 4,
        SpeakerCounts = new Dictionary<string, int> { ["DC"] = 120, ["JE"] = 120, ["JK"] = 120, ["KL"] = 120 },
        SpeakerNote = "4 men (DC, JE, JK, KL), native speakers of English aged 27 to 31, students and researchers; 120 recordings each.",
        RecordingType = "acted",
        KeyFeatures = "15 phonetically balanced TIMIT sentences in each of 6 emotions and 30 in neutral; emotions were prompted by video clips "
            + "and pictures; 44.1 kHz, recorded with video.",
        Limitations = "Very few speakers, all male: leave-one-speaker-out has 4 folds, and nothing can be said of women. Acted. Most sentences "
            + "belong to one emotion, the same for all speakers, so that a system may recognise the sentence instead of the emotion. "
            + "Neutral has twice as many recordings.",
        HumanRecognition = 0.665,
        HumanRateNote = "The publisher's listening test: 66.5 % from the audio alone, mean over listeners; no votes for single recordings.",
        Licence = "Free for research, after registration.",
        Homepage = "http://kahlan.eps.surrey.ac.uk/savee/",
        Access = "SAVEE is free for research after registration at http://kahlan.eps.surrey.ac.uk/savee/Download.html; unpack AudioData as 'savee' into the corpora folder.",
        FileNames = "DC/a01.wav or DC_a01.wav (speaker DC JE JK KL, emotion a d f h n sa su, sentence).",
        Reference = "S. Haq, P. J. B. Jackson: Speaker-dependent audio-visual emotion recognition. AVSP 2009, 53-58.",
    };

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path)
    {
        var match = Name().Match(stem);
        if (!match.Success)
        {
            return NameParse.Foreign("expected a name such as DC_a01, or a01 in a folder DC: speaker, emotion a d f h n sa or su, sentence of two digits");
        }

        var speaker = match.Groups["speaker"].Success ? match.Groups["speaker"].Value : Path.GetFileName(Path.GetDirectoryName(path)) ?? "";
        speaker = speaker.ToUpperInvariant();
        if (!Card.SpeakerCounts!.ContainsKey(speaker))
        {
            return NameParse.Foreign($"speaker '{speaker}' is not one of {string.Join(' ', Card.SpeakerCounts.Keys)}: expected one of these as folder or before the name");
        }

        var letters = match.Groups["emotion"].Value.ToLowerInvariant();
        var number = int.Parse(match.Groups["sentence"].Value, CultureInfo.InvariantCulture);
        var last = letters == "n" ? 30 : 15;
        if (number < 1 || number > last)
        {
            return NameParse.Foreign($"sentence '{match.Groups["sentence"].Value}' is not one of 01 to {last}");
        }

        var sentence = number.ToString("00", CultureInfo.InvariantCulture);
        return NameParse.Read(new Utterance(Card.Name, $"{speaker}_{letters}{sentence}", path, speaker, Emotions[letters])
        {
            Gender = "male",
            Language = Card.LanguageCode,
            Text = number <= CommonSentences ? sentence : letters + sentence,
        });
    }

    [GeneratedRegex("^((?<speaker>[A-Z]{2})_?)?(?<emotion>sa|su|[adfhn])(?<sentence>[0-9]{2})\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
