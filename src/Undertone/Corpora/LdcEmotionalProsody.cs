using System.Globalization;
using System.Text.RegularExpressions;
using Undertone.Emotions;

namespace Undertone.Corpora;

/// <summary>
/// LDC Emotional Prosody Speech and Transcripts. M. Liberman, K. Davis, M. Grossman, N. Martey, J. Bell, LDC2002S28, 2002,
/// doi:10.35111/37ff-a902.
/// </summary>
/// <remarks>
/// A recording such as <c>cc_001.sph</c> holds a whole session of speaker cc; its transcript <c>cc_001.txt</c> says from
/// when to when each utterance lasts, <c>131.54 133.02 A: hot anger, March twenty-first</c>, and everything else is passed over. Also read
/// are copies that were cut into <c>cc_001_hot-anger_131.54_March-twenty-first.wav</c>.
/// </remarks>
public sealed partial class LdcEmotionalProsody : Corpus
{
    private static readonly Dictionary<string, string> Emotions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["anxiety"] = Emotion.Anxiety,
        ["boredom"] = Emotion.Boredom,
        ["cold anger"] = Emotion.ColdAnger,
        ["contempt"] = Emotion.Contempt,
        ["despair"] = Emotion.Despair,
        ["disgust"] = Emotion.Disgust,
        ["elation"] = Emotion.Elation,
        ["happy"] = Emotion.Happiness,
        ["hot anger"] = Emotion.HotAnger,
        ["interest"] = Emotion.Interest,
        ["neutral"] = Emotion.Neutral,
        ["panic"] = Emotion.Panic,
        ["pride"] = Emotion.Pride,
        ["sadness"] = Emotion.Sadness,
        ["shame"] = Emotion.Shame,
    };

    /// <inheritdoc/>
    public override CorpusCard Card { get; } = new()
    {
        Name = "ldc-emotional-prosody",
        Title = "LDC Emotional Prosody Speech and Transcripts (LDC2002S28)",
        Language = "English (American)",
        LanguageCode = "en",
        Classes = [.. Emotions.Values.Order(StringComparer.Ordinal).Select(e => KeyValuePair.Create(e, 0))],
        Speakers = 7,
        SpeakerNote = "7 professional actors, women and men in their mid-twenties (cc, cl, gg, jg, mf, mk, mm). The files do not say who is who.",
        RecordingType = "acted",
        KeyFeatures = "Dates and numbers of four syllables in 14 emotions and neutral (some overviews count 12), after Banse and Scherer 1996; 15 sessions of two channels at "
            + "22.05 kHz, with transcripts that say where each of about 2,400 utterances begins and ends.",
        Limitations = "Acted; few speakers and many, finely divided classes, about 160 utterances each, with no published counts to check against. The two channels are two microphones: Undertone "
            + "reads their mean. Sessions hold conversation between the tasks, which is left out.",
        FolderNames = ["ldc2002s28", "emotional-prosody", "ldc"],
        Licence = "LDC User Agreement; for a fee.",
        Homepage = "https://catalog.ldc.upenn.edu/LDC2002S28",
        Access = "The corpus is sold by the Linguistic Data Consortium (https://catalog.ldc.upenn.edu/LDC2002S28); put its .sph recordings and .txt transcripts as 'ldc-emotional-prosody' into the corpora folder.",
        FileNames = "cc_001.sph with cc_001.txt (speaker, session).",
        Reference = "M. Liberman, K. Davis, M. Grossman, N. Martey, J. Bell: Emotional Prosody Speech and Transcripts LDC2002S28. Linguistic Data Consortium, 2002. doi:10.35111/37ff-a902",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Utterance> List(string folder) => Survey(folder).Utterances;

    /// <inheritdoc/>
    public override CorpusListing Survey(string folder)
    {
        var transcripts = CorpusFolder.Files(Card, folder, p => p.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            .GroupBy(p => Path.GetFileNameWithoutExtension(p), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        var utterances = new Dictionary<string, Utterance>(StringComparer.Ordinal);
        var foreign = new List<ForeignFile>();
        foreach (var path in CorpusFolder.Media(Card, folder))
        {
            var stem = Path.GetFileNameWithoutExtension(path);
            if (!CorpusFolder.IsRead(Path.GetExtension(path).ToLowerInvariant()))
            {
                foreign.Add(new ForeignFile(path, CorpusFolder.NotRead(path)));
            }
            else if (Cut().Match(stem) is { Success: true } cut && Emotions.TryGetValue(cut.Groups["label"].Value.Replace('-', ' '), out var emotion))
            {
                Add(Of(cut.Groups["session"].Value, path, emotion, cut.Groups["start"].Value, cut.Groups["text"].Value));
            }
            else if (!Session().IsMatch(stem))
            {
                foreign.Add(new ForeignFile(path, "expected a name such as cc_001: speaker of two letters, session of three digits"));
            }
            else if (!transcripts.TryGetValue(stem, out var transcript))
            {
                foreign.Add(new ForeignFile(path, $"there is no transcript {stem}.txt, which says where its utterances are"));
            }
            else
            {
                foreach (var utterance in Read(stem, path, transcript))
                {
                    Add(utterance);
                }
            }
        }

        if (utterances.Count == 0)
        {
            var first = foreign.Count == 0 ? "no audio file lies in it or below it" : $"{Path.GetRelativePath(folder, foreign[0].Path)}: {foreign[0].Reason}";
            throw new UndertoneException($"Corpus '{Card.Name}': nothing of it in '{folder}': {first}. Expected {Card.Expected} {Card.Access}");
        }

        return new CorpusListing([.. utterances.Values.OrderBy(u => u.Id, StringComparer.Ordinal)], foreign, []);

        void Add(Utterance utterance)
        {
            if (!utterances.TryAdd(utterance.Id, utterance))
            {
                throw new UndertoneException(
                    $"Corpus '{Card.Name}': utterance '{utterance.Id}' stands twice: in '{utterances[utterance.Id].Path}' and '{utterance.Path}'. Expected each once; move one of them out of the folder.");
            }
        }
    }

    private IEnumerable<Utterance> Read(string session, string audio, string transcript)
    {
        var number = 0;
        foreach (var line in File.ReadLines(transcript))
        {
            number++;
            var match = Line().Match(line);
            if (!match.Success || !Emotions.TryGetValue(match.Groups["label"].Value.Trim(), out var emotion))
            {
                continue;
            }

            var (start, end) = (Number("start"), Number("end"));
            yield return end > start
                ? Of(session, audio, emotion, match.Groups["start"].Value, match.Groups["text"].Value) with { Start = start, End = end }
                : throw new UndertoneException(string.Create(
                    CultureInfo.InvariantCulture, $"{transcript}:{number}: the utterance ends at {end} s, before it begins at {start} s. Copy the file anew."));

            double Number(string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        }
    }

    private Utterance Of(string session, string path, string emotion, string start, string text) =>
        new(Card.Name, $"{session.ToLowerInvariant()}_{emotion}_{start}", path, session[..2].ToLowerInvariant(), emotion)
        {
            Language = Card.LanguageCode,
            Session = session.ToLowerInvariant(),
            Text = Spaces().Replace(text.ToLowerInvariant(), " ").Trim(),
        };

    [GeneratedRegex("^[a-z]{2}_[0-9]{3}\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Session();

    [GeneratedRegex("^(?<session>[a-z]{2}_[0-9]{3})_(?<label>[a-z-]+)_(?<start>[0-9]+(\\.[0-9]+)?)_(?<text>.+)\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cut();

    [GeneratedRegex("^\\s*(?<start>[0-9]+(\\.[0-9]+)?)\\s+(?<end>[0-9]+(\\.[0-9]+)?)\\s+A:\\s*(?<label>[a-z ]+),(?<text>.*)\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex("[^\\p{L}\\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
