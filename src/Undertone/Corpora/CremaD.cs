using System.Globalization;
using Undertone.Corpora.Downloads;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// CREMA-D, the Crowd-sourced Emotional Multimodal Actors Dataset, its audio. H. Cao, D. G. Cooper, M. K. Keutmann, R. C. Gur,
/// A. Nenkova, R. Verma: CREMA-D: Crowd-sourced Emotional Multimodal Actors Dataset, IEEE Transactions on Affective
/// Computing 5(4), 377–390, 2014, doi:10.1109/TAFFC.2014.2336244.
/// </summary>
/// <remarks>
/// A name such as <c>1001_DFA_ANG_XX</c> is the actor, the sentence, the emotion that was acted and its intensity (LO, MD, HI,
/// XX not stated). Sex and age stand in <c>VideoDemographics.csv</c>, the crowd's votes from audio alone in
/// <c>processedResults/tabulatedVotes.csv</c>, or one by one in <c>finishedResponses.csv</c>.
/// </remarks>
public sealed class CremaD : FileNamedCorpus
{
    private const string Repository = "https://github.com/CheyneyComputerScience/CREMA-D";
    private const string Demographics = "VideoDemographics.csv";

    private static readonly Dictionary<string, string> Emotions = new(StringComparer.Ordinal)
    {
        ["ANG"] = Emotion.Anger,
        ["DIS"] = Emotion.Disgust,
        ["FEA"] = Emotion.Fear,
        ["HAP"] = Emotion.Happiness,
        ["NEU"] = Emotion.Neutral,
        ["SAD"] = Emotion.Sadness,
    };

    // One file of the distribution, 1040_ITH_SAD_X, has a single X.
    private static readonly Dictionary<string, string?> Intensities = new(StringComparer.Ordinal)
    {
        ["LO"] = "low",
        ["MD"] = "medium",
        ["HI"] = "high",
        ["XX"] = null,
        ["X"] = null,
    };

    private static readonly string[] Sentences = ["IEO", "TIE", "IOM", "IWW", "TAI", "MTI", "IWL", "ITH", "DFA", "ITS", "TSI", "WSI"];

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "crema-d",
        Title = "Crowd-sourced Emotional Multimodal Actors Dataset (CREMA-D), audio",
        Language = "English (American)",
        LanguageCode = "en",
        Classes =
        [
            new(Emotion.Anger, 1271),
            new(Emotion.Disgust, 1271),
            new(Emotion.Fear, 1271),
            new(Emotion.Happiness, 1271),
            new(Emotion.Neutral, 1087),
            new(Emotion.Sadness, 1271),
        ],
        Speakers = 91,
        FemaleSpeakers = 43,
        MaleSpeakers = 48,
        SpeakerNote = "43 women and 48 men, actors aged 20 to 74 of various ethnic backgrounds; about 82 recordings each.",
        RecordingType = "acted",
        KeyFeatures = "12 sentences in 6 emotions, one of them at three intensities; 2443 people rated the clips, each from audio, video and both, "
            + "so that every clip has about ten votes from its audio alone; 16 kHz.",
        Limitations = "Acted; no surprise; only 12 sentences, so every split shares texts. The label is the emotion that the actor was told to show, "
            + "which the crowd recognises from audio in only 40.9 % of the votes. Recording conditions and actors' skill vary. "
            + "1076_MTI_SAD_XX holds no speech.",
        HumanRecognition = 0.409,
        HumanRateNote = "The crowd's votes on the audio alone; the rate is the share that chose the acted emotion (40.9 % on average).",
        FolderNames = ["crema"],
        Licence = "Open Database License (ODbL) 1.0; contents under the Database Contents License 1.0.",
        Homepage = Repository,
        Access = $"CREMA-D is a free download ({Repository}, by git with Git LFS): put its folder, with AudioWAV, {Demographics} and processedResults, as 'crema-d' into the corpora folder.",
        FileNames = "1001_DFA_ANG_XX.wav (actor, sentence, emotion ANG DIS FEA HAP NEU SAD, intensity LO MD HI XX).",
        Reference = "H. Cao, D. G. Cooper, M. K. Keutmann, R. C. Gur, A. Nenkova, R. Verma: CREMA-D: Crowd-sourced Emotional Multimodal Actors "
            + "Dataset. IEEE Transactions on Affective Computing 5(4), 377-390, 2014. doi:10.1109/TAFFC.2014.2336244",
    };

    /// <inheritdoc/>
    public override CorpusDownload? Download { get; } = new GitHubDownload(
        "CheyneyComputerScience/CREMA-D", "master", "AudioWAV/", Demographics, $"processedResults/{CremaDVotes.Tabulated}");

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path)
    {
        var parts = stem.ToUpperInvariant().Split('_');
        if (parts.Length != 4)
        {
            return NameParse.Foreign("expected four parts with '_' between, such as 1001_DFA_ANG_XX");
        }

        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var actor) || actor is < 1001 or > 1091 || parts[0].Length != 4)
        {
            return NameParse.Foreign($"actor '{parts[0]}' is not one of 1001 to 1091");
        }

        if (!Sentences.Contains(parts[1]))
        {
            return NameParse.Foreign($"sentence '{parts[1]}' is not one of {string.Join(' ', Sentences)}");
        }

        if (!Emotions.TryGetValue(parts[2], out var emotion))
        {
            return NameParse.Foreign($"emotion '{parts[2]}' is not one of {string.Join(' ', Emotions.Keys)}");
        }

        return Intensities.TryGetValue(parts[3], out var intensity)
            ? NameParse.Read(new Utterance(Card.Name, string.Join('_', parts), path, parts[0], emotion)
            {
                Language = Card.LanguageCode,
                Text = parts[1],
                Intensity = intensity,
            })
            : NameParse.Foreign($"intensity '{parts[3]}' is not one of LO MD HI XX");
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Utterance> Annotate(string folder, IReadOnlyList<Utterance> utterances, ICollection<string> notes)
    {
        var people = ReadPeople(folder, notes);
        var votes = CremaDVotes.Read(Card, folder);
        if (votes is null)
        {
            notes.Add($"Neither {CremaDVotes.Tabulated} nor {CremaDVotes.Responses} is there: the crowd's votes are unknown. Get them from {Repository}.");
        }

        return
        [
            .. utterances.Select(u =>
            {
                var person = people.GetValueOrDefault(u.Speaker);
                var of = votes?.GetValueOrDefault(u.Id);
                return u with { Gender = person.Gender, Age = person.Age, Votes = of, HumanRate = of?.Share(u.Emotion) };
            }),
        ];
    }

    private Dictionary<string, (string? Gender, int? Age)> ReadPeople(string folder, ICollection<string> notes)
    {
        var people = new Dictionary<string, (string? Gender, int? Age)>(StringComparer.Ordinal);
        if (CorpusFolder.Find(Card, folder, Demographics) is not { } file)
        {
            notes.Add($"{Demographics} is not there: the actors' sex and age are unknown. Get it from {Repository}.");
            return people;
        }

        foreach (var row in SideTable.Read(file, ["ActorID", "Age", "Sex"]))
        {
            var sex = row["Sex"].ToLowerInvariant();
            if (sex is not ("male" or "female") || !int.TryParse(row["Age"], NumberStyles.None, CultureInfo.InvariantCulture, out var age))
            {
                throw row.Error($"sex '{row["Sex"]}' and age '{row["Age"]}'; expected Male or Female and a whole number");
            }

            people[row["ActorID"]] = (sex, age);
        }

        return people;
    }
}
