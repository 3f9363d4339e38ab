using System.Globalization;
using Undertone.Corpora.Downloads;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// The song part of RAVDESS: the two sentences of the speech part, sung. S. R. Livingstone, F. A. Russo: The Ryerson
/// Audio-Visual Database of Emotional Speech and Song (RAVDESS), PLoS ONE 13(5): e0196391, 2018,
/// doi:10.1371/journal.pone.0196391.
/// </summary>
/// <remarks>Names are those of the speech part with vocal channel 02: <c>03-02-05-02-01-02-07</c>.</remarks>
public sealed class RavdessSong : FileNamedCorpus
{
    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "ravdess-song",
        SpeakersOf = "ravdess",
        Title = "Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS), song",
        Language = "English (North American), sung",
        LanguageCode = "en",
        Classes =
        [
            new(Emotion.Anger, 184),
            new(Emotion.Calm, 184),
            new(Emotion.Fear, 184),
            new(Emotion.Happiness, 184),
            new(Emotion.Neutral, 92),
            new(Emotion.Sadness, 184),
        ],
        Speakers = 23,
        FemaleSpeakers = 11,
        MaleSpeakers = 12,
        SpeakerCounts = Enumerable.Range(1, 24).Where(a => a != 18).ToDictionary(a => a.ToString("00", CultureInfo.InvariantCulture), _ => 44),
        SpeakerNote = "11 women (even numbers) and 12 men (odd numbers), those of the speech part without actor 18; 44 recordings each.",
        RecordingType = "acted",
        KeyFeatures = "The two sentences of the speech part, sung, in 6 emotions, each at normal and strong intensity (neutral at normal only) "
            + "and twice; 48 kHz studio recordings.",
        Limitations = "Song, not speech: melody fixes much of the pitch, so that results do not carry over to speech. No disgust and no surprise. "
            + "Only two sentences, so every split shares texts. The singers are the actors of the speech part: using both parts in one split shares speakers.",
        Licence = "CC BY-NC-SA 4.0",
        Homepage = "https://zenodo.org/records/1188976",
        Access = "RAVDESS is a free download (https://zenodo.org/records/1188976, Audio_Song_Actors_01-24.zip); unpack it as 'ravdess-song' into the corpora folder.",
        FileNames = "03-02-05-02-01-02-07.wav (audio only, song, emotion, intensity, statement, repetition, actor).",
        Reference = "S. R. Livingstone, F. A. Russo: The Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS): "
            + "A dynamic, multimodal set of facial and vocal expressions in North American English. PLoS ONE 13(5): e0196391, 2018. "
            + "doi:10.1371/journal.pone.0196391",
    };

    /// <inheritdoc/>
    public override CorpusDownload? Download { get; } = new ArchiveDownload(
        new RemoteFile("Audio_Song_Actors_01-24.zip", new Uri("https://zenodo.org/records/1188976/files/Audio_Song_Actors_01-24.zip?download=1"))
        {
            IsArchive = true,
            Bytes = 225_505_317,
            Checksum = new Checksum(ChecksumKind.Md5, "5411230427d67a21e18aa4d466e6d1b9"),
        });

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path) => RavdessName.Parse(Card, RavdessName.Song, stem, path);
}
