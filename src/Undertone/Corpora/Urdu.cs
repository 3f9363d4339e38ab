using System.Text.RegularExpressions;
using Undertone.Corpora.Downloads;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// URDU: emotional excerpts of Urdu talk shows. S. Latif, A. Qayyum, M. Usman, J. Qadir: Cross Lingual Speech Emotion
/// Recognition: Urdu vs. Western Languages, Frontiers of Information Technology (FIT) 2018, 88–93,
/// doi:10.1109/FIT.2018.00023, arXiv:1812.10411.
/// </summary>
/// <remarks>A name such as <c>SM1_F10_A010</c> is speaker SM1 (M, F: gender), file 10 of that speaker, emotion A H N S and a running number.</remarks>
public sealed partial class Urdu : FileNamedCorpus
{
    private static readonly Dictionary<char, string> Emotions = new()
    {
        ['A'] = Emotion.Anger,
        ['H'] = Emotion.Happiness,
        ['N'] = Emotion.Neutral,
        ['S'] = Emotion.Sadness,
    };

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "urdu",
        Title = "URDU dataset",
        Language = "Urdu",
        LanguageCode = "ur",
        Classes =
        [
            new(Emotion.Anger, 100),
            new(Emotion.Happiness, 100),
            new(Emotion.Neutral, 100),
            new(Emotion.Sadness, 100),
        ],
        Speakers = 29,
        FemaleSpeakers = 11,
        MaleSpeakers = 18,
        SpeakerCounts = CorpusCard.BySpeaker(
            ("SF1", 12), ("SF10", 2), ("SF11", 4), ("SF2", 2), ("SF3", 2), ("SF4", 4), ("SF5", 4), ("SF6", 14),
            ("SF7", 6), ("SF8", 2), ("SF9", 4), ("SM1", 22), ("SM17", 2), ("SM18", 2), ("SM19", 2), ("SM2", 28),
            ("SM20", 10), ("SM21", 4), ("SM22", 2), ("SM23", 6), ("SM24", 38), ("SM25", 40), ("SM26", 2), ("SM27", 4),
            ("SM3", 12), ("SM4", 48), ("SM5", 80), ("SM6", 14), ("SM7", 28)),
        FolderNames = ["urdu-dataset"],
        SpeakerNote = "29 speaker ids in the file names, 11 of women and 18 of men; the paper counts 38 speakers (11 women, 27 men).",
        RecordingType = "spontaneous",
        KeyFeatures = "Unscripted excerpts of about 2 s from talk shows, balanced over 4 emotions.",
        Limitations = "Speaker and emotion are confounded: 26 of the 29 speakers occur in one class only and anger comes from 4 "
            + "speakers, so a model may tell voices apart instead of emotions, and a leave-one-speaker-out fold tests one class. "
            + "Fewer ids in the names than speakers in the paper: one id may stand for several people. Broadcast recordings differ "
            + "in channel from show to show. No ages, no transcripts.",
        Licence = "For research; ask the authors before any other use.",
        Homepage = "https://github.com/siddiquelatif/URDU-Dataset",
        Access = "URDU is at https://github.com/siddiquelatif/URDU-Dataset; put its folders Angry, Happy, Neutral and Sad into a folder 'urdu' of the corpora folder.",
        FileNames = "SM1_F10_A010.wav (speaker, file, emotion A H N S and number).",
        Reference = "S. Latif, A. Qayyum, M. Usman, J. Qadir: Cross Lingual Speech Emotion Recognition: Urdu vs. Western Languages. "
            + "FIT 2018, 88-93. doi:10.1109/FIT.2018.00023, arXiv:1812.10411",
    };

    /// <inheritdoc/>
    public override CorpusDownload? Download { get; } = new GitHubDownload("siddiquelatif/URDU-Dataset", "master", "Angry/", "Happy/", "Neutral/", "Sad/");

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path)
    {
        var match = Name().Match(stem);
        if (!match.Success)
        {
            return NameParse.Foreign("expected a name such as SM1_F10_A010: S, M or F, speaker number; F, file number; A H N or S, number");
        }

        var speaker = match.Groups["speaker"].Value.ToUpperInvariant();
        return NameParse.Read(new Utterance(Card.Name, stem.ToUpperInvariant(), path, speaker, Emotions[char.ToUpperInvariant(match.Groups["emotion"].Value[0])])
        {
            Gender = speaker[1] == 'M' ? "male" : "female",
            Language = Card.LanguageCode,
        });
    }

    [GeneratedRegex("^(?<speaker>S[MF][0-9]{1,3})_F[0-9]{1,3}_(?<emotion>[AHNS])[0-9]{1,4}\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
