using System.Globalization;
using Undertone.Corpora.Downloads;
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
        SpeakerCounts = Enumerable.Range(1, 24).ToDictionary(a => a.ToString("00", CultureInfo.InvariantCulture), _ => 60),
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
    public override CorpusDownload? Download { get; } = new ArchiveDownload(
        new RemoteFile("Audio_Speech_Actors_01-24.zip", new Uri("https://zenodo.org/records/1188976/files/Audio_Speech_Actors_01-24.zip?download=1"))
        {
            IsArchive = true,
            Bytes = 208_468_073,
            Checksum = new Checksum(ChecksumKind.Md5, "bc696df654c87fed845eb13823edef8a"),
        });

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path) => RavdessName.Parse(Card, RavdessName.Speech, stem, path);
}
