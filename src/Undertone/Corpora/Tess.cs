using System.Text.RegularExpressions;
using Undertone.Corpora.Downloads;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// TESS, the Toronto Emotional Speech Set. M. K. Pichora-Fuller, K. Dupuis: Toronto emotional speech set (TESS), 2020,
/// doi:10.5683/SP2/E8H2MF.
/// </summary>
/// <remarks>
/// A name such as <c>OAF_back_angry</c> is the speaker (OAF the older, YAF the younger actress), the word and the emotion; <c>ps</c> is
/// pleasant surprise. Mirrors differ in folders (<c>OAF_Pleasant_surprise</c>, <c>YAF_pleasant_surprised</c>), hold everything twice or have
/// <c>OA_bite_neutral</c>: only the file's name counts, and such second copies are left out.
/// </remarks>
public sealed partial class Tess : FileNamedCorpus
{
    private static readonly Dictionary<string, string> Emotions = new(StringComparer.Ordinal)
    {
        ["angry"] = Emotion.Anger,
        ["disgust"] = Emotion.Disgust,
        ["fear"] = Emotion.Fear,
        ["happy"] = Emotion.Happiness,
        ["neutral"] = Emotion.Neutral,
        ["ps"] = Emotion.Surprise,
        ["pleasant_surprise"] = Emotion.Surprise,
        ["pleasant_surprised"] = Emotion.Surprise,
        ["surprise"] = Emotion.Surprise,
        ["surprised"] = Emotion.Surprise,
        ["sad"] = Emotion.Sadness,
    };

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "tess",
        Title = "Toronto Emotional Speech Set (TESS)",
        Language = "English (North American)",
        LanguageCode = "en",
        Classes =
        [
            new(Emotion.Anger, 400),
            new(Emotion.Disgust, 400),
            new(Emotion.Fear, 400),
            new(Emotion.Happiness, 400),
            new(Emotion.Neutral, 400),
            new(Emotion.Sadness, 400),
            new(Emotion.Surprise, 400),
        ],
        Speakers = 2,
        FemaleSpeakers = 2,
        MaleSpeakers = 0,
        SpeakerCounts = new Dictionary<string, int> { ["OAF"] = 1400, ["YAF"] = 1400 },
        SpeakerNote = "2 actresses from the Toronto area, aged 64 (OAF) and 26 (YAF); 1400 recordings each.",
        RecordingType = "acted",
        KeyFeatures = "200 words in the carrier phrase \"Say the word ...\" in 7 emotions; clear, balanced, studio quality.",
        Limitations = "Two speakers, both female: leave-one-speaker-out trains on a single voice, and a random split tests two voices "
            + "that were both heard in training, so that its scores say next to nothing. One carrier phrase; acted and overly simple. Surprise is pleasant surprise.",
        Licence = "CC BY-NC-ND 4.0",
        Homepage = "https://doi.org/10.5683/SP2/E8H2MF",
        Access = "TESS is a free download (https://doi.org/10.5683/SP2/E8H2MF); unpack it as 'tess' into the corpora folder.",
        FileNames = "OAF_back_angry.wav (speaker OAF or YAF, word, emotion angry disgust fear happy neutral ps sad).",
        Reference = "M. K. Pichora-Fuller, K. Dupuis: Toronto emotional speech set (TESS). Scholars Portal Dataverse, 2020. doi:10.5683/SP2/E8H2MF",
    };

    /// <inheritdoc/>
    public override CorpusDownload? Download { get; } = new DataverseDownload(new Uri("https://borealisdata.ca"), "doi:10.5683/SP2/E8H2MF", ".wav");

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path)
    {
        var match = Name().Match(stem.ToLowerInvariant());
        if (!match.Success)
        {
            return NameParse.Foreign("expected a name such as OAF_back_angry: speaker OAF or YAF, word, emotion");
        }

        if (!Emotions.TryGetValue(match.Groups["emotion"].Value, out var emotion))
        {
            return NameParse.Foreign($"emotion '{match.Groups["emotion"].Value}' is not one of angry disgust fear happy neutral ps sad");
        }

        var speaker = match.Groups["speaker"].Value is "yaf" or "ya" ? "YAF" : "OAF";
        var word = match.Groups["word"].Value;
        return NameParse.Read(new Utterance(Card.Name, $"{speaker}_{word}_{emotion}", path, speaker, emotion)
        {
            Gender = "female",
            Age = speaker == "OAF" ? 64 : 26,
            Language = Card.LanguageCode,
            Text = word,
        });
    }

    [GeneratedRegex("^(?<speaker>oaf|yaf|oa|ya)_(?<word>[a-z]+)_(?<emotion>[a-z_]+)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
