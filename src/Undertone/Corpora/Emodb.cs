using System.Globalization;
using System.Text;
using Undertone.Corpora.Downloads;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// EMO-DB, the Berlin Database of Emotional Speech. F. Burkhardt, A. Paeschke, M. Rolfes, W. F. Sendlmeier, B. Weiss:
/// A Database of German Emotional Speech, Interspeech 2005, 1517–1520, doi:10.21437/Interspeech.2005-446.
/// </summary>
/// <remarks>
/// A name such as <c>03a01Fa</c> is speaker 03, sentence a01, the initial of the emotion's German name (F, Freude) and
/// version a. Speakers' sex and age are those of the publisher's page.
/// </remarks>
public sealed class Emodb : FileNamedCorpus
{
    private static readonly Dictionary<string, (string Gender, int Age)> Speakers = new(StringComparer.Ordinal)
    {
        ["03"] = ("male", 31),
        ["08"] = ("female", 34),
        ["09"] = ("female", 21),
        ["10"] = ("male", 32),
        ["11"] = ("male", 26),
        ["12"] = ("male", 30),
        ["13"] = ("female", 32),
        ["14"] = ("female", 35),
        ["15"] = ("male", 25),
        ["16"] = ("female", 31),
    };

    private static readonly Dictionary<char, string> Emotions = new()
    {
        ['W'] = Emotion.Anger, // Wut, Ärger
        ['L'] = Emotion.Boredom, // Langeweile
        ['E'] = Emotion.Disgust, // Ekel
        ['A'] = Emotion.Fear, // Angst
        ['F'] = Emotion.Happiness, // Freude
        ['N'] = Emotion.Neutral,
        ['T'] = Emotion.Sadness, // Trauer
    };

    private const string RatesFile = "erkennung.txt";

    private static readonly string[] Sentences = ["a01", "a02", "a04", "a05", "a07", "b01", "b02", "b03", "b09", "b10"];

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "emodb",
        Title = "Berlin Database of Emotional Speech (EMO-DB)",
        Language = "German",
        LanguageCode = "de",
        Classes =
        [
            new(Emotion.Anger, 127),
            new(Emotion.Boredom, 81),
            new(Emotion.Disgust, 46),
            new(Emotion.Fear, 69),
            new(Emotion.Happiness, 71),
            new(Emotion.Neutral, 79),
            new(Emotion.Sadness, 62),
        ],
        Speakers = 10,
        FemaleSpeakers = 5,
        MaleSpeakers = 5,
        SpeakerCounts = CorpusCard.BySpeaker(
            ("03", 49), ("08", 58), ("09", 43), ("10", 38), ("11", 55), ("12", 35), ("13", 61), ("14", 69), ("15", 56),
            ("16", 71)),
        SpeakerNote = "5 women and 5 men, actors, aged 21 to 35; native speakers of German.",
        RecordingType = "acted",
        KeyFeatures = "Ten everyday sentences (5 short, 5 longer) spoken in 7 emotions in an anechoic chamber, 16 kHz; "
            + "recordings were kept for being recognised (by 80 % of the listeners or more) and for sounding natural.",
        Limitations = "Small, acted, and chosen for being recognised, so easier than everyday speech. Every speaker says the same "
            + "sentences, so a split by speaker still shares texts. Classes are unequal (anger 127, disgust 46) and speaker 08 has "
            + "no disgust: a leave-one-speaker-out fold may lack a class.",
        HumanRecognition = 0.935,
        HumanRateNote = "erkennung.txt gives the share of 20 listeners who recognised each recording. Their mean over the 535 recordings, "
            + "93.5 %, is not what people reach on emotional speech: only recordings that 80 % or more recognised were kept; over all "
            + "816 that were made it is 85.2 %.",
        FolderNames = ["berlin", "berlin-emodb"],
        Licence = "Free to download; the publisher asks for the citation of the paper and states no further licence on that page.",
        Homepage = "http://emodb.bilderbar.info/",
        Access = "EMO-DB is a free download (http://emodb.bilderbar.info/, download.zip); unpack it as 'emodb' into the corpora folder.",
        FileNames = "03a01Fa.wav (speaker, sentence, emotion W L E A F N T, version).",
        Reference = "F. Burkhardt, A. Paeschke, M. Rolfes, W. F. Sendlmeier, B. Weiss: A Database of German Emotional Speech. "
            + "Interspeech 2005, 1517-1520. doi:10.21437/Interspeech.2005-446",
    };

    /// <inheritdoc/>
    public override CorpusDownload? Download { get; } = new ArchiveDownload(
        new RemoteFile("download.zip", new Uri("http://emodb.bilderbar.info/download/download.zip")) { IsArchive = true });

    /// <inheritdoc/>
    public override NameParse Parse(string stem, string path)
    {
        if (stem.Length != 7)
        {
            return NameParse.Foreign("expected 7 characters, such as 03a01Fa");
        }

        var speaker = stem[..2];
        if (!Speakers.TryGetValue(speaker, out var person))
        {
            return NameParse.Foreign($"speaker '{speaker}' is not one of {string.Join(' ', Speakers.Keys)}");
        }

        var sentence = stem[2..5].ToLowerInvariant();
        if (!Sentences.Contains(sentence))
        {
            return NameParse.Foreign($"sentence '{sentence}' is not one of {string.Join(' ', Sentences)}");
        }

        var letter = char.ToUpperInvariant(stem[5]);
        if (!Emotions.TryGetValue(letter, out var emotion))
        {
            return NameParse.Foreign($"emotion '{stem[5]}' is not one of {string.Join(' ', Emotions.Keys)}");
        }

        var version = char.ToLowerInvariant(stem[6]);
        if (!char.IsAsciiLetterLower(version))
        {
            return NameParse.Foreign($"version '{stem[6]}' is not a letter");
        }

        return NameParse.Read(new Utterance(Card.Name, $"{speaker}{sentence}{letter}{version}", path, speaker, emotion)
        {
            Gender = person.Gender,
            Age = person.Age,
            Language = Card.LanguageCode,
            Text = sentence,
        });
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Utterance> Annotate(string folder, IReadOnlyList<Utterance> utterances, ICollection<string> notes)
    {
        if (CorpusFolder.Find(Card, folder, RatesFile) is not { } file)
        {
            notes.Add($"{RatesFile} is not there: human recognition rates are unknown. It comes with the recordings (http://emodb.bilderbar.info/).");
            return utterances;
        }

        var rates = ReadRates(file);
        return [.. utterances.Select(u => rates.TryGetValue(u.Id.ToUpperInvariant(), out var rate) ? u with { HumanRate = rate } : u)];
    }

    // Columns: number, file, recognised (percent), natural (percent); tabs, Latin-1, decimal commas, no-break spaces.
    private static Dictionary<string, double> ReadRates(string file)
    {
        var rates = new Dictionary<string, double>(StringComparer.Ordinal);
        var line = 0;
        foreach (var text in File.ReadLines(file, Encoding.Latin1))
        {
            line++;
            var fields = text.Split('\t');
            if (line == 1 || text.Length == 0)
            {
                continue;
            }

            if (fields.Length < 3
                || !double.TryParse(fields[2].Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
                || percent is not (>= 0 and <= 100))
            {
                throw new UndertoneException(string.Create(
                    CultureInfo.InvariantCulture, $"{file}:{line}: expected number, file, recognised and natural in percent, with tabs between, such as '3 03a01Fa.wav 90,00 75,00'. Copy the file anew."));
            }

            rates[Path.GetFileNameWithoutExtension(fields[1].Trim()).ToUpperInvariant()] = percent / 100;
        }

        return rates;
    }
}
